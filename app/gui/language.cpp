#include "gui/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>
#include <array>
#include <memory>

namespace gui {
namespace {

// What of Qt's own texts customers meet: German without the package that brings Qt's translations.
[[maybe_unused]] constexpr std::array qtTexts{
    QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&Yes"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&No"),
    QT_TRANSLATE_NOOP("QWidgetTextControl", "&Copy"),
    QT_TRANSLATE_NOOP("QWidgetTextControl", "Copy &Link Location"),
    QT_TRANSLATE_NOOP("QWidgetTextControl", "Select All"),
};

/// Finds the translators of an earlier call.
constexpr QLatin1String objectName("gui.language");

void removeLanguage(QApplication& application)
{
    const auto earlier =
        application.findChildren<QTranslator*>(objectName, Qt::FindDirectChildrenOnly);
    for (QTranslator* translator : earlier) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
}

void install(QTranslator* translator)
{
    translator->setObjectName(objectName);
    QCoreApplication::installTranslator(translator);
}

void installFile(QApplication& application, const QString& name, const QString& folder)
{
    auto translator = std::make_unique<QTranslator>(&application);
    if (translator->load(name, folder)) install(translator.release());
}

/// Numbers and dates as the system writes them, if its language is the window's.
QLocale localeOf(const QString& language)
{
    const QLocale system = QLocale::system();
    const QLocale wanted(language);
    return system.language() == wanted.language() ? system : wanted;
}

QChar accented(QChar letter)
{
    static const QString plain = QStringLiteral("aceginosuyzACEGINOSUYZ");
    static const QString accents = QStringLiteral("áçéĝíñöşûÿžÁÇÉĜÍÑÖŞÛŸŽ");
    const qsizetype index = plain.indexOf(letter);
    return index < 0 ? letter : accents.at(index);
}

QString accented(QString text)
{
    for (QChar& letter : text)
        letter = accented(letter);
    return text;
}

/// 40 % of `text`, in words where `text` has words: padding must wrap as text does.
QString padding(const QString& text)
{
    constexpr qsizetype wordLength = 7;
    QString result((text.size() * 2 + 4) / 5, QLatin1Char('~'));
    if (!text.contains(QLatin1Char(' '))) return result;
    for (qsizetype index = 0; index < result.size() - 1; index += wordLength)
        result[index] = QLatin1Char(' ');
    return result;
}

} // namespace

QString bestLanguage(const QStringList& preferredLanguages)
{
    for (const QString& name : preferredLanguages) {
        const QLocale::Language language = QLocale(name).language();
        if (language == QLocale::German) return QStringLiteral("de");
        if (language == QLocale::English) break;
    }
    return QStringLiteral("en");
}

QString pseudoText(const QString& text)
{
    static const QRegularExpression kept(
        QStringLiteral("%L?(\\d+|n)|<[^>]*>|&[A-Za-z0-9#]+;|\\*\\.\\w+"));
    QString changed;
    qsizetype end = 0;
    for (auto matches = kept.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        changed += accented(text.mid(end, match.capturedStart() - end)) + match.captured();
        end = match.capturedEnd();
    }
    changed += accented(text.mid(end));
    return QLatin1Char('[') + changed + padding(text) + QLatin1Char(']');
}

QString PseudoTranslator::translate(const char* /*context*/, const char* sourceText,
                                    const char* /*disambiguation*/, int /*n*/) const
{
    return pseudoText(QString::fromUtf8(sourceText));
}

void installLanguage(QApplication& application, const QString& language)
{
    removeLanguage(application);
    if (language == QLatin1String("pseudo")) {
        QLocale::setDefault(localeOf(QStringLiteral("en")));
        install(new PseudoTranslator(&application));
        return;
    }
    const bool isNamed = language == QLatin1String("en") || language == QLatin1String("de");
    const QString chosen = isNamed ? language : bestLanguage(QLocale::system().uiLanguages());
    QLocale::setDefault(localeOf(chosen));
    const QString ours = QStringLiteral(":/translations");
    // Qt's own strings: beside ours if the package carries them, else where Qt is installed.
    const QString qt = QStringLiteral("qtbase_") + chosen;
    installFile(application, qt, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    installFile(application, qt, ours);
    installFile(application, QStringLiteral("h755-updater_") + chosen, ours);
}

} // namespace gui
