// "What can I do?": one page for each cause, in the words of somebody who is no technician.
#pragma once

#include <QString>
#include <QStringList>

namespace gui {

/// What is probably in the way.
enum class HelpTopic : std::uint8_t {
    None,
    Cable,      ///< nothing on the bus: most often a cable that only charges
    Hub,        ///< a hub, a dock or a bad port
    Permission, ///< Linux: the account may not use the device
    Driver,
    Busy, ///< another program uses the device
    ReleaseFile,
    Service, ///< nothing that a customer can repair
};

/// One page, translated.
struct HelpText {
    QString title;
    QString sentence;
    QStringList steps; ///< to be numbered
    QString fixLabel;  ///< of the button that does it; empty if there is none
};

/// An empty page for `HelpTopic::None`.
HelpText helpText(HelpTopic topic);

} // namespace gui
