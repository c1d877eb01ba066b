#include "gui/customer_window.h"

#include "gui/access_rule.h"
#include "gui/app_style.h"
#include "gui/brand.h"
#include "gui/desktop_notice.h"
#include "gui/error_text.h"
#include "gui/header.h"
#include "gui/help_dialog.h"
#include "gui/inspector.h"
#include "gui/main_menu.h"
#include "gui/recovery_wizard.h"
#include "gui/scene_text.h"
#include "gui/stage.h"
#include "gui/type_scale.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gui {
namespace {

constexpr QSize usualSizePx(760, 520);
constexpr QSize smallestSizePx(560, 420);
/// After so long without a device or without news, people ask what they can do.
constexpr int patienceMs = 20'000;

QString updaterName()
{
    return brand().updaterName;
}

/// The one release file that is dragged; empty for anything else.
QString releaseOf(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return {};
    const QString file = urls.front().toLocalFile();
    return file.endsWith(QLatin1String(".h755"), Qt::CaseInsensitive) ? file : QString();
}

bool isWaiting(Scene scene)
{
    return scene == Scene::NothingConnected || scene == Scene::ConnectionLost ||
           scene == Scene::Looking;
}

} // namespace

CustomerWindow::CustomerWindow(Session& session, Preferences& preferences)
    : m_session(session), m_preferences(preferences), m_menu(new MainMenu(preferences, *this)),
      m_header(new Header(*m_menu, this)), m_stage(new Stage(this)),
      m_secondary(new QPushButton(this)), m_copy(new QPushButton(tr("Copy details"), this)),
      m_report(new QPushButton(tr("Save report"), this)), m_primary(new QPushButton(this)),
      m_help(new HelpDialog(this)), m_access(new AccessRule(this))
{
    connectMenu();
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_stage);
    scroll->setFocusPolicy(Qt::NoFocus);

    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(scroll, 1);
    column->addWidget(newFooter());
    setCentralWidget(centre);

    setMinimumSize(smallestSizePx);
    resize(usualSizePx);
    restoreGeometry(m_preferences.geometry());
    setAcceptDrops(true);

    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_stage->offerHelp(true); });
    connect(m_stage, &Stage::helpWanted, this, &CustomerWindow::showHelp);
    connect(m_help, &HelpDialog::fixWanted, m_access, &AccessRule::install); // the only fix so far
    connect(m_stage, &Stage::fixWanted, m_access, &AccessRule::install);
    connect(m_access, &AccessRule::ended, this, &CustomerWindow::tellOfAccess);
    connect(m_header, &Header::deviceChosen, &m_session, &Session::choose);
    connect(&m_session, &Session::changed, this, [this] { showSituation(m_session.situation()); });
    connect(&m_session, &Session::reportSaved, this, &CustomerWindow::tellOfReport);
    connect(&m_session, &Session::noticed, this, &CustomerWindow::explainNoWayBack);
    showSituation(m_session.situation());
}

CustomerWindow::~CustomerWindow()
{
    m_preferences.setGeometry(saveGeometry());
}

QWidget* CustomerWindow::newFooter()
{
    auto* footer = new QWidget(this);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(2 * gridPx, gridPx, 2 * gridPx, 2 * gridPx);
    row->addWidget(m_secondary);
    row->addWidget(m_copy);
    row->addWidget(m_report);
    row->addStretch(1);
    row->addWidget(m_primary);
    setRole(*m_primary, WidgetRole::PrimaryButton);
    m_primary->setObjectName(QStringLiteral("primary"));
    m_primary->setDefault(true);
    m_primary->setAutoDefault(true);
    m_secondary->setObjectName(QStringLiteral("secondary"));
    m_copy->setObjectName(QStringLiteral("copy"));
    connect(m_primary, &QPushButton::clicked, this, &CustomerWindow::primary);
    connect(m_secondary, &QPushButton::clicked, this, &CustomerWindow::secondary);
    m_report->setObjectName(QStringLiteral("report"));
    connect(m_report, &QPushButton::clicked, this, &CustomerWindow::askForReport);
    connect(m_copy, &QPushButton::clicked, this, &CustomerWindow::copyProblem);
    return footer;
}

