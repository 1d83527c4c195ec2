#include <algorithm>
#include <cmath>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <QtTest>

#include "similarity/cka_p.h"

using namespace espalier;

namespace {

constexpr double knownLinear = 0.6145309255113096; // METHOD, "Known values"
constexpr double knownDebiased = 0.0916876426783929;

at::Tensor knownX()
{
    return at::tensor({1.0, 2.0, 3.0, 4.0, 5.0, 0.0, -1.0, 2.0, 0.0, 1.0, 2.0, -3.0}).view({6, 2});
}

at::Tensor knownY()
{
    return at::tensor({1.0, 0.0, 2.0, 2.0, 1.0, 0.0, 4.0, -1.0, 1.0, //
                       0.0, 3.0, -1.0, 1.0, 1.0, 1.0, -2.0, 0.0, 3.0})
        .view({6, 3});
}

at::Tensor gaussian(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    return at::randn({rows, columns}, at::make_generator<at::CPUGeneratorImpl>(seed),
                     at::TensorOptions().dtype(at::kDouble));
}

/// A second representation that shares some of the first.
at::Tensor related(const at::Tensor& x, std::int64_t columns, std::uint64_t seed)
{
    return x.mm(gaussian(x.size(1), columns, seed)) + 2.0 * gaussian(x.size(0), columns, seed + 1);
}

CkaValues inBatches(const at::Tensor& x, const at::Tensor& y,
                    const std::vector<std::int64_t>& sizes)
{
    CkaAccumulator accumulator;
    std::int64_t begin = 0;
    for (const auto size : sizes) {
        accumulator.add(x.slice(0, begin, begin + size), y.slice(0, begin, begin + size));
        begin += size;
    }
    return accumulator.values();
}

CkaValues atOnce(const at::Tensor& x, const at::Tensor& y)
{
    return inBatches(x, y, {x.size(0)});
}

/// x'x = I, y = x w + s e: the linear CKA of endless many samples is |w|^2 / (sqrt p |w'w + s^2
/// I|).
double populationCka(const at::Tensor& w, double noise)
{
    const auto yy = w.t().mm(w) + noise * noise * at::eye(w.size(1), w.options());
    return (w.square().sum() / (yy.norm() * std::sqrt(static_cast<double>(w.size(0)))))
        .item<double>();
}

CkaValues ofSamples(const at::Tensor& w, double noise, std::int64_t samples, std::uint64_t seed)
{
    const auto x = gaussian(samples, w.size(0), seed);
    return atOnce(x, x.mm(w) + noise * gaussian(samples, w.size(1), seed + 1));
}

/// Half the interval's length on the scale of log(1 - CKA).
double halfWidth(const CkaValues& values)
{
    return 0.5 * std::log((1.0 - values.interval->low) / (1.0 - values.interval->high));
}

/// The definition, with every centred row at hand.
double debiasedByDefinition(const at::Tensor& x, const at::Tensor& y)
{
    const auto a = x - x.mean(0, true);
    const auto b = y - y.mean(0, true);
    const auto k = a.mm(a.t());
    const auto l = b.mm(b.t());
    return hsic1(k, l) / std::sqrt(hsic1(k, k) * hsic1(l, l));
}

} // namespace

#define COMPARE_TO(actual, expected, tolerance)                                                    \
    do {                                                                                           \
        const double a = (actual);                                                                 \
        const double e = (expected);                                                               \
        QVERIFY2(                                                                                  \
            std::abs(a - e) <= (tolerance),                                                        \
            qPrintable(QStringLiteral("%1, expected %2").arg(a, 0, 'g', 17).arg(e, 0, 'g', 17)));  \
    } while (false)

