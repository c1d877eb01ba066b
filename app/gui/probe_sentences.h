// The sentences for what goes wrong with a debug probe. Only error_text.cpp includes this.
#pragma once

#include "gui/error_steps.h"
#include "gui/error_text.h"

namespace gui {

struct ProbeSentences : ErrorSteps {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    static ErrorText noProbe()
    {
        return {tr("No debug probe was found"),
                tr("The computer does not see the ST-LINK."),
                {tr("Connect the ST-LINK with a data cable."),
                 tr("If several are connected, check the serial number that you gave."),
                 tryAgain()},
                HelpTopic::None};
    }

    static ErrorText otherUnit()
    {
        return {tr("The debug probe is at another device"),
                both(tr("Its id is not the one that you typed."), unchanged()),
                {tr("Compare both ids."), tr("Connect the probe to the device that you mean.")},
                HelpTopic::None};
    }

    static ErrorText programmerMissing()
    {
        return {tr("The program for the debug probe is missing"),
                tr("OpenOCD drives the ST-LINK. It is not installed, or cannot be started."),
                {tr("Install OpenOCD 0.12 or newer."), tryAgain()},
                HelpTopic::None};
    }

    static ErrorText unfitSettings()
    {
        return {tr("The chip's settings do not fit the product"),
                tr("What the factory sets in it is not what this product needs."),
                {tr("Read in the details which one is meant."), saveReport()},
                HelpTopic::Service};
    }

    static ErrorText chipNotReached()
    {
        return {tr("The debug probe does not reach the chip"),
                tr("The probe answers, the chip behind it does not."),
                {tr("Switch the device on and check the cable from the probe to it."),
                 tr("If that does not help: switch the device on while you hold BOOT0."),
                 tryAgain()},
                HelpTopic::None};
    }
};

} // namespace gui
