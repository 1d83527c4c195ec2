#include <QtTest>

#include "formats/tensor_view_p.h"

using namespace espalier;

namespace {

constexpr auto N = batchMarker;
using Sizes = std::vector<std::int64_t>;

} // namespace

class TestTensorView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheNodeItself()
    {
        const auto view = TensorView::whole({3, 4, 5});
        QCOMPARE(view.sizes(), Sizes({N, 3, 4, 5}));
        QVERIFY(view.isBatchFirst());
        QVERIFY(view.canonical().inOrder);
        QCOMPARE(view.canonical().rearrange.merged, Shape({3, 4, 5}));
    }

    /// x.reshape(n, 768 / 64, 64, t)... the heads of an attention.
    void splitsAndPermutesHeads()
    {
        const auto heads = TensorView::whole({50, 12}).reshaped({N, 50, 3, 4});
        QVERIFY(heads.has_value());
        const auto view = heads->permuted(Sizes{0, 2, 1, 3});
        QCOMPARE(view.sizes(), Sizes({N, 3, 50, 4}));
        const auto canonical = view.canonical();
        QVERIFY(!canonical.inOrder);
        QCOMPARE(canonical.rearrange.split, Shape({50, 3, 4}));
        QCOMPARE(canonical.rearrange.order, Sizes({1, 0, 2}));
        QCOMPARE(canonical.rearrange.merged, Shape({3, 50, 4}));
    }

    void forgetsWhatIsUndone()
    {
        const auto there = TensorView::whole({6, 4, 4}).permuted(Sizes{0, 2, 3, 1});
        const auto back = there.permuted(Sizes{0, 3, 1, 2});
        QVERIFY(back.canonical().inOrder);
        QCOMPARE(back, TensorView::whole({6, 4, 4}));
    }

    /// Swin: windows become part of the batch, and leave it again.
    void takesWindowsIntoTheBatchAndBack()
    {
        const auto rows = TensorView::whole({8, 8, 3}).reshaped({N, 2, 4, 2, 4, 3});
        QVERIFY(rows.has_value());
        const auto windows = rows->permuted(Sizes{0, 1, 3, 2, 4, 5}).reshaped({4 * N, 16, 3});
        QVERIFY(windows.has_value());
        QCOMPARE(windows->sizes(), Sizes({4 * N, 16, 3}));
        const auto canonical = windows->canonical();
        QCOMPARE(canonical.rearrange.merged, Shape({4, 16, 3})); // the windows lead the sample
        QCOMPARE(canonical.dimensionOf, Sizes({0, 1, 2}));
        QVERIFY(!windows->isBatchFirst());
        const auto back = windows->over({4, 16, 3}).reshaped({N, 2, 2, 4, 4, 3});
        QVERIFY(back.has_value());
        QVERIFY(back->isBatchFirst());
    }

    void knowsABatchWrittenAsANumber()
    {
        const auto view = TensorView::whole({4, 2, 2});
        for (const auto& sizes : {Sizes{1, 16}, Sizes{1, -1}, Sizes{-1, 16}, Sizes{2, 16}}) {
            const auto flat = view.reshaped(sizes);
            QVERIFY(flat.has_value());
            QCOMPARE(flat->sizes(), Sizes({N, 16}));
        }
    }

    void keepsTheBatchWhereItIs()
    {
        const auto tokensFirst = TensorView::whole({5, 8}).permuted(Sizes{1, 0, 2});
        QVERIFY(!tokensFirst.isBatchFirst());
        const auto heads = tokensFirst.reshaped({5, 2 * N, 4});
        QVERIFY(heads.has_value());
        QCOMPARE(heads->sizes(), Sizes({5, 2 * N, 4}));
        QCOMPARE(heads->canonical().rearrange.merged, Shape({5, 2, 4}));
    }

    void refusesUnevenParts()
    {
        QVERIFY(!TensorView::whole({6}).reshaped({N, 4}).has_value());
        QVERIFY(!TensorView::whole({6, 5}).reshaped({N, 5, 6}).has_value());
        QVERIFY(!TensorView::whole({6}).reshaped({N, -6}).has_value());
        QVERIFY(!TensorView::whole({6}).reshaped({N, 0}).has_value());
        QVERIFY(!TensorView::whole({6}).reshaped({N * 4, 2}).has_value());
        constexpr std::int64_t one = 1; // the product of these overflows to 0
        QVERIFY(!TensorView::whole({3, 32}).reshaped({one << 31, one << 33, -1}).has_value());
    }
};

QTEST_GUILESS_MAIN(TestTensorView)
#include "tst_tensor_view.moc"