class TestCka : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheKnownValues()
    {
        const auto values = atOnce(knownX(), knownY());
        COMPARE_TO(*values.linear, knownLinear, 1e-12);
        COMPARE_TO(*values.linear * *values.linear, 4084082.0 / 10814513.0, 1e-12);
        COMPARE_TO(*values.debiased, knownDebiased, 1e-12);
        COMPARE_TO(*values.minibatch, knownDebiased, 1e-12); // one batch: the same estimator
    }

    void givesTheKnownHsic1()
    {
        const auto k = knownX().mm(knownX().t());
        const auto l = knownY().mm(knownY().t());
        COMPARE_TO(hsic1(k, l), 9.0 / 5.0, 1e-12);
        COMPARE_TO(hsic1(k, k), 496.0 / 15.0, 1e-12);
        COMPARE_TO(hsic1(l, l), 1049.0 / 90.0, 1e-12);
    }

    void aRepresentationIsFullySimilarToItself()
    {
        const auto x = gaussian(50, 7, 1);
        const auto values = inBatches(x, x, {20, 30});
        COMPARE_TO(*values.linear, 1.0, 1e-14);
        COMPARE_TO(*values.debiased, 1.0, 1e-14);
        COMPARE_TO(*values.minibatch, 1.0, 1e-14);
    }

    void doesNotDependOnHowSamplesAreBatched()
    {
        const auto x = gaussian(101, 9, 2) + 3.0;
        const auto y = related(x, 5, 3);
        const auto whole = atOnce(x, y);
        COMPARE_TO(*whole.debiased, debiasedByDefinition(x, y), 1e-13);
        for (const auto& sizes : {std::vector<std::int64_t>{50, 51}, {100, 1}, {1, 4, 96}}) {
            const auto split = inBatches(x, y, sizes);
            COMPARE_TO(*split.linear, *whole.linear, 1e-13);
            COMPARE_TO(*split.debiased, *whole.debiased, 1e-13);
        }
        const auto single = inBatches(x, y, std::vector<std::int64_t>(101, 1));
        COMPARE_TO(*single.linear, *whole.linear, 1e-13);
        COMPARE_TO(*single.debiased, *whole.debiased, 1e-13);
    }

    void doesNotDependOnTheOrderOfBatches()
    {
        const auto x = gaussian(60, 6, 4);
        const auto y = related(x, 4, 5);
        const auto swapped = [](const at::Tensor& t) {
            return at::cat({t.slice(0, 20, 60), t.slice(0, 0, 20)});
        };
        const auto forwards = inBatches(x, y, {20, 40});
        const auto backwards = inBatches(swapped(x), swapped(y), {40, 20});
        COMPARE_TO(*backwards.linear, *forwards.linear, 1e-13);
        COMPARE_TO(*backwards.debiased, *forwards.debiased, 1e-13);
        COMPARE_TO(*backwards.minibatch, *forwards.minibatch, 1e-13);
    }

    void sumsHsic1OverBatchesBeforeItDivides()
    {
        const auto x = gaussian(30, 6, 6);
        const auto y = related(x, 4, 7);
        double kl = 0.0;
        double kk = 0.0;
        double ll = 0.0;
        for (const auto begin : {0, 10, 20}) {
            const auto xs = x.slice(0, begin, begin + 10);
            const auto ys = y.slice(0, begin, begin + 10);
            kl += hsic1(xs.mm(xs.t()), ys.mm(ys.t()));
            kk += hsic1(xs.mm(xs.t()), xs.mm(xs.t()));
            ll += hsic1(ys.mm(ys.t()), ys.mm(ys.t()));
        }
        COMPARE_TO(*inBatches(x, y, {10, 10, 10}).minibatch, kl / std::sqrt(kk * ll), 1e-13);
    }

    void isInvariantToOrthogonalTransformsAndIsotropicScaling()
    {
        const auto x = gaussian(80, 8, 8);
        const auto y = related(x, 8, 9);
        const auto rotation = std::get<0>(at::linalg_qr(gaussian(8, 8, 10)));
        const auto plain = inBatches(x, y, {40, 40});
        const auto moved = inBatches(x.mm(rotation) * 37.5, y * -1e-3, {40, 40});
        COMPARE_TO(*moved.linear, *plain.linear, 1e-13);
        COMPARE_TO(*moved.debiased, *plain.debiased, 1e-13);
        COMPARE_TO(*moved.minibatch, *plain.minibatch, 1e-13);
        const auto sheared = atOnce(x * at::arange(1.0, 9.0, x.options()), y);
        QVERIFY(std::abs(*sheared.linear - *plain.linear) > 1e-3); // CKA is not that invariant
    }

    void largeOffsetsCostNoDigits()
    {
        const auto x = gaussian(80, 8, 11);
        const auto y = related(x, 6, 12);
        const auto plain = inBatches(x, y, {16, 64});
        const auto offset = inBatches(x + 1e4, y - 1e4, {16, 64});
        COMPARE_TO(*offset.linear, *plain.linear, 1e-11); // the offset itself rounds x
        COMPARE_TO(*offset.debiased, *plain.debiased, 1e-11);
        COMPARE_TO(*offset.minibatch, *plain.minibatch, 1e-11);
    }

    void aRepresentationThatDoesNotVaryHasNoCka()
    {
        const auto x = gaussian(40, 5, 13);
        for (const double value : {0.0, 0.1, 1e4}) {
            const auto constant = at::full({40, 3}, value, x.options());
            QCOMPARE(inBatches(x, constant, {20, 20}), CkaValues{});
            QCOMPARE(inBatches(constant, x, {13, 27}), CkaValues{});
            QCOMPARE(atOnce(x, constant.to(at::kFloat)), CkaValues{});
        }
        const auto tiny = inBatches(x, x * 1e-12, {20, 20}); // varies, if only a little
        COMPARE_TO(*tiny.linear, 1.0, 1e-12);
    }

    void tooFewSamplesHaveNoUnbiasedValue()
    {
        const auto x = gaussian(8, 2, 14);
        const auto y = gaussian(8, 2, 15);
        const auto three = atOnce(x.slice(0, 0, 3), y.slice(0, 0, 3));
        QVERIFY(three.linear && !three.debiased && !three.minibatch);
        const auto uneven = inBatches(x, y, {5, 3});
        QVERIFY(uneven.linear && uneven.debiased && !uneven.minibatch);
        QCOMPARE(atOnce(x.slice(0, 0, 1), y.slice(0, 0, 1)), CkaValues{});
        QCOMPARE(CkaAccumulator().values(), CkaValues{});
    }

    void biasedCkaOfUnrelatedGaussiansTendsToOneWithFewSamples()
    {
        const auto values = atOnce(gaussian(20, 1000, 16), gaussian(20, 1000, 17));
        // p / (p + n + 1) with n = 19 left by centring; one draw gave METHOD's 0.977.
        COMPARE_TO(*values.linear, 1000.0 / 1020.0, 0.01);
        QVERIFY(std::abs(*values.debiased) < 0.4); // centred on 0, spread as by 20 samples
    }

    void oneOutlierRowDominatesTheBiasedValue()
    {
        const auto x = gaussian(200, 10, 18);
        const auto y = gaussian(200, 10, 19);
        const double before = *atOnce(x, y).linear;
        x[0] *= 1000.0;
        y[0] *= 1000.0;
        QVERIFY(before < 0.2);
        QVERIFY(*atOnce(x, y).linear > 0.99);
    }

    void theIntervalHasTheLengthThatIsKnownForTwoNumbers()
    {
        // One number each: linear CKA is the squared correlation, whose log(1 - r^2) has a
        // standard error of 2 r / sqrt(n).
        const double r = 0.8;
        const auto values =
            ofSamples(at::full({1, 1}, r, at::kDouble), std::sqrt(1.0 - r * r), 10'000, 100);
        const double expected = 1.96 * 2.0 * r / 100.0;
        COMPARE_TO(halfWidth(values), expected, 0.2 * expected); // 200 draws are not endless many
    }

    void theIntervalCoversThePopulationsValue()
    {
        const auto w = gaussian(3, 3, 200);
        const double truth = populationCka(w, 0.5);
        int covered = 0;
        for (std::uint64_t set = 0; set < 100; ++set) {
            const auto interval = ofSamples(w, 0.5, 500, 1000 + 2 * set).interval;
            QVERIFY(interval && interval->low < interval->high);
            covered += interval->low <= truth && truth <= interval->high ? 1 : 0;
        }
        QVERIFY2(covered >= 87, qPrintable(QString::number(covered)));
    }

    void theIntervalShrinksWithTheRootOfTheSamples()
    {
        const auto w = gaussian(3, 3, 200);
        const double few = halfWidth(ofSamples(w, 0.5, 500, 300));
        const double many = halfWidth(ofSamples(w, 0.5, 8000, 302));
        COMPARE_TO(few / many, 4.0, 1.2);
    }

    void theIntervalIsThatOfDrawsCarriedOut()
    {
        const auto x = gaussian(400, 4, 310);
        const auto y = related(x, 3, 311);
        auto generator = at::make_generator<at::CPUGeneratorImpl>(312);
        std::vector<double> values;
        for (int draw = 0; draw < 200; ++draw) {
            const auto rows = at::randint(400, {400}, generator, at::TensorOptions(at::kLong));
            values.push_back(*atOnce(x.index_select(0, rows), y.index_select(0, rows)).linear);
        }
        std::sort(values.begin(), values.end());
        const auto interval = *inBatches(x, y, {100, 300}).interval;
        const double tolerance = 0.25 * (values[195] - values[4]);
        COMPARE_TO(interval.low, values[4], tolerance);
        COMPARE_TO(interval.high, values[195], tolerance);
    }

    void theIntervalDoesNotDependOnBatchesAndIsTheSameEveryTime()
    {
        const auto x = gaussian(200, 6, 320) + 100.0;
        const auto y = related(x, 5, 321);
        const auto whole = *atOnce(x, y).interval;
        QCOMPARE(whole, *atOnce(x, y).interval);
        const auto split = *inBatches(x, y, {1, 99, 100}).interval;
        COMPARE_TO(split.low, whole.low, 1e-11);
        COMPARE_TO(split.high, whole.high, 1e-11);
        QVERIFY(whole.high <= 1.0 && whole.low >= 0.0);
    }

    void thereIsNoIntervalOfTooFewSamplesOrWithoutRoom()
    {
        const auto x = gaussian(100, 6, 330);
        const auto y = related(x, 5, 331);
        QVERIFY(!atOnce(x.slice(0, 0, 9), y.slice(0, 0, 9)).interval);
        CkaAccumulator small(/*keptBytes=*/100 * (6 + 5) * 8 - 1);
        small.add(x.slice(0, 0, 50), y.slice(0, 0, 50));
        small.add(x.slice(0, 50, 100), y.slice(0, 50, 100));
        QVERIFY(!small.values().interval);
        COMPARE_TO(*small.values().linear, *atOnce(x, y).linear, 1e-13);
        const auto same = *atOnce(x, x).interval;
        COMPARE_TO(same.low, 1.0, 1e-12);
        COMPARE_TO(same.high, 1.0, 1e-12);
    }

    void flattensFeatureMapsAndTakesSinglePrecision()
    {
        const auto x = gaussian(30, 12, 20).to(at::kFloat);
        const auto y = related(x.to(at::kDouble), 5, 21).to(at::kFloat);
        QCOMPARE(atOnce(x.view({30, 3, 2, 2}), y), atOnce(x, y));
        COMPARE_TO(*atOnce(x, y).linear, *atOnce(x.to(at::kDouble), y.to(at::kDouble)).linear,
                   1e-15);
    }
};

QTEST_GUILESS_MAIN(TestCka)
#include "tst_cka.moc"
