// What customers read: complete, free of jargon, in both languages.
#include "gui/error_text.h"
#include "gui/language.h"
#include "gui/scene_text.h"

#include <QApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using gui::ErrorText;
using gui::HelpText;
using gui::HelpTopic;

namespace {

constexpr std::array allTopics{HelpTopic::Cable,  HelpTopic::Hub,  HelpTopic::Permission,
                               HelpTopic::Driver, HelpTopic::Busy, HelpTopic::ReleaseFile,
                               HelpTopic::Service};

QStringList stringsOf(const ErrorText& text)
{
    return QStringList{text.title, text.sentence} + text.steps;
}

QStringList stringsOf(const HelpText& text)
{
    QStringList strings = QStringList{text.title, text.sentence} + text.steps;
    if (!text.fixLabel.isEmpty()) strings += text.fixLabel;
    return strings;
}

/// Every string that this file knows, in the same order in every language.
QStringList allStrings()
{
    QStringList strings;
    for (const updater::ErrorText& row : updater::errorTable())
        strings += stringsOf(gui::errorText(row.code));
    for (const HelpTopic topic : allTopics)
        strings += stringsOf(gui::helpText(topic));
    return strings;
}

QStringList stringsIn(const char* language)
{
    gui::installLanguage(*qApp, QString::fromLatin1(language));
    return allStrings();
}

const QRegularExpression& jargon()
{
    static const QRegularExpression words(
        QStringLiteral("\\b(DFU|bootloaders?|slots?|VID|PID|firmware|set ids?|flash\\w*|journals?|"
                       "udev|pkexec|rules?|streams?|manifest|bundles?|signatur\\w*|hash\\w*|ZIP|"
                       "JSON|ELF|lib\\w*usb|WinUSB|protocol|transfers?|timeouts?|buffers?|keys?|"
                       "bytes?|trial|staging|Schlüssel|Puffer|Protokoll|Urlader)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return words;
}

} // namespace

class TextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    static void everyCodeHasTitleSentenceAndSteps_data();
    static void everyCodeHasTitleSentenceAndSteps();
    static void everyTopicHasAPage();
    static void germanDiffersFromEnglish();
    static void customersReadNoJargon_data();
    static void customersReadNoJargon();
    static void sentencesAreShort_data();
    static void sentencesAreShort();
    static void pseudoLanguageLengthensEverything();
    static void pseudoTextKeepsPlaceholders();
    static void bestLanguageFollowsThePreferences();
    static void theLastLanguageWins();
    static void oneMinuteIsNotMinutes();
};

void TextTest::everyCodeHasTitleSentenceAndSteps_data()
{
    QTest::addColumn<QString>("language");
    for (const char* language : {"en", "de", "pseudo"})
        QTest::newRow(language) << QString::fromLatin1(language);
}

void TextTest::everyCodeHasTitleSentenceAndSteps()
{
    QFETCH(QString, language);
    gui::installLanguage(*qApp, language);
    for (const updater::ErrorText& row : updater::errorTable()) {
        const ErrorText text = gui::errorText(row.code);
        QCOMPARE(gui::codeText(row.code), QString::fromStdString(updater::errorLabel(row.code)));
        QVERIFY2(!text.steps.isEmpty(), row.name.data());
        for (const QString& string : stringsOf(text))
            QVERIFY2(!string.trimmed().isEmpty(), row.name.data());
    }
}

void TextTest::everyTopicHasAPage()
{
    for (const HelpTopic topic : allTopics) {
        const HelpText page = gui::helpText(topic);
        QVERIFY(!page.title.isEmpty());
        QVERIFY(!page.sentence.isEmpty());
        QVERIFY(!page.steps.isEmpty());
        QCOMPARE(!page.fixLabel.isEmpty(), topic == HelpTopic::Permission);
    }
    QVERIFY(gui::helpText(HelpTopic::None).title.isEmpty());
}

void TextTest::germanDiffersFromEnglish()
{
    const QStringList english = stringsIn("en");
    const QStringList german = stringsIn("de");
    QCOMPARE(german.size(), english.size());
    for (qsizetype index = 0; index < english.size(); ++index)
        QVERIFY2(german[index] != english[index], qPrintable(english[index]));
}

void TextTest::customersReadNoJargon_data()
{
    everyCodeHasTitleSentenceAndSteps_data();
}

void TextTest::customersReadNoJargon()
{
    QFETCH(QString, language);
    gui::installLanguage(*qApp, language);
    for (const QString& string : allStrings())
        QVERIFY2(!jargon().match(string).hasMatch(), qPrintable(string));
    QVERIFY(jargon().match(QStringLiteral("the other slot")).hasMatch());
}

void TextTest::sentencesAreShort_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << QStringLiteral("en");
    QTest::newRow("de") << QStringLiteral("de");
}

