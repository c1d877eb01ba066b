#include "gui/recovery_repair_page.h"

#include "core/bundle/text_forms.h"
#include "gui/app_style.h"
#include "gui/type_scale.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace gui {

RecoveryRepairPage::RecoveryRepairPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_list(new QWidget(this)), m_group(new QButtonGroup(this)),
      m_release(newText("release")), m_open(new QPushButton(tr("Open release file…"), this))
{
    auto* column = new QVBoxLayout(m_list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridPx);
    m_open->setObjectName(QStringLiteral("openRelease"));
    m_open->setAutoDefault(false);
    add(m_list);
    add(m_release);
    add(m_open, Qt::AlignLeft);
    connect(m_open, &QPushButton::clicked, this, &RecoveryRepairPage::fileWanted);
    connect(m_group, &QButtonGroup::idToggled, this, [this] { Q_EMIT completeChanged(); });
}

void RecoveryRepairPage::follow()
{
    std::vector<Choice> choices;
    for (const updater::RepairOffer& offer : sitting().diagnosis().offers)
        choices.push_back({offer.repair, obstacleText(offer)});
    if (choices != m_choices) {
        m_choices = std::move(choices);
        rebuild();
    }
    showHead();
    setProblem(situation().failure);
    setTextOf(m_release, releaseText());
    m_open->setVisible(!m_choices.empty());
    Q_EMIT completeChanged();
}

void RecoveryRepairPage::showHead()
{
    if (!m_choices.empty())
        return setHead(PictureId::SlotPair,
                       {tr("What is to be done?"),
                        tr("The safest is on top. Each can be interrupted and continued.")});
    const updater::Verdict verdict = sitting().diagnosis().verdict;
    if (verdict == updater::Verdict::NotConnected)
        return setHead(PictureId::ConnectionLost, verdictText(verdict));
    setHead(PictureId::UpToDate,
            {verdictText(verdict).title,
             tr("Nothing can be repaired like this. Go back to look at the unit.")});
}

QString RecoveryRepairPage::releaseText() const
{
    if (m_choices.empty()) return {};
    if (!situation().release) return tr("No release file is open.");
    const QString version = QString::fromStdString(
        updater::versionText(situation().release->streamHeader().releaseVersion));
    return tr("Opened release: %1").arg(version);
}

void RecoveryRepairPage::rebuild()
{
    const int wanted = m_group->checkedId();
    for (QAbstractButton* button : m_group->buttons())
        m_group->removeButton(button);
    while (QLayoutItem* item = m_list->layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Choice& choice : m_choices)
        addChoice(choice);
    QAbstractButton* again = m_group->button(wanted);
    const auto buttons = m_group->buttons();
    const auto first = std::ranges::find_if(buttons, &QAbstractButton::isEnabled);
    if (again == nullptr || !again->isEnabled()) again = first != buttons.end() ? *first : nullptr;
    if (again != nullptr) again->setChecked(true);
}

void RecoveryRepairPage::addChoice(const Choice& choice)
{
    const HeadText text = repairText(choice.repair);
    auto* button = new QRadioButton(text.title, m_list);
    auto* sentence = new QLabel(text.sentence, m_list);
    const int indentPx = 3 * gridPx;
    sentence->setWordWrap(true);
    sentence->setContentsMargins(indentPx, 0, 0, 0);
    sentence->setEnabled(choice.obstacle.isEmpty());
    setRole(*sentence, WidgetRole::MutedText);
    button->setEnabled(choice.obstacle.isEmpty());
    button->setAccessibleDescription(text.sentence + QLatin1Char(' ') + choice.obstacle);
    m_group->addButton(button, static_cast<int>(choice.repair));
    m_list->layout()->addWidget(button);
    m_list->layout()->addWidget(sentence);
    if (choice.obstacle.isEmpty()) return;
    auto* obstacle = new QLabel(choice.obstacle, m_list);
    obstacle->setObjectName(QStringLiteral("obstacle"));
    obstacle->setTextFormat(Qt::PlainText);
    obstacle->setWordWrap(true);
    obstacle->setContentsMargins(indentPx, 0, 0, 0);
    setRole(*obstacle, WidgetRole::CautionText);
    m_list->layout()->addWidget(obstacle);
}

bool RecoveryRepairPage::isComplete() const
{
    const QAbstractButton* chosen = m_group->checkedButton();
    return chosen != nullptr && chosen->isEnabled() && sitting().isInUpdateMode();
}

bool RecoveryRepairPage::validatePage()
{
    if (!isComplete()) return false;
    sitting().before = sitting().updateMode();
    sitting().repair = static_cast<updater::Repair>(m_group->checkedId());
    sitting().session.repair(*sitting().repair);
    return true;
}

} // namespace gui
