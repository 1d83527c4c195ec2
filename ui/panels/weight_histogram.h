#pragma once

#include <cstdint>
#include <vector>

#include <QWidget>

namespace espalier::ui {

/// How many weights lie in each of equal intervals, as bars over a line that marks zero. Accessible
/// by its description.
class WeightHistogram final : public QWidget {
    Q_OBJECT

public:
    explicit WeightHistogram(QWidget* parent = nullptr);

    /// No bars: nothing is drawn.
    void setBars(std::vector<std::int64_t> bars, double minimum, double maximum);
    const std::vector<std::int64_t>& bars() const { return m_bars; }

    QSize sizeHint() const override { return {160, 56}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<std::int64_t> m_bars;
    double m_minimum = 0;
    double m_maximum = 0;
};

} // namespace espalier::ui
