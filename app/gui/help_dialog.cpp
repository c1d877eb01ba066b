#include "gui/help_dialog.h"

#include "gui/picture.h"
#include "gui/type_scale.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <array>

namespace gui {
namespace {

struct Page {
    HelpTopic topic;
    PictureId picture;
};

constexpr std::array<Page, 5> pages{{{HelpTopic::Cable, PictureId::CableChargeOnly},
                                     {HelpTopic::Hub, PictureId::Hub},
                                     {HelpTopic::Permission, PictureId::Permission},
                                     {HelpTopic::Driver, PictureId::Driver},
                                     {HelpTopic::Busy, PictureId::Busy}}};

QLabel* newLabel(TypeSize size, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setFont(scaledFont(size));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

HelpDialog::HelpDialog(QWidget* parent)
    : QDialog(parent), m_topics(new QListWidget(this)), m_picture(new Picture(this)),
      m_title(newLabel(TypeSize::Title, this)), m_sentence(newLabel(TypeSize::Lead, this)),
      m_steps(newLabel(TypeSize::Body, this)), m_fix(new QPushButton(this))
{
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("What can I do?"));
    m_topics->setAccessibleName(tr("Possible causes"));
    m_topics->setWordWrap(true);
    for (const Page& page : pages)
        m_topics->addItem(helpText(page.topic).title);
    connect(m_topics, &QListWidget::currentRowChanged, this, &HelpDialog::showRow);

    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(gridPx);
    column->addWidget(m_picture, 2);
    for (QWidget* line : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_sentence),
                          static_cast<QWidget*>(m_steps)})
        column->addWidget(line);
    column->addWidget(m_fix, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);

    auto* row = new QHBoxLayout(this);
    row->addWidget(m_topics, 1);
    row->addWidget(scroll, 2);
    setTabOrder(scroll, m_fix);
    resize(80 * gridPx, 55 * gridPx);
    connect(m_fix, &QPushButton::clicked, this, [this] {
        Q_EMIT fixWanted(pages[static_cast<std::size_t>(m_topics->currentRow())].topic);
    });
}

void HelpDialog::showTopic(HelpTopic topic)
{
    int row = 0;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i].topic == topic) row = static_cast<int>(i);
    }
    m_topics->setCurrentRow(row);
    open();
}

void HelpDialog::showRow(int row)
{
    const Page& page = pages[static_cast<std::size_t>(row)];
    const HelpText text = helpText(page.topic);
    m_picture->setPicture(page.picture);
    m_picture->setDescription(text.title);
    m_title->setText(text.title);
    m_sentence->setText(text.sentence);
    QStringList lines;
    for (qsizetype i = 0; i < text.steps.size(); ++i)
        lines << QStringLiteral("%1. %2").arg(i + 1).arg(text.steps[i]);
    m_steps->setText(lines.join(QLatin1Char('\n')));
    m_fix->setText(text.fixLabel);
    m_fix->setVisible(!text.fixLabel.isEmpty());
}

} // namespace gui