void CustomerWindow::connectMenu()
{
    connect(m_menu, &MainMenu::fileWanted, this, &CustomerWindow::askForFile);
    connect(m_menu, &MainMenu::lookWanted, &m_session, &Session::putAway);
    connect(m_menu, &MainMenu::helpWanted, this, &CustomerWindow::showHelp);
    connect(m_menu, &MainMenu::reportWanted, this, &CustomerWindow::askForReport);
    connect(m_menu, &MainMenu::inspectorWanted, this, &CustomerWindow::showInspector);
    connect(m_menu, &MainMenu::recoveryWanted, this, &CustomerWindow::recover);
    connect(m_menu, &MainMenu::quitWanted, this, &QWidget::close);
    connect(m_menu, &MainMenu::themeChosen, this, &CustomerWindow::themeChosen);
    connect(m_menu, &MainMenu::languageChosen, this, &CustomerWindow::languageChosen);
    connect(m_menu, &MainMenu::logLevelChosen, this, &CustomerWindow::logLevelChosen);
}

void CustomerWindow::showSituation(const Situation& situation)
{
    m_header->showSituation(situation);
    m_stage->showSituation(situation);
    showButtons(situation);
    const auto& running = situation.running;
    m_launcher.show(running ? std::optional(running->permille / 10) : std::nullopt);
    const Scene scene = sceneOf(situation);
    if (m_shown != scene) {
        m_stage->offerHelp(scene == Scene::Problem);
        m_patience.stop();
        if (isWaiting(scene)) m_patience.start();
        // A button that vanishes would hand the focus, and its ring, to the menu.
        m_primary->isVisibleTo(this) ? m_primary->setFocus() : setFocus();
    }
    const bool wasRunning = m_shown == Scene::Updating || m_shown == Scene::ConnectionLost;
    const bool hasEnded = wasRunning && !situation.running;
    m_shown = scene;
    if (hasEnded && !isActiveWindow()) callPerson(situation);
    if (m_closesWhenStopped && !situation.running) close();

    const QString device = QString::fromStdString(situation.bus.chosenId);
    setWindowTitle(device.isEmpty() ? updaterName()
                                    : QStringLiteral("%1 - %2").arg(updaterName(), device));
}

void CustomerWindow::callPerson(const Situation& situation)
{
    QApplication::alert(this);
    notifyOfEnd(situation);
}

void CustomerWindow::showButtons(const Situation& situation)
{
    const SceneText text = sceneText(situation);
    m_primary->setText(text.primary);
    m_primary->setVisible(!text.primary.isEmpty());
    m_secondary->setText(text.secondary);
    m_secondary->setVisible(!text.secondary.isEmpty());
    const bool isProblem = sceneOf(situation) == Scene::Problem;
    m_copy->setVisible(isProblem);
    m_report->setVisible(isProblem);
}

void CustomerWindow::primary()
{
    const Situation& situation = m_session.situation();
    switch (sceneOf(situation)) {
    case Scene::UpdateAvailable: return askAndUpdate();
    case Scene::NeedsRepair:
        if (!situation.release) return askForFile();
        return m_session.update();
    case Scene::UpToDate:
        if (!situation.release) return askForFile();
        return m_session.putAway();
    case Scene::Problem:
        if (!situation.failure && !situation.bus.problem) return askForFile();
        return m_session.putAway();
    default: return m_session.putAway();
    }
}

void CustomerWindow::secondary()
{
    const Situation& situation = m_session.situation();
    if (situation.running) return m_session.cancel();
    if (sceneOf(situation) == Scene::UpToDate && !situation.release) return m_session.putAway();
    askForFile();
}

