#pragma once

#include <QComboBox>

#include "base/precision.h"

namespace espalier::ui {

/// What number formats networks run in, to choose.
class PrecisionEdit final : public QComboBox {
    Q_OBJECT

public:
    explicit PrecisionEdit(QWidget* parent = nullptr);

    Precision precision() const;
    void setPrecision(Precision precision);
};

} // namespace espalier::ui
