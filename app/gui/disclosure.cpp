#include "gui/disclosure.h"

#include "gui/app_style.h"
#include "gui/type_scale.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace gui {

Disclosure::Disclosure(const QString& title, QWidget* parent)
    : QWidget(parent), m_button(new QToolButton(this)), m_text(new QLabel(this))
{
    m_button->setObjectName(QStringLiteral("disclose"));
    m_button->setText(title);
    m_button->setCheckable(true); // screen readers say whether it is open
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setFont(scaledFont(TypeSize::Caption));
    setRole(*m_button, WidgetRole::LinkButton);
    m_text->setObjectName(QStringLiteral("technicalDetail"));
    m_text->setAccessibleName(title);
    m_text->setFont(scaledFont(TypeSize::Caption));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // it comes from devices and files
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setRole(*m_text, WidgetRole::MutedText);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(gridPx, gridPx, gridPx, 0); // room for the focus ring
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addWidget(m_text);
    connect(m_button, &QToolButton::toggled, this, &Disclosure::open);
    open(false);
    hide();
}

void Disclosure::setText(const QString& text)
{
    if (text != m_text->text()) m_button->setChecked(false);
    m_text->setText(text);
    setVisible(!text.isEmpty());
}

QString Disclosure::text() const
{
    return m_text->text();
}

void Disclosure::open(bool isOpen)
{
    m_button->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_text->setVisible(isOpen);
}

} // namespace gui