void CustomerWindow::askForFile()
{
    if (m_session.isUpdating()) return;
    auto* dialog = new QFileDialog(this, tr("Open update file"), {},
                                   tr("Update files (*.h755);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CustomerWindow::openFile);
    dialog->open();
}

void CustomerWindow::openFile(const QString& file)
{
    if (!file.isEmpty()) m_session.openRelease(file.toStdU16String());
}

void CustomerWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void CustomerWindow::askAndUpdate()
{
    if (!isOlder(m_session.situation())) return m_session.update();
    auto* question = new QMessageBox(QMessageBox::NoIcon, updaterName(),
                                     tr("Install the older version? Your device will no longer "
                                        "have what newer versions brought."),
                                     QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Install older version"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, &m_session, &Session::update);
    question->open();
}

void CustomerWindow::explainNoWayBack()
{
    auto* message = new QMessageBox(
        QMessageBox::NoIcon, updaterName(),
        tr("This update replaces the only version on your device. It is checked before it starts, "
           "but the device cannot go back to the version before it."),
        QMessageBox::Ok, this);
    message->setAttribute(Qt::WA_DeleteOnClose);
    message->open();
}

void CustomerWindow::copyProblem()
{
    QApplication::clipboard()->setText(m_stage->problemText());
}

void CustomerWindow::askForReport()
{
    auto* dialog = new QFileDialog(this, tr("Save report"), QStringLiteral("report.zip"),
                                   tr("Zip files (*.zip)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("zip"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { m_session.saveReport(file.toStdU16String()); });
    dialog->open();
}

void CustomerWindow::tellOfReport(const std::optional<updater::Error>& problem)
{
    const QString text =
        problem ? gui::errorText(problem->code).title + QLatin1Char(' ') + codeText(problem->code)
                : tr("The report is saved. It holds no names and nothing of other devices.");
    auto* message =
        new QMessageBox(QMessageBox::NoIcon, updaterName(), text, QMessageBox::Ok, this);
    message->setAttribute(Qt::WA_DeleteOnClose);
    message->open();
}

void CustomerWindow::tellOfAccess(const QString& problem)
{
    QWidget* const window = m_help->isVisible() ? static_cast<QWidget*>(m_help) : this;
    auto* message = new QMessageBox(QMessageBox::NoIcon, updaterName(),
                                    problem.isEmpty() ? tr("Access is allowed now.") : problem,
                                    QMessageBox::Ok, window);
    message->setAttribute(Qt::WA_DeleteOnClose);
    message->open();
    if (problem.isEmpty()) m_session.putAway();
}

void CustomerWindow::showInspector()
{
    if (m_inspector == nullptr) m_inspector = new Inspector(m_session, this);
    m_inspector->show();
    m_inspector->raise();
    m_inspector->activateWindow();
}

void CustomerWindow::showHelp()
{
    m_help->showTopic(m_stage->helpTopic());
}

/// Modal to this window, which therefore starts nothing meanwhile; what it tells comes on top.
void CustomerWindow::recover()
{
    if (m_session.isUpdating()) return;
    auto* wizard = new RecoveryWizard(m_session, this);
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(wizard, &RecoveryWizard::helpWanted, this, &CustomerWindow::showHelp);
    connect(wizard, &RecoveryWizard::fileWanted, this, &CustomerWindow::askForFile);
    connect(wizard, &RecoveryWizard::reportWanted, this, &CustomerWindow::askForReport);
    wizard->open();
}

void CustomerWindow::closeEvent(QCloseEvent* event)
{
    if (!m_session.isUpdating()) return event->accept();
    event->ignore();
    if (m_closesWhenStopped) return;
    auto* question = new QMessageBox(
        QMessageBox::NoIcon, updaterName(),
        tr("The update is not finished. You can stop now: your device stays as it is and the "
           "update continues from here next time."),
        QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(QStringLiteral("closeQuestion"));
    question->addButton(tr("Continue updating"), QMessageBox::RejectRole);
    question->addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this] {
        m_closesWhenStopped = true;
        m_session.cancel();
        if (!m_session.isUpdating()) close();
    });
    question->open();
}

void CustomerWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!m_session.isUpdating() && !releaseOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void CustomerWindow::dropEvent(QDropEvent* event)
{
    openFile(releaseOf(event->mimeData()));
}

} // namespace gui
