// A diagnosis has words for every value that a device can report, in both languages.
#include "gui/cause_text.h"
#include "gui/diagnosis_text.h"
#include "gui/language.h"

#include <QApplication>
#include <QSet>
#include <QTest>

using contract::ImageFault;
using contract::JournalHealth;
using contract::Reason;
using contract::UpdateReason;
using gui::HeadText;
using updater::BusResident;
using updater::Repair;
using updater::SlotVerdict;
using updater::Verdict;

namespace {

/// All values from the first to `last`.
template <typename Enum>
std::vector<Enum> valuesTo(Enum last)
{
    std::vector<Enum> values;
    for (int value = 0; value <= static_cast<int>(last); ++value)
        values.push_back(static_cast<Enum>(value));
    return values;
}

/// Each list on its own: within it no two values may say the same.
std::vector<QStringList> allTexts()
{
    std::vector<QStringList> lists;
    const auto addWords = [&lists](const auto& values, auto textOf) {
        QStringList& list = lists.emplace_back();
        for (const auto value : values)
            list << textOf(value);
    };
    const auto addHeads = [&](const auto& values, auto textOf) {
        addWords(values, [textOf](auto value) { return textOf(value).title; });
        addWords(values, [textOf](auto value) { return textOf(value).sentence; });
    };
    addHeads(valuesTo(Verdict::WaitsOnRequest), gui::verdictText);
    addHeads(valuesTo(Repair::WriteBothSlots), gui::repairText);
    addWords(valuesTo(BusResident::Other), gui::residentText);
    addWords(valuesTo(updater::Sign::ProbeCannotAttach), gui::signText);
    addHeads(updater::knownCauses(), gui::causeText);
    addWords(valuesTo(SlotVerdict::Damaged), gui::slotVerdictText);
    addWords(valuesTo(ImageFault::VectorTable), gui::imageFaultText);
    addWords(valuesTo(UpdateReason::CopyFailed), gui::updateReasonText);
    addWords(valuesTo(JournalHealth::ReadOnly), gui::journalText);
    std::vector<Reason> reasons = valuesTo(Reason::Unfinished);
    reasons.erase(reasons.begin()); // None needs no words
    addWords(reasons, gui::slotReasonText);
    return lists;
}

std::vector<QStringList> allTextsIn(const char* language)
{
    gui::installLanguage(*qApp, QString::fromLatin1(language));
    return allTexts();
}

} // namespace

class DiagnosisTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    static void everyValueHasItsOwnWords_data();
    static void everyValueHasItsOwnWords();
    static void germanDiffersFromEnglish();
    static void causesReadAsInTheCatalogue();
    static void anOfferSaysWhyItCannotBeTaken();
};

void DiagnosisTextTest::everyValueHasItsOwnWords_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << QStringLiteral("en");
    QTest::newRow("de") << QStringLiteral("de");
}

void DiagnosisTextTest::everyValueHasItsOwnWords()
{
    QFETCH(QString, language);
    for (const QStringList& list : allTextsIn(language.toLatin1().constData())) {
        QVERIFY(!list.contains(QString()));
        for (const QString& text : list)
            QVERIFY2(list.count(text) == 1, qPrintable(text));
    }
}

void DiagnosisTextTest::germanDiffersFromEnglish()
{
    const auto english = allTextsIn("en");
    const auto german = allTextsIn("de");
    const QSet<QString> alike{QStringLiteral("Hub")};
    for (std::size_t list = 0; list < english.size(); ++list) {
        for (qsizetype i = 0; i < english[list].size(); ++i) {
            const QString& text = english[list][i];
            QVERIFY2(alike.contains(text) || german[list][i] != text, qPrintable(text));
        }
    }
}

void DiagnosisTextTest::causesReadAsInTheCatalogue()
{
    gui::installLanguage(*qApp, QStringLiteral("en"));
    for (const updater::KnownCause& cause : updater::knownCauses()) {
        QCOMPARE(gui::causeText(cause).title.toStdString(), std::string(cause.title));
        QCOMPARE(gui::causeText(cause).sentence.toStdString(), std::string(cause.remedy));
    }
}

void DiagnosisTextTest::anOfferSaysWhyItCannotBeTaken()
{
    gui::installLanguage(*qApp, QStringLiteral("en"));
    QVERIFY(gui::obstacleText({Repair::Start, false, {}}).isEmpty());
    QVERIFY(!gui::obstacleText({Repair::FinishUpdate, true, {}}).isEmpty());
    const updater::Error refused{updater::ErrorCode::WrongProduct, "another product"};
    const QString text = gui::obstacleText({Repair::FinishUpdate, false, refused});
    QVERIFY2(text.contains(QLatin1String("HX-06")), qPrintable(text));
}

QTEST_MAIN(DiagnosisTextTest)
#include "diagnosis_text_test.moc"
