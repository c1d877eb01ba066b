#include "gui/recovery_page.h"

#include "core/usb/device_text.h"
#include "gui/app_style.h"
#include "gui/error_text.h"
#include "gui/type_scale.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gui {
namespace {

constexpr QSize pictureSizePx(18 * gridPx, 12 * gridPx);

std::optional<updater::BundleFacts> releaseOf(const Situation& situation)
{
    if (!situation.release) return std::nullopt;
    return updater::factsOf(*situation.release);
}

} // namespace

updater::Observed RecoveryCase::observed() const
{
    const Situation& situation = session.situation();
    const bool isRead = !unit.empty() && updater::isSameSerial(situation.bus.chosenId, unit);
    return isRead ? situation.bus.chosen : updater::Observed{};
}

std::optional<contract::DeviceStatus> RecoveryCase::updateMode() const
{
    const updater::Observed now = observed();
    const auto* status = std::get_if<contract::DeviceStatus>(&now);
    return status != nullptr ? std::optional(*status) : std::nullopt;
}

updater::Diagnosis RecoveryCase::diagnosis() const
{
    return updater::diagnose(observed(), releaseOf(session.situation()));
}

RecoveryPage::RecoveryPage(RecoveryCase& sitting)
    : m_sitting(sitting), m_picture(new Picture(this)), m_title(newText("title")),
      m_sentence(newText("sentence")), m_problem(newText("problem"))
{
    m_picture->setFixedSize(pictureSizePx);
    m_title->setFont(scaledFont(TypeSize::Title));
    m_sentence->setFont(scaledFont(TypeSize::Lead));
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(*m_problem, WidgetRole::BadText);

    auto* content = new QWidget(this);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(gridPx, gridPx, gridPx, gridPx); // room for focus rings
    m_column->setSpacing(2 * gridPx);
    m_column->addWidget(newHead());
    m_column->addWidget(m_problem);
    m_column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(scroll);
}

QWidget* RecoveryPage::newHead()
{
    auto* head = new QWidget(this);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(gridPx);
    texts->addWidget(m_title);
    texts->addWidget(m_sentence);
    texts->addStretch(1);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * gridPx);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    return head;
}

QLabel* RecoveryPage::newText(const char* objectName)
{
    auto* label = new QLabel(this);
    label->setObjectName(QLatin1String(objectName));
    label->setFont(scaledFont(TypeSize::Body));
    label->setTextFormat(Qt::PlainText); // names and versions come from devices and files
    label->setWordWrap(true);
    label->hide();
    return label;
}

void RecoveryPage::add(QWidget* widget, Qt::Alignment alignment)
{
    m_column->insertWidget(m_column->count() - 1, widget, 0, alignment);
}

/// Screen readers say a new finding at once.
void RecoveryPage::setHead(PictureId picture, const HeadText& text)
{
    const bool isNews = text.title != m_title->text();
    m_picture->setPicture(picture);
    m_picture->setDescription(text.title);
    setTextOf(m_title, text.title);
    setTextOf(m_sentence, text.sentence);
    if (!isNews) return;
    m_title->setAccessibleName(text.title);
    QAccessibleEvent event(m_title, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void RecoveryPage::setProblem(const std::optional<updater::Error>& problem,
                              const QStringList& steps)
{
    if (!problem) return setTextOf(m_problem, {});
    const ErrorText text = gui::errorText(problem->code);
    // Without the text's own steps, which name buttons of the customers' window; and where there
    // are others, without its sentence, which knows updates only.
    QStringList lines{QStringLiteral("%1 (%2)").arg(text.title, codeText(problem->code)),
                      steps.isEmpty() ? text.sentence : QString(),
                      QString::fromStdString(problem->detail), numbered(steps)};
    lines.removeAll(QString());
    setTextOf(m_problem, lines.join(QLatin1Char('\n')));
}

QString numbered(const QStringList& steps)
{
    QStringList lines;
    for (qsizetype i = 0; i < steps.size(); ++i)
        lines << QStringLiteral("%1. %2").arg(i + 1).arg(steps[i]);
    return lines.join(QLatin1Char('\n'));
}

void setTextOf(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace gui
