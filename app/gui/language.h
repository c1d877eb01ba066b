// The language of the window: the system's, English, German, or one that only tests read.
#pragma once

#include <QTranslator>

class QApplication;

namespace gui {

/// `language` is "en", "de", "pseudo" or, with anything else, the system's. May be called again:
/// the last call wins, and open windows get a QEvent::LanguageChange.
void installLanguage(QApplication& application, const QString& language);

/// "en" or "de": the first of the languages that a person prefers that the program speaks.
QString bestLanguage(const QStringList& preferredLanguages);

/// `text` with accents, in brackets, at least 40 % longer; %1, markup, entities and file patterns
/// ("*.h755") stay as they are.
QString pseudoText(const QString& text);

/// Shows which strings are not translated and which do not fit when they get longer.
class PseudoTranslator final : public QTranslator {
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* sourceText, const char* disambiguation,
                      int n) const override;
};

} // namespace gui
