// The middle of the window: picture, sentence, detail, and what a scene has beyond them.
#pragma once

#include "gui/help_text.h"
#include "gui/scene.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace gui {

class Disclosure;
class NotesView;
class Picture;

class Stage final : public QWidget {
    Q_OBJECT

public:
    explicit Stage(QWidget* parent = nullptr);

    void showSituation(const Situation& situation);

    /// Offers the help pages, when a scene lasts longer than people like.
    void offerHelp(bool isOffered);

    /// Which help page fits what is shown.
    HelpTopic helpTopic() const { return m_helpTopic; }

    /// The problem that is shown, for a support request: code, texts and technical detail.
    QString problemText() const;

Q_SIGNALS:
    void helpWanted();
    /// What the topic's page offers to do is wanted at once.
    void fixWanted(gui::HelpTopic topic);

private:
    QWidget* newTexts();
    void showTexts(const Situation& situation);
    void showTopic(HelpTopic topic);
    void showNotes(const Situation& situation);
    void showProgress(const Situation& situation);
    void announce(const QString& title);

    Picture* m_picture;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_detail;
    QLabel* m_steps;
    QLabel* m_code;
    Disclosure* m_technicalDetail;
    QProgressBar* m_bar;
    QLabel* m_remaining;
    NotesView* m_notes;
    QPushButton* m_help;
    HelpTopic m_helpTopic = HelpTopic::None;
    const void* m_shownRelease = nullptr; ///< whose notes are shown
};

} // namespace gui
