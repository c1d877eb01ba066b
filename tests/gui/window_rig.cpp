#include "window_rig.h"

#include "core/usb/libusb_transport.h"

#include "gui/app_style.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QProcess>
#include <QTest>

namespace test_support {
namespace {

updater::Result<std::unique_ptr<updater::UsbTransport>> openBus()
{
    TRY_ASSIGN(auto transport, updater::LibusbTransport::create());
    return transport;
}

} // namespace

WindowRig::WindowRig() : m_session(&openBus)
{
    const bool isDark = qEnvironmentVariable("H755_THEME") == QLatin1String("dark");
    gui::applyTheme(*qApp, isDark ? gui::Theme::Dark : gui::Theme::Light);
    m_window.show();
    if (!QTest::qWaitForWindowExposed(&m_window)) qFatal("the window does not appear");
    m_session.start();
}

bool WindowRig::sees(gui::Scene scene, int limitMs)
{
    const bool isSeen =
        QTest::qWaitFor([this, scene] { return m_session.scene() == scene; }, limitMs);
    if (!isSeen) qWarning("scene %d instead of %d", int(m_session.scene()), int(scene));
    return isSeen;
}

void WindowRig::openRelease(const char* name)
{
    const QString folder = qEnvironmentVariable("H755_RELEASES");
    m_window.openFile(QStringLiteral("%1/%2.h755").arg(folder, QLatin1String(name)));
}

void WindowRig::click(const char* objectName)
{
    auto* button = m_window.findChild<QPushButton*>(QLatin1String(objectName));
    QVERIFY2(button != nullptr && button->isVisible() && button->isEnabled(), objectName);
    QTest::mouseClick(button, Qt::LeftButton);
}

QString WindowRig::text(const char* objectName) const
{
    const auto* label = m_window.findChild<QLabel*>(QLatin1String(objectName));
    return label != nullptr && label->isVisible() ? label->text() : QString();
}

bool WindowRig::isOffered(const char* objectName) const
{
    const auto* button = m_window.findChild<QPushButton*>(QLatin1String(objectName));
    return button != nullptr && button->isVisible() && button->isEnabled();
}

bool WindowRig::control(const QStringList& words)
{
    const QStringList arguments =
        QStringList{QStringLiteral("control"), qEnvironmentVariable("H755_VIRTUAL_CONTROL")} +
        words;
    return QProcess::execute(qEnvironmentVariable("VIRTUAL_H755"), arguments) == 0;
}

void photograph(QWidget& widget, const char* state)
{
    const QString folder = qEnvironmentVariable("H755_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QTest::qWait(300); // behind the fade
    const QString file = QStringLiteral("%1/%2.png").arg(folder, QLatin1String(state));
    QVERIFY(widget.grab().save(file));
}

} // namespace test_support
