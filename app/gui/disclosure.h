// A button that opens and closes a text below it: there for those who want it, in nobody's way.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace gui {

class Disclosure final : public QWidget {
    Q_OBJECT

public:
    explicit Disclosure(const QString& title, QWidget* parent = nullptr);

    /// Another text starts closed; without one nothing is shown.
    void setText(const QString& text);
    QString text() const;

private:
    void open(bool isOpen);

    QToolButton* m_button;
    QLabel* m_text;
};

} // namespace gui
