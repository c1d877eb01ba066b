#include "gui/notes_view.h"

#include <QLocale>
#include <QTextDocument>

namespace gui {
namespace {

const std::string* notesFor(const std::map<std::string, std::string>& notes)
{
    const std::string language = QLocale().name().section(QLatin1Char('_'), 0, 0).toStdString();
    for (const std::string& candidate : {language, std::string("en")}) {
        if (const auto found = notes.find(candidate); found != notes.end()) return &found->second;
    }
    return notes.empty() ? nullptr : &notes.begin()->second;
}

} // namespace

NotesView::NotesView(QWidget* parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setAccessibleName(tr("What is new"));
    setTabChangesFocus(true);
}

void NotesView::setNotes(const std::map<std::string, std::string>& notesByLanguage)
{
    const std::string* notes = notesFor(notesByLanguage);
    setVisible(notes != nullptr);
    if (notes == nullptr) return clear();
    document()->setMarkdown(QString::fromStdString(*notes), QTextDocument::MarkdownNoHTML);
}

QSize NotesView::sizeHint() const
{
    constexpr int lines = 6;
    return {QTextBrowser::sizeHint().width(), lines * fontMetrics().lineSpacing()};
}

} // namespace gui
