#include <limits>

#include <QtTest>

#include "pruning/contest.h"

using namespace espalier;

namespace {

Candidate layer(std::optional<double> linear, std::string name = "layer1.2")
{
    return {.kind = StructureKind::Layer,
            .name = std::move(name),
            .removal = {},
            .cka = CkaValues{.linear = linear, .debiased = 0.5, .minibatch = {}}};
}

Candidate filters(std::optional<double> linear)
{
    auto candidate = layer(linear, "filters (l1)");
    candidate.kind = StructureKind::Filter;
    candidate.cka->debiased = 0.6;
    return candidate;
}

QString reason(const std::vector<Candidate>& candidates, const PruningSettings& settings = {})
{
    const auto choice = choose(candidates, settings, 1);
    return QString::fromStdString(choice ? choice->reason : choice.error().message);
}

std::size_t chosen(const std::vector<Candidate>& candidates, const PruningSettings& settings = {},
                   std::uint64_t seed = 1)
{
    const auto choice = choose(candidates, settings, seed);
    if (!choice)
        qFatal("%s", choice.error().message.c_str());
    return choice->chosen;
}

} // namespace

class TestChoose : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHigherCkaWins()
    {
        QCOMPARE(chosen({layer(0.9842), filters(0.9811)}), std::size_t{0});
        QCOMPARE(chosen({layer(0.9811), filters(0.9842)}), std::size_t{1});
        QCOMPARE(reason({layer(0.9842), filters(0.9811)}),
                 QString("CKA 0.9842 (layer1.2) against 0.9811 (filters)"));
        QCOMPARE(reason({layer(0.9), filters(0.95)}),
                 QString("CKA 0.9500 (filters) against 0.9000 (layer1.2)"));
    }

    void aTieGoesToTheLayer()
    {
        QCOMPARE(chosen({filters(0.9), layer(0.9)}), std::size_t{1});
        QCOMPARE(reason({filters(0.9), layer(0.9)}),
                 QString("CKA 0.9000 (layer1.2) against 0.9000 (filters), a tie"));
    }

    void valuesNearOneShowTheirDistanceFromIt()
    {
        QCOMPARE(reason({layer(1.0 - 1.25e-4), filters(1.0 - 2.5e-5)}),
                 QString("1-CKA 2.5e-05 (filters) against 0.000125 (layer1.2)"));
        QCOMPARE(reason({layer(0.9995), filters(0.998)}),
                 QString("CKA 0.9995 (layer1.2) against 0.9980 (filters)"));
    }

    void showsAsManyDigitsAsTellThemApart()
    {
        QCOMPARE(reason({layer(0.5), filters(0.500001)}),
                 QString("CKA 0.500001 (filters) against 0.500000 (layer1.2)"));
    }

    void usesTheSimilarityThatIsSet()
    {
        PruningSettings settings;
        settings.similarity = CkaKind::Debiased;
        QCOMPARE(chosen({layer(0.9), filters(0.1)}, settings), std::size_t{1});
    }

    void anAbsentCkaLoses()
    {
        QCOMPARE(chosen({layer(std::nullopt), filters(-0.1)}), std::size_t{1});
        QCOMPARE(chosen({layer(0.0), filters(std::nullopt)}), std::size_t{0});
        QCOMPARE(chosen({layer(std::numeric_limits<double>::quiet_NaN()), filters(0.1)}),
                 std::size_t{1});
        QVERIFY(reason({layer(std::nullopt), filters(0.1)}).contains("do not vary"));
        const auto none = choose({layer(std::nullopt), filters(std::nullopt)}, {}, 1);
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::InvalidArgument);
    }

    void whatWasNeverComparedIsAnError()
    {
        auto candidate = layer(0.5);
        candidate.cka.reset();
        QVERIFY(!choose({candidate, filters(0.5)}, {}, 1));
        QVERIFY(!choose({}, {}, 1));
    }

    void aSingleCandidateNeedsNoContest()
    {
        auto candidate = layer(0.5);
        candidate.cka.reset();
        QCOMPARE(chosen({candidate}), std::size_t{0});
        QCOMPARE(reason({candidate}), QString("the only candidate (layer1.2)"));
    }

    void aCoinIsFairAndRepeatable()
    {
        PruningSettings settings;
        settings.contest = Contest::Coin;
        auto first = layer(0.5);
        first.cka.reset();
        int layers = 0;
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            const auto drawn = chosen({first, filters(0.9)}, settings, seed);
            QCOMPARE(chosen({first, filters(0.9)}, settings, seed), drawn);
            layers += drawn == 0;
        }
        QVERIFY2(layers > 420 && layers < 580, qPrintable(QString::number(layers)));
    }

    void oneKindOnlyIgnoresTheOther()
    {
        PruningSettings settings;
        settings.contest = Contest::LayersOnly;
        QCOMPARE(chosen({filters(0.9), layer(0.1)}, settings), std::size_t{1});
        settings.contest = Contest::FiltersOnly;
        QCOMPARE(chosen({layer(0.9), filters(0.1)}, settings), std::size_t{1});
        QVERIFY(!choose({layer(0.9)}, settings, 1));
    }
};

QTEST_GUILESS_MAIN(TestChoose)
#include "tst_choose.moc"
