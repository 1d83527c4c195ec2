#include <QTest>

#include "base/core_text.h"

using namespace espalier;

class TestCoreText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { CoreText::setTranslator({}); }

    void isEnglishWithoutATranslator()
    {
        QCOMPARE(CoreText::tr("nothing is left"), std::string("nothing is left"));
        QCOMPARE(CoreText::tr("{1} of {2} in {1}", 3, std::string("ten")),
                 std::string("3 of ten in 3"));
    }

    void blanksMayChangePlaces()
    {
        CoreText::setTranslator([](const char* english) {
            return std::string(english) == "{1} of {2}" ? "von {2} sind es {1}" : english;
        });
        QCOMPARE(CoreText::tr("{1} of {2}", 3, 10), std::string("von 10 sind es 3"));
        QCOMPARE(CoreText::tr("unknown {1}", 3), std::string("unknown 3"));
    }

    void whatIsNoBlankStays()
    {
        QCOMPARE(CoreText::tr("{1} {2} {0} {x} {1", 5), std::string("5 {2} {0} {x} {1"));
        QCOMPARE(CoreText::tr("{1}", std::string("{1}")), std::string("{1}"));
        QCOMPARE(CoreText::tr("{"), std::string("{"));
    }
};

QTEST_GUILESS_MAIN(TestCoreText)
#include "tst_core_text.moc"
