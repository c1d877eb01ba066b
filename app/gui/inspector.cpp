#include "gui/inspector.h"

#include "core/file.h"
#include "gui/app_style.h"
#include "gui/error_text.h"
#include "gui/type_scale.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QTableView>
#include <algorithm>

namespace gui {
namespace {

constexpr int valueColumn = 2;
constexpr int leastCharacters = 40;

QString titleOf(const BusSnapshot& bus)
{
    const QString title = Inspector::tr("Device inspector");
    return bus.chosenId.empty()
               ? title
               : QStringLiteral("%1 - %2").arg(title, QString::fromStdString(bus.chosenId));
}

QString problemText(const updater::Error& error)
{
    return QStringLiteral("%1 %2 (%3)")
        .arg(codeText(error.code), gui::errorText(error.code).title,
             QString::fromStdString(error.detail));
}

} // namespace

Inspector::Inspector(Session& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_notice(new QLabel(this)),
      m_filter(new QLineEdit(this)), m_table(new QTableView(this)),
      m_restart(new QPushButton(this)), m_again(new QPushButton(tr("Read again"), this)),
      m_copy(new QPushButton(tr("Copy all"), this)), m_save(new QPushButton(tr("Save…"), this))
{
    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    setRole(*m_notice, WidgetRole::CautionText);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    setUpTable();

    setUpButtons();

    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_restart);
    setTabOrder(m_filter, m_restart); // the rest is as it was made
    setTabOrder(m_restart, m_table);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_again);
    bottom->addStretch(1);
    for (QPushButton* button : {m_copy, m_save, close})
        bottom->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(gridPx);
    column->addLayout(top);
    column->addWidget(m_notice);
    column->addWidget(m_table, 1);
    column->addLayout(bottom);
    resize(QSize(100 * gridPx, 75 * gridPx).boundedTo(screen()->availableSize()));

    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_filter,
            qOverload<>(&QWidget::setFocus));
    connect(m_filter, &QLineEdit::textChanged, &m_filtered,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(&m_session, &Session::changed, this, &Inspector::refresh);
    connect(&m_session, &Session::journalRead, this, &Inspector::takeJournal);
    connect(&m_session, &Session::restarted, this, &Inspector::takeRestart);
}

void Inspector::setUpTable()
{
    m_filtered.setSourceModel(&m_model);
    m_filtered.setFilterKeyColumn(-1); // any of them
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(&m_filtered);
    m_table->setObjectName(QStringLiteral("rows"));
    m_table->setAccessibleName(tr("What the device tells"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false); // Tab goes on to the buttons
    m_table->setWordWrap(true);
    m_table->setShowGrid(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming would cut the values
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(valueColumn, QHeaderView::Fixed);
    // Their widths follow the rows only later.
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column != valueColumn) fitValues();
    });
    auto* copy = new QAction(m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &Inspector::copySelected);
    m_table->addAction(copy);
}

void Inspector::setUpButtons()
{
    m_restart->setObjectName(QStringLiteral("restart"));
    m_again->setObjectName(QStringLiteral("again"));
    m_copy->setObjectName(QStringLiteral("copyAll"));
    m_save->setObjectName(QStringLiteral("save"));
    for (QPushButton* button : {m_restart, m_again, m_copy, m_save})
        button->setAutoDefault(false); // Enter in the filter restarts nothing
    connect(m_restart, &QPushButton::clicked, this, &Inspector::restart);
    connect(m_again, &QPushButton::clicked, this, &Inspector::readAgain);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(textOf(m_model.rows())); });
    connect(m_save, &QPushButton::clicked, this, &Inspector::askForFile);
}

void Inspector::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    refresh();
}

void Inspector::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    fitValues();
}

/// Values take the rest of the width, or what can be read at least.
void Inspector::fitValues()
{
    QHeaderView& header = *m_table->horizontalHeader();
    const int restPx = m_table->viewport()->width() - header.sectionPosition(valueColumn);
    header.resizeSection(valueColumn,
                         std::max(restPx, leastCharacters * fontMetrics().averageCharWidth()));
}

void Inspector::refresh()
{
    if (!isVisible()) return;
    setWindowTitle(titleOf(m_session.situation().bus));
    followJournal();
    showRows();
    showButtons();
}

