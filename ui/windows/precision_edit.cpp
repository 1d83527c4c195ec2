#include "windows/precision_edit.h"

#include "style/text.h"

namespace espalier::ui {

namespace {

QString textOf(Precision precision)
{
    switch (precision) {
    case Precision::Float32:
        return PrecisionEdit::tr("float32: exact");
    case Precision::Tf32:
        return PrecisionEdit::tr("tf32: quicker, on CUDA devices only");
    case Precision::BFloat16:
        return PrecisionEdit::tr("bfloat16: automatic mixed precision");
    }
    return toText(precisionName(precision));
}

} // namespace

PrecisionEdit::PrecisionEdit(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Precision"));
    setToolTip(tr("What networks are fine-tuned and evaluated in. Weights, scores and CKA stay "
                  "float32 or better."));
    for (const auto precision : precisions)
        addItem(textOf(precision), static_cast<int>(precision));
}

Precision PrecisionEdit::precision() const
{
    return static_cast<Precision>(currentData().toInt());
}

void PrecisionEdit::setPrecision(Precision precision)
{
    setCurrentIndex(findData(static_cast<int>(precision)));
}

} // namespace espalier::ui
