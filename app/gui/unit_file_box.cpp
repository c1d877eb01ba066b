#include "gui/unit_file_box.h"

#include "core/bundle/text_forms.h"
#include "core/signature/digest.h"
#include "gui/app_style.h"
#include "gui/error_text.h"
#include "gui/fact_table.h"
#include "gui/recovery_page.h"
#include "gui/recovery_steps.h"
#include "gui/type_scale.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace gui {
namespace {

QString releaseOf(const updater::FactoryBundle& file)
{
    return QString::fromStdString(updater::versionText(file.release.manifest().releaseVersion));
}

/// It has no version of its own before it runs: enough of its hash to compare with the record.
QString bootloaderOf(const updater::FactoryBundle& file)
{
    constexpr std::size_t digits = 16;
    const std::string hash = updater::hexText(updater::sha256(file.bootloader));
    return QString::fromStdString(hash.substr(0, digits));
}

} // namespace

UnitFileBox::UnitFileBox(Workshop& workshop, QWidget* parent)
    : QWidget(parent), m_workshop(workshop),
      m_choose(new QPushButton(tr("Choose unit file…"), this)), m_state(new QLabel(this)),
      m_facts(new FactTable(this))
{
    m_choose->setObjectName(QStringLiteral("chooseUnitFile"));
    m_choose->setAutoDefault(false);
    m_state->setObjectName(QStringLiteral("unitFile"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setFont(scaledFont(TypeSize::Body));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridPx);
    column->addWidget(m_state);
    column->addWidget(m_facts);
    column->addWidget(m_choose, 0, Qt::AlignLeft);
    connect(m_choose, &QPushButton::clicked, this, &UnitFileBox::askForFile);
}

void UnitFileBox::follow()
{
    const UnitFile& file = m_workshop.unitFile();
    const auto& refusal = m_workshop.refusal();
    setRole(*m_state, refusal ? WidgetRole::BadText : WidgetRole::MutedText);
    if (refusal) {
        QStringList lines{QStringLiteral("%1 (%2)").arg(gui::errorText(refusal->code).title,
                                                        codeText(refusal->code)),
                          QString::fromStdString(refusal->detail),
                          numbered(technicianSteps(refusal->code))};
        lines.removeAll(QString());
        m_state->setText(lines.join(QLatin1Char('\n')));
    } else {
        m_state->setText(file == nullptr
                             ? tr("It needs the signed unit file from the build server "
                                  "(.h755factory). It is checked before anything is written.")
                             : tr("The signed unit file is verified:"));
    }
    std::vector<QStringList> facts;
    if (file != nullptr)
        facts = {{tr("Release"), releaseOf(*file)},
                 {tr("SHA-256 of the bootloader"), bootloaderOf(*file) + QStringLiteral("…")}};
    m_facts->setFacts({}, facts);
}

void UnitFileBox::askForFile()
{
    auto* dialog = new QFileDialog(window(), tr("Choose unit file"), {},
                                   tr("Signed unit files (*.h755factory)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { m_workshop.openUnitFile(file.toStdU16String()); });
    dialog->open();
}

} // namespace gui
