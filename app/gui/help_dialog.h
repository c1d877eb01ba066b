// "What can I do?": one page for each cause, each with what helps against it.
#pragma once

#include "gui/help_text.h"

#include <QDialog>

class QListWidget;
class QLabel;
class QPushButton;

namespace gui {

class Picture;

class HelpDialog final : public QDialog {
    Q_OBJECT

public:
    explicit HelpDialog(QWidget* parent = nullptr);

    void showTopic(HelpTopic topic);

Q_SIGNALS:
    /// The page's button: what can be done about it here.
    void fixWanted(gui::HelpTopic topic);

private:
    void showRow(int row);

    QListWidget* m_topics;
    Picture* m_picture;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_steps;
    QPushButton* m_fix;
};

} // namespace gui
