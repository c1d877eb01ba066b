// Lets the person at this computer use the devices: installs the udev rule as root, through
// polkit's question for a password. The program itself never runs as root.
#pragma once

#include <QProcess>

namespace gui {

class AccessRule final : public QObject {
    Q_OBJECT

public:
    explicit AccessRule(QObject* parent = nullptr);

    /// Where the rule is installed: each brand has a file of its own.
    static QString installedFile();

    /// Asks and installs; `ended` follows, unless it is under way already.
    void install();

Q_SIGNALS:
    /// `problem` is empty if the rule is in force now.
    void ended(const QString& problem);

private:
    QProcess m_pkexec;
};

} // namespace gui
