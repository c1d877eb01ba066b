#include "gui/recovery_bus_page.h"

#include "gui/app_style.h"
#include "gui/error_text.h"
#include "gui/recovery_wizard.h"
#include "gui/type_scale.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <algorithm>

namespace gui {
namespace {

using updater::BusResident;

QString hex(std::uint16_t id)
{
    return QStringLiteral("%1").arg(id, 4, 16, QLatin1Char('0'));
}

/// Short enough for a small window: what it is, below that which one, below that what is in the
/// way.
QString linesOf(const BusRow& row)
{
    QStringList lines{residentText(row.resident)};
    const QStringList which{QString::fromStdString(row.serial),
                            QString::fromStdString(row.version)};
    if (!row.serial.empty()) lines << which.join(QStringLiteral(", "));
    if (row.problem)
        lines << QStringLiteral("%1 (%2)").arg(gui::errorText(row.problem->code).title,
                                               codeText(row.problem->code));
    return lines.join(QLatin1Char('\n'));
}

QStringList cellsOf(const BusRow& row)
{
    return {QString::fromStdString(row.port), linesOf(row),
            hex(row.vendorId) + QLatin1Char(':') + hex(row.productId)};
}

} // namespace

RecoveryBusPage::RecoveryBusPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_list(new QTreeWidget(this)),
      m_help(new QPushButton(tr("What can I do?"), this)),
      m_causes(new QPushButton(tr("What else can it be?"), this))
{
    m_list->setObjectName(QStringLiteral("busList"));
    m_list->setAccessibleName(tr("What is on the bus"));
    m_list->setHeaderLabels({tr("USB port"), tr("What is there"), tr("USB ids")});
    m_list->setRootIsDecorated(false);
    m_list->setMinimumHeight(20 * gridPx);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_help->setAutoDefault(false);
    m_help->setObjectName(QStringLiteral("busHelp"));
    m_causes->setAutoDefault(false);
    m_causes->setObjectName(QStringLiteral("causes"));
    add(m_list);
    for (QPushButton* button : {m_help, m_causes}) {
        setRole(*button, WidgetRole::LinkButton);
        add(button, Qt::AlignLeft);
    }
    connect(m_causes, &QPushButton::clicked, this, [this] { goTo(RecoveryWizard::Causes); });
    connect(m_help, &QPushButton::clicked, this, &RecoveryBusPage::helpWanted);
    // Not the current item: that one is the first as soon as the list has the keyboard.
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, [this] {
        const auto selected = m_list->selectedItems();
        if (selected.isEmpty()) return;
        const int row = m_list->indexOfTopLevelItem(selected.front());
        m_chosenKey = m_rows[static_cast<std::size_t>(row)].key();
        showHead();
        Q_EMIT completeChanged();
    });
}

const BusRow* RecoveryBusPage::chosen() const
{
    const auto row = std::ranges::find(m_rows, m_chosenKey, &BusRow::key);
    return row != m_rows.end() && row->canBeChosen() ? &*row : nullptr;
}

void RecoveryBusPage::follow()
{
    m_rows = busRows(situation().bus);
    if (m_chosenKey.empty()) selectFirstGuess();
    showRows();
    showHead();
    setProblem(m_rows.empty() ? situation().bus.problem : std::nullopt);
    Q_EMIT completeChanged();
}

/// The unit of the window behind, or the only one that could be meant.
void RecoveryBusPage::selectFirstGuess()
{
    m_chosenKey = situation().bus.chosenId;
    if (chosen() != nullptr) return;
    m_chosenKey.clear();
    if (std::ranges::count_if(m_rows, &BusRow::canBeChosen) == 1)
        m_chosenKey = std::ranges::find_if(m_rows, &BusRow::canBeChosen)->key();
}

void RecoveryBusPage::showRows()
{
    const QSignalBlocker silence(m_list);
    m_list->clear();
    for (const BusRow& row : m_rows) {
        auto* item = new QTreeWidgetItem(m_list, cellsOf(row));
        const int lines = static_cast<int>(item->text(1).count(QLatin1Char('\n'))) + 1;
        const int heightPx = lines * m_list->fontMetrics().lineSpacing() + gridPx;
        item->setSizeHint(0, QSize(0, heightPx));
        if (!row.canBeChosen()) item->setFlags(Qt::NoItemFlags);
        if (row.canBeChosen() && row.key() == m_chosenKey) m_list->setCurrentItem(item);
    }
}

void RecoveryBusPage::showHead()
{
    const bool isAnyone = std::ranges::any_of(
        m_rows, [](const BusRow& row) { return row.isOurs() || row.canBeChosen(); });
    m_help->setVisible(chosen() == nullptr);
    if (chosen() != nullptr)
        return setHead(PictureId::ChooseDevice,
                       {tr("Which unit is it about?"),
                        tr("Nothing else on the bus is touched from here on.")});
    if (isAnyone)
        return setHead(PictureId::ChooseDevice,
                       {tr("Which unit is it about?"), tr("Choose it in the list.")});
    setHead(PictureId::Connect,
            {tr("Nothing is there to be repaired"),
             tr("Connect the unit with a USB data cable and switch it on. This list follows the "
                "bus by itself.")});
}

bool RecoveryBusPage::isComplete() const
{
    return chosen() != nullptr;
}

void RecoveryBusPage::goTo(int pageId)
{
    m_wantedPage = pageId;
    wizard()->next();
    m_wantedPage.reset();
}

int RecoveryBusPage::nextId() const
{
    if (m_wantedPage) return *m_wantedPage;
    const BusRow* row = chosen();
    if (row != nullptr && row->resident == BusResident::RomLoader) return RecoveryWizard::Rom;
    if (row != nullptr && row->resident == BusResident::Probe) return RecoveryWizard::Probe;
    return RecoveryWizard::Diagnosis;
}

bool RecoveryBusPage::validatePage()
{
    if (m_wantedPage) return true;
    const BusRow* row = chosen();
    if (row == nullptr) return false;
    sitting().port = row->port;
    if (!row->isOurs()) return true;
    sitting().unit = row->serial;
    sitting().session.choose(row->serial);
    return true;
}

} // namespace gui
