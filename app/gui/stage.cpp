#include "gui/stage.h"

#include "gui/app_style.h"
#include "gui/disclosure.h"
#include "gui/error_text.h"
#include "gui/notes_view.h"
#include "gui/picture.h"
#include "gui/scene_text.h"
#include "gui/type_scale.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace gui {
namespace {

PictureId pictureOf(Scene scene)
{
    switch (scene) {
    case Scene::Looking: return PictureId::Looking;
    case Scene::NothingConnected: return PictureId::Connect;
    case Scene::ChooseDevice: return PictureId::ChooseDevice;
    case Scene::UpToDate: return PictureId::UpToDate;
    case Scene::UpdateAvailable: return PictureId::UpdateAvailable;
    case Scene::Updating: return PictureId::Updating;
    case Scene::ConnectionLost: return PictureId::ConnectionLost;
    case Scene::NeedsRepair: return PictureId::NeedsRepair;
    case Scene::Done: return PictureId::Done;
    case Scene::Problem: break;
    }
    return PictureId::Problem;
}

QLabel* newLabel(TypeSize size, const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setFont(scaledFont(size));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // names and versions come from devices and files
    label->setAlignment(Qt::AlignHCenter);
    return label;
}

void setText(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QString numbered(const QStringList& steps)
{
    QStringList lines;
    for (qsizetype i = 0; i < steps.size(); ++i)
        lines << QStringLiteral("%1. %2").arg(i + 1).arg(steps[i]);
    return lines.join(QLatin1Char('\n'));
}

/// What is wrong, wherever it was found.
std::optional<updater::Error> errorOf(const Situation& situation)
{
    if (situation.failure) return situation.failure;
    if (situation.bus.problem) return situation.bus.problem;
    return refusalOf(situation);
}

} // namespace

Stage::Stage(QWidget* parent)
    : QWidget(parent), m_picture(new Picture(this)),
      m_title(newLabel(TypeSize::Title, "title", this)),
      m_sentence(newLabel(TypeSize::Lead, "sentence", this)),
      m_detail(newLabel(TypeSize::Body, "detail", this)),
      m_steps(newLabel(TypeSize::Body, "steps", this)),
      m_code(newLabel(TypeSize::Caption, "code", this)),
      m_technicalDetail(new Disclosure(tr("Details"), this)), m_bar(new QProgressBar(this)),
      m_remaining(newLabel(TypeSize::Caption, "remaining", this)), m_notes(new NotesView(this)),
      m_help(new QPushButton(this))
{
    m_bar->setRange(0, 100); // screen readers announce each step
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the update"));
    m_steps->setAlignment(Qt::AlignLeft);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_help->setObjectName(QStringLiteral("help"));
    setRole(*m_help, WidgetRole::LinkButton);
    for (QLabel* quiet : {m_detail, m_code, m_remaining})
        setRole(*quiet, WidgetRole::MutedText);
    connect(m_help, &QPushButton::clicked, this, [this] {
        if (helpText(m_helpTopic).fixLabel.isEmpty()) return helpWanted();
        Q_EMIT fixWanted(m_helpTopic);
    });

    auto* column = new QVBoxLayout(this);
    column->setSpacing(gridPx);
    column->addStretch(1);
    column->addWidget(m_picture, 4);
    column->addWidget(newTexts(), 3);
    column->addWidget(m_help, 0, Qt::AlignHCenter);
    column->addStretch(1);
}

/// Everything that is read, in lines of at most 60 characters.
QWidget* Stage::newTexts()
{
    auto* texts = new QWidget(this);
    constexpr int longestLine = 60;
    texts->setMaximumWidth(longestLine * m_sentence->fontMetrics().averageCharWidth() + 4 * gridPx);
    auto* column = new QVBoxLayout(texts);
    column->setSpacing(gridPx);
    const std::initializer_list<QWidget*> lines{m_title, m_sentence, m_detail,          m_bar,
                                                m_steps, m_code,     m_technicalDetail, m_remaining,
                                                m_notes};
    for (QWidget* line : lines)
        column->addWidget(line);
    column->setStretchFactor(m_notes, 1);
    column->addStretch(0);
    auto* row = new QWidget(this);
    auto* centred = new QHBoxLayout(row);
    centred->setContentsMargins(2 * gridPx, 0, 2 * gridPx, 0);
    centred->addStretch(1);
    centred->addWidget(texts, 1000);
    centred->addStretch(1);
    return row;
}

void Stage::showSituation(const Situation& situation)
{
    m_picture->setPicture(pictureOf(sceneOf(situation)));
    const QString before = m_title->text();
    showTexts(situation);
    if (m_title->text() != before) announce(m_title->text());
    showProgress(situation);
    showNotes(situation);
}

void Stage::showTexts(const Situation& situation)
{
    const std::optional<updater::Error> error =
        sceneOf(situation) == Scene::Problem ? errorOf(situation) : std::nullopt;
    const SceneText text = sceneText(situation);
    const ErrorText problem = error ? gui::errorText(error->code) : ErrorText{};
    setText(m_title, error ? problem.title : text.title);
    setText(m_sentence, error ? problem.sentence : text.sentence);
    setText(m_detail, text.detail);
    setText(m_steps, numbered(problem.steps));
    setText(m_code, error ? codeText(error->code) : QString());
    m_technicalDetail->setText(error ? QString::fromStdString(error->detail) : QString());
    showTopic(error ? problem.topic : HelpTopic::Cable);
}

/// Where one click can help, that click is offered instead of the pages.
void Stage::showTopic(HelpTopic topic)
{
    m_helpTopic = topic;
    const QString fix = helpText(topic).fixLabel;
    m_help->setText(fix.isEmpty() ? tr("What can I do?") : fix);
}

void Stage::showNotes(const Situation& situation)
{
    const Scene scene = sceneOf(situation);
    const bool hasNotes =
        scene == Scene::UpdateAvailable || scene == Scene::UpToDate || scene == Scene::NeedsRepair;
    if (!hasNotes || !situation.release) {
        m_notes->hide();
        m_shownRelease = nullptr;
    } else if (m_shownRelease != situation.release.get()) {
        m_shownRelease = situation.release.get();
        m_notes->setNotes(situation.release->notes());
    }
}

void Stage::offerHelp(bool isOffered)
{
    m_help->setVisible(isOffered);
}

QString Stage::problemText() const
{
    const QStringList lines{m_code->text() + QLatin1Char(' ') + m_title->text(), m_sentence->text(),
                            m_technicalDetail->text()};
    return lines.join(QLatin1Char('\n'));
}

void Stage::showProgress(const Situation& situation)
{
    m_bar->setVisible(situation.running.has_value());
    if (!situation.running) return setText(m_remaining, {});
    m_bar->setValue(situation.running->permille / 10);
    const QString percent = QStringLiteral("%1 %").arg(situation.running->permille / 10);
    const QString remaining = remainingText(*situation.running);
    setText(m_remaining,
            remaining.isEmpty() ? percent : percent + QStringLiteral(" – ") + remaining);
}

/// Screen readers say a new state at once.
void Stage::announce(const QString& title)
{
    m_picture->setDescription(title);
    QAccessibleEvent event(m_title, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace gui