void Inspector::showRows()
{
    InspectorRows rows = rowsOf(m_session.situation().bus);
    rows.insert(rows.end(), m_journal.begin(), m_journal.end());
    m_model.setRows(std::move(rows));
    fitValues();
    const QString text = notice();
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

void Inspector::showButtons()
{
    const Situation& situation = m_session.situation();
    const bool isApplication =
        std::holds_alternative<contract::RuntimeStatus>(situation.bus.chosen);
    const bool isThere = !std::holds_alternative<updater::NotConnected>(situation.bus.chosen);
    m_restart->setText(isApplication ? tr("Restart into update mode")
                                     : tr("Restart into the application"));
    if (m_isRestarting && m_restart->hasFocus()) m_table->setFocus(); // not on to the next button
    m_restart->setEnabled(isThere && !situation.running && !m_isRestarting);
    m_again->setEnabled(!situation.running && !m_isRestarting);
}

/// Why the rows are not all that there could be.
QString Inspector::notice() const
{
    const Situation& situation = m_session.situation();
    if (situation.running)
        return tr("An update is running. This is what the device said before it.");
    if (m_isRestarting) return tr("The device is restarting.");
    if (!m_problem.isEmpty()) return m_problem;
    if (situation.bus.problem) return problemText(*situation.bus.problem);
    if (std::holds_alternative<contract::RuntimeStatus>(situation.bus.chosen)) {
        return tr("An application tells only what runs. In update mode the device tells "
                  "everything.");
    }
    if (m_model.rows().empty()) return tr("No device is chosen, or it is away.");
    return {};
}

Inspector::JournalPlace Inspector::journalPlace() const
{
    const BusSnapshot& bus = m_session.situation().bus;
    const auto device = std::ranges::find(bus.devices, bus.chosenId, &updater::UsbDevice::serial);
    const auto* status = std::get_if<contract::DeviceStatus>(&bus.chosen);
    if (status == nullptr || device == bus.devices.end()) return {};
    return {bus.chosenId, device->bus, device->address, status->journalWordsUsed};
}

/// Reads the journal once for each time that a device appears or its journal has grown.
void Inspector::followJournal()
{
    if (m_session.isUpdating() || m_isRestarting) return;
    const JournalPlace place = journalPlace();
    if (place == m_journalOf) return;
    m_journalOf = place;
    m_journal.clear();
    m_problem.clear();
    if (place != JournalPlace()) m_session.readJournal();
}

void Inspector::takeJournal(const updater::Result<updater::Bytes>& sector)
{
    if (journalPlace() != m_journalOf || m_journalOf == JournalPlace()) return; // another's
    if (sector) {
        m_journal = journalRows(*sector);
    } else {
        m_problem = problemText(sector.error());
    }
    refresh();
}

void Inspector::restart()
{
    m_isRestarting = true;
    m_problem.clear();
    const auto& chosen = m_session.situation().bus.chosen;
    if (std::holds_alternative<contract::RuntimeStatus>(chosen)) {
        m_session.enterUpdateMode();
    } else {
        m_session.leaveUpdateMode();
    }
    refresh();
}

void Inspector::takeRestart(const std::optional<updater::Error>& problem)
{
    m_isRestarting = false;
    m_problem = problem ? problemText(*problem) : QString();
    refresh();
}

void Inspector::readAgain()
{
    m_journalOf = {};
    m_problem.clear();
    m_session.putAway();
}

void Inspector::copySelected()
{
    InspectorRows rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        const int row = m_filtered.mapToSource(index).row();
        rows.push_back(m_model.rows()[static_cast<std::size_t>(row)]);
    }
    QApplication::clipboard()->setText(textOf(rows));
}

void Inspector::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Save what the device tells"),
                                   QStringLiteral("h755-device.txt"), tr("Text files (*.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    connect(dialog, &QFileDialog::fileSelected, this, &Inspector::save);
    dialog->open();
}

void Inspector::save(const QString& file)
{
    const QByteArray text = textOf(m_model.rows()).toUtf8();
    const auto written =
        updater::writeFile(file.toStdU16String(), updater::Bytes(text.begin(), text.end()));
    m_problem = written ? QString() : problemText(written.error());
    refresh();
}

} // namespace gui
