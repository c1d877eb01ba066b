// Release notes out of a bundle: signed, but still text from outside. Markdown without HTML, and
// nothing that it names is ever loaded or opened.
#pragma once

#include <QTextBrowser>
#include <map>
#include <string>

namespace gui {

class NotesView final : public QTextBrowser {
    Q_OBJECT

public:
    explicit NotesView(QWidget* parent = nullptr);

    /// In the program's language, else in English, else hidden.
    void setNotes(const std::map<std::string, std::string>& notesByLanguage);

    /// A few lines: more is there if the window has room, and by scrolling.
    QSize sizeHint() const override;

protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

} // namespace gui