void TextTest::sentencesAreShort()
{
    QFETCH(QString, language);
    gui::installLanguage(*qApp, language);
    constexpr qsizetype maximumWords = 22;
    const QRegularExpression end(QStringLiteral("[.:;?!](\\s|$)"));
    for (const QString& string : allStrings()) {
        for (const QString& sentence : string.split(end))
            QVERIFY2(sentence.split(QLatin1Char(' ')).size() <= maximumWords, qPrintable(sentence));
    }
}

void TextTest::pseudoLanguageLengthensEverything()
{
    const QStringList english = stringsIn("en");
    const QStringList pseudo = stringsIn("pseudo");
    QCOMPARE(pseudo.size(), english.size());
    for (qsizetype index = 0; index < english.size(); ++index) {
        QVERIFY2(pseudo[index].size() * 10 >= english[index].size() * 14,
                 qPrintable(pseudo[index]));
        QVERIFY2(pseudo[index].contains(QLatin1Char('[')), qPrintable(pseudo[index]));
    }
}

void TextTest::pseudoTextKeepsPlaceholders()
{
    QCOMPARE(gui::pseudoText(QStringLiteral("OK")), QStringLiteral("[ÖK~]"));
    QVERIFY(gui::pseudoText(QStringLiteral("%1 of %L2, %n"))
                .startsWith(QStringLiteral("[%1 öf %L2, %n ")));
    QVERIFY(gui::pseudoText(QStringLiteral("<a href=\"x\">no</a> &amp; *.h755"))
                .startsWith(QStringLiteral("[<a href=\"x\">ñö</a> &amp; *.h755 ")));
}

void TextTest::bestLanguageFollowsThePreferences()
{
    const QString en = QStringLiteral("en");
    const QString de = QStringLiteral("de");
    QCOMPARE(gui::bestLanguage({}), en);
    QCOMPARE(gui::bestLanguage({QStringLiteral("C")}), en);
    QCOMPARE(gui::bestLanguage({QStringLiteral("de-AT"), en}), de);
    QCOMPARE(gui::bestLanguage({QStringLiteral("en-GB"), de}), en);
    QCOMPARE(gui::bestLanguage({QStringLiteral("fr-CH"), QStringLiteral("de-CH"), en}), de);
    QCOMPARE(gui::bestLanguage({QStringLiteral("fr"), QStringLiteral("ja")}), en);
}

void TextTest::theLastLanguageWins()
{
    const QString english = stringsIn("en").first();
    QVERIFY(stringsIn("de").first() != english);
    QCOMPARE(QLocale().language(), QLocale::German);
    QVERIFY(stringsIn("pseudo").first().startsWith(QLatin1Char('[')));
    QCOMPARE(stringsIn("en").first(), english);
    QCOMPARE(QLocale().language(), QLocale::English);
    const auto count = [] { return qApp->findChildren<QTranslator*>().size(); };
    const qsizetype before = count();
    gui::installLanguage(*qApp, QStringLiteral("en"));
    QCOMPARE(count(), before);
}

void TextTest::oneMinuteIsNotMinutes()
{
    const auto left = [](const char* language, std::uint64_t minutes) {
        gui::installLanguage(*qApp, QString::fromLatin1(language));
        updater::ProgressReport report;
        report.remainingMs = minutes * 60'000;
        return gui::remainingText(report);
    };
    QCOMPARE(left("en", 1), QStringLiteral("about one minute left"));
    QCOMPARE(left("en", 2), QStringLiteral("about 2 minutes left"));
    QCOMPARE(left("de", 1), QStringLiteral("noch etwa eine Minute"));
    QCOMPARE(left("de", 2), QStringLiteral("noch etwa 2 Minuten"));
}

QTEST_MAIN(TextTest)
#include "text_test.moc"
