// h755-updater: the updater in a window.
#include "cli/entry.h"
#include "cli/transport_choice.h"
#include "gui/app_style.h"
#include "gui/brand.h"
#include "gui/customer_window.h"
#include "gui/language.h"
#include "gui/shipped_release.h"
#include "gui/single_instance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

constexpr std::string_view headless = "--headless";

int runHeadless(const std::vector<std::string>& words)
{
    if (words.front() == headless)
        return cli::runOnBus({words.begin() + 1, words.end()}, {words.front()});
    std::fputs("h755-updater: --headless must be the first word\n", stderr);
    constexpr int usageError = 2;
    return usageError;
}

struct Arguments {
    QString file; ///< as an absolute path; empty if there is none
    bool isTechnician = false;
    QString openOcd; ///< empty: the installed one
};

/// What Qt has not taken for itself; Windows has only this in UTF-8.
std::vector<std::string> wordsOfApplication()
{
    std::vector<std::string> words;
    for (const QString& word : QCoreApplication::arguments())
        words.push_back(word.toStdString());
    return words;
}

Arguments argumentsOf(const std::vector<std::string>& words)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("A .h755 release to open"));
    const QCommandLineOption technician(QStringLiteral("technician"),
                                        QStringLiteral("Show technicians' tools this time"));
    const QCommandLineOption openOcd(
        QStringLiteral("openocd"),
        QStringLiteral("OpenOCD for ST-LINKs, where it is not installed as usual"),
        QStringLiteral("absolute path"));
    const QCommandLineOption noWindow( // for --help; main has looked for it before
        QString::fromLatin1(headless.substr(2)),
        QStringLiteral("As the first word: no window, the rest is as for h755ctl"));
    parser.addOptions({technician, openOcd, noWindow});
    QStringList list;
    for (const std::string& word : words)
        list << QString::fromStdString(word);
    parser.process(list);
    const QStringList files = parser.positionalArguments();
    return {files.isEmpty() ? QString() : QDir::current().absoluteFilePath(files.front()),
            parser.isSet(technician), parser.value(openOcd)};
}

} // namespace

int main(int argc, char** argv)
{
    // Before anything of Qt, which wants a display.
    const std::vector<std::string> words{argv + 1, argv + argc};
    if (std::ranges::count(words, headless) != 0) return runHeadless(words);

    QApplication application(argc, argv);
    QApplication::setApplicationName(gui::brand().updaterName);
    QApplication::setOrganizationName(gui::brand().vendorName);
    QApplication::setApplicationVersion(QStringLiteral(H755_VERSION));
    QApplication::setDesktopFileName(gui::brand().applicationId); // whose icon Wayland shows
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/brand/icon.svg")));
    std::vector<std::string> rest = wordsOfApplication();
    const cli::OpenTransport openBus = cli::chooseTransport(rest);
    const auto [file, isTechnician, openOcd] = argumentsOf(rest);

    gui::SingleInstance instance(gui::brand().applicationId);
    if (instance.handOver(file)) return 0;
    instance.listen();

    gui::Preferences preferences;
    if (isTechnician) preferences.showToolsThisTime();
    gui::startLog(preferences.logLevel());
    gui::applyTheme(application, preferences.theme());
    gui::installLanguage(application, preferences.language());
    gui::Session session(openBus);
    session.workshop().chip().setOpenOcd(openOcd.toStdU16String());
    std::unique_ptr<gui::CustomerWindow> window;
    // Another language makes another window; the session goes on.
    const std::function<void()> openWindow = [&] {
        auto next = std::make_unique<gui::CustomerWindow>(session, preferences);
        QObject::connect(next.get(), &gui::CustomerWindow::themeChosen, &application,
                         [&](gui::Theme theme) { gui::applyTheme(application, theme); });
        QObject::connect(
            next.get(), &gui::CustomerWindow::languageChosen, &application,
            [&](const QString& language) {
                gui::installLanguage(application, language);
                openWindow();
            },
            Qt::QueuedConnection);
        QObject::connect(next.get(), &gui::CustomerWindow::logLevelChosen, &application,
                         &gui::setLogLevel);
        next->show();
        window = std::move(next);
    };
    openWindow();
    QObject::connect(&instance, &gui::SingleInstance::startedAgain, &application,
                     [&window](const QString& again) {
                         window->openFile(again);
                         window->bringToFront();
                     });
    window->openFile(file.isEmpty() ? gui::shippedRelease() : file);
    session.start();
    return QApplication::exec();
}
