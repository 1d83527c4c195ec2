#pragma once

#include <QLabel>

namespace espalier::ui {

/// A line of plain text that ends in an ellipsis where there is no room; the tooltip shows all of
/// it.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

} // namespace espalier::ui
