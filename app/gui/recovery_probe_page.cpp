#include "gui/recovery_probe_page.h"

#include "core/usb/device_text.h"
#include "gui/app_style.h"
#include "gui/bus_rows.h"
#include "gui/recovery_wizard.h"
#include "gui/type_scale.h"
#include "gui/unit_file_box.h"

#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>
#include <algorithm>

namespace gui {

RecoveryProbePage::RecoveryProbePage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_choices(new QButtonGroup(this)),
      m_whole(new QRadioButton(tr("Program the whole unit"), this)),
      m_bootloaderOnly(new QRadioButton(tr("Replace the bootloader only"), this)),
      m_file(new UnitFileBox(workshop(), this))
{
    QLabel* meaning = newText("meaning");
    setTextOf(meaning, tr("It reaches the chip past all software. It is needed only where neither "
                          "our bootloader nor the ROM loader answers, for option bytes such as "
                          "BCM4, and for another bootloader. If the board answers over its own "
                          "USB port, choose “Look again” instead."));
    m_whole->setObjectName(QStringLiteral("wholeUnit"));
    m_bootloaderOnly->setObjectName(QStringLiteral("bootloaderOnly"));
    m_whole->setChecked(true);
    add(meaning);
    addChoice(m_whole, tr("Bootloader, release, journal and option bytes, as on a production "
                          "line. What is there already is not written again."));
    addChoice(m_bootloaderOnly, tr("The bootloader's sector and the option bytes. Firmware and "
                                   "journal stay. In service only: a unit that is cut off "
                                   "meanwhile starts again only after the same repair."));
    add(m_file);
    m_id = addField(tr("Type the unit's id, 24 digits: no other unit is changed"), "typedId");
    m_probe =
        addField(tr("Serial number of the ST-LINK, only where there are several"), "probeSerial");
    connect(m_id, &QLineEdit::textChanged, this, &RecoveryProbePage::completeChanged);
    connect(m_bootloaderOnly, &QRadioButton::toggled, this, &RecoveryProbePage::nameNext);
    nameNext();
}

void RecoveryProbePage::addChoice(QRadioButton* choice, const QString& sentence)
{
    auto* text = new QLabel(sentence, this);
    text->setWordWrap(true);
    text->setContentsMargins(3 * gridPx, 0, 0, 0);
    setRole(*text, WidgetRole::MutedText);
    choice->setAccessibleDescription(sentence);
    auto* both = new QWidget(this);
    auto* column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridPx / 2);
    column->addWidget(choice);
    column->addWidget(text);
    m_choices->addButton(choice); // they are no siblings
    add(both);
}

QLineEdit* RecoveryProbePage::addField(const QString& name, const char* objectName)
{
    constexpr int longestText = 64;
    auto* label = newText("fieldName");
    auto* field = new QLineEdit(this);
    setTextOf(label, name);
    label->setBuddy(field);
    field->setObjectName(QLatin1String(objectName));
    field->setAccessibleName(name);
    field->setMaxLength(longestText);
    field->setMaximumWidth(40 * gridPx);
    add(label);
    add(field);
    return field;
}

void RecoveryProbePage::nameNext()
{
    setButtonText(QWizard::NextButton, m_bootloaderOnly->isChecked() ? tr("Replace the bootloader")
                                                                     : tr("Program the unit"));
}

void RecoveryProbePage::initializePage()
{
    m_hasSeenProbe = false;
    m_id->clear(); // typed for each unit anew
    workshop().chip().forget();
    follow();
}

void RecoveryProbePage::follow()
{
    const std::vector<BusRow> rows = busRows(situation().bus);
    const bool isThere = std::ranges::any_of(
        rows, [](const BusRow& row) { return row.resident == updater::BusResident::Probe; });
    m_file->follow();
    Q_EMIT completeChanged();
    if (isThere) {
        m_hasSeenProbe = true;
        return setHead(PictureId::Stlink,
                       {tr("An ST-LINK is connected"),
                        tr("A debug probe, for boards that say nothing over USB any more.")});
    }
    setHead(PictureId::Stlink,
            {m_hasSeenProbe ? tr("The ST-LINK has left the bus") : tr("Connect an ST-LINK"),
             tr("Connect it to this computer and to the board, and switch the board on.")});
}

bool RecoveryProbePage::isComplete() const
{
    return workshop().unitFile() != nullptr &&
           updater::isUniqueId(m_id->text().trimmed().toStdString());
}

int RecoveryProbePage::nextId() const
{
    return RecoveryWizard::Rescue;
}

bool RecoveryProbePage::validatePage()
{
    if (!isComplete()) return false;
    workshop().chip().begin({m_bootloaderOnly->isChecked(), m_id->text().trimmed().toStdString(),
                             m_probe->text().trimmed().toStdString()},
                            workshop().unitFile());
    return true;
}

} // namespace gui
