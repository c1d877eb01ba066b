#include "gui/access_rule.h"

#include "gui/brand.h"

#include <QFile>
#include <QTimer>

namespace gui {
namespace {

const QString pkexecPath = QStringLiteral("/usr/bin/pkexec");
constexpr int passwordMs = 120'000;

/// Runs as root, with the rule on its standard input and its place as $0; nothing of it comes from
/// outside.
const QString script = QStringLiteral("umask 022 && cat >\"$0\" && udevadm control --reload && "
                                      "udevadm trigger --subsystem-match=usb --action=add");

} // namespace

AccessRule::AccessRule(QObject* parent) : QObject(parent)
{
    connect(&m_pkexec, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        const bool isDone = status == QProcess::NormalExit && code == 0;
        Q_EMIT ended(isDone ? QString() : tr("Access was not granted."));
    });
    connect(&m_pkexec, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT ended(tr("This system cannot ask for the password. Please install %1.")
                             .arg(QStringLiteral("pkexec")));
    });
}

QString AccessRule::installedFile()
{
    return QStringLiteral("/etc/udev/rules.d/70-%1.rules").arg(brand().applicationId);
}

void AccessRule::install()
{
    if (m_pkexec.state() != QProcess::NotRunning) return;
    QFile rule(QStringLiteral(":/brand/access.rules"));
    if (!rule.open(QIODevice::ReadOnly)) return;
    m_pkexec.start(pkexecPath,
                   {QStringLiteral("/bin/sh"), QStringLiteral("-c"), script, installedFile()});
    m_pkexec.write(rule.readAll());
    m_pkexec.closeWriteChannel();
    QTimer::singleShot(passwordMs, &m_pkexec, &QProcess::kill);
}

} // namespace gui
