// Steps and sentences that many texts share. Only error_sentences.h includes this.
#pragma once

#include <QCoreApplication>

namespace gui {

struct ErrorSteps {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    static QString tryAgain() { return tr("Choose “Try again”."); }
    static QString plugInAgain() { return tr("Unplug the device and plug it in again."); }
    static QString saveReport() { return tr("Choose “Save report” and send the file to support."); }
    static QString reportIfAgain()
    {
        return tr(
            "If this message comes again, choose “Save report” and send the file to support.");
    }
    static QString getFileAgain() { return tr("Get the file from the manufacturer again."); }
    static QString openNewFile() { return tr("Open the new file here."); }
    static QString newestProgram() { return tr("Install the newest version of this program."); }
    static QString newestFile() { return tr("Get the newest update file from the manufacturer."); }
    static QString unchanged() { return tr("Nothing on the device has changed."); }
    static QString continues()
    {
        return tr("Nothing is lost: the update continues where it stopped.");
    }

    /// Two sentences.
    static QString both(const QString& first, const QString& second)
    {
        return first + QLatin1Char(' ') + second;
    }
};

} // namespace gui
