#include "gui/recovery_causes_page.h"

#include "gui/app_style.h"
#include "gui/bus_rows.h"
#include "gui/cause_text.h"
#include "gui/type_scale.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace gui {
namespace {

using updater::BusResident;
using updater::Sign;

Sign signOf(const BusSnapshot& bus)
{
    const std::vector<BusRow> rows = busRows(bus);
    const auto isThere = [&rows](BusResident resident) {
        return std::ranges::find(rows, resident, &BusRow::resident) != rows.end();
    };
    if (isThere(BusResident::RomLoader)) return Sign::RomLoaderOnBus;
    if (isThere(BusResident::Bootloader)) return Sign::BootloaderFaults;
    return isThere(BusResident::Probe) ? Sign::ProbeAttached : Sign::NothingOnBus;
}

} // namespace

RecoveryCausesPage::RecoveryCausesPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_sign(new QComboBox(this)), m_list(new QWidget(this))
{
    setHead(PictureId::Looking,
            {tr("What else can it be?"), tr("Say what you see. The likely causes are on top.")});
    m_sign->setObjectName(QStringLiteral("sign"));
    m_sign->setAccessibleName(tr("What do you see?"));
    m_sign->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sign->setMinimumContentsLength(30);
    for (int sign = static_cast<int>(Sign::NothingOnBus);
         sign <= static_cast<int>(Sign::ProbeCannotAttach); ++sign)
        m_sign->addItem(signText(static_cast<Sign>(sign)), sign);
    auto* column = new QVBoxLayout(m_list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridPx / 2);
    add(m_sign);
    add(m_list);
    connect(m_sign, &QComboBox::currentIndexChanged, this, &RecoveryCausesPage::showCauses);
}

void RecoveryCausesPage::initializePage()
{
    m_sign->setCurrentIndex(m_sign->findData(static_cast<int>(signOf(situation().bus))));
    showCauses();
}

void RecoveryCausesPage::showCauses()
{
    while (QLayoutItem* item = m_list->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto* cause : updater::causesOf(static_cast<Sign>(m_sign->currentData().toInt())))
        addCause(*cause);
}

void RecoveryCausesPage::addCause(const updater::KnownCause& cause)
{
    const HeadText text = causeText(cause);
    auto* title = new QLabel(QStringLiteral("%1. %2").arg(cause.number).arg(text.title), m_list);
    auto* remedy = new QLabel(text.sentence, m_list);
    QFont bold = scaledFont(TypeSize::Body);
    bold.setBold(true);
    title->setFont(bold);
    title->setContentsMargins(0, gridPx, 0, 0);
    title->setObjectName(QStringLiteral("cause"));
    for (QLabel* label : {title, remedy}) {
        label->setWordWrap(true);
        m_list->layout()->addWidget(label);
    }
    const QString way = routeText(cause.route);
    if (way.isEmpty()) return;
    auto* button = new QPushButton(way, m_list);
    button->setObjectName(QStringLiteral("route%1").arg(cause.number));
    button->setAccessibleDescription(text.title);
    button->setAutoDefault(false);
    setRole(*button, WidgetRole::LinkButton);
    static_cast<QVBoxLayout*>(m_list->layout())->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &QPushButton::clicked, this,
            [this, route = cause.route] { Q_EMIT routeChosen(route); });
}

} // namespace gui
