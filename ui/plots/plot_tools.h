#pragma once

#include <functional>
#include <set>

#include <QObject>
#include <QPointF>
#include <QString>

class QCustomPlot;
class QMenu;

namespace espalier::ui {

/// In a field of CSV: quoted where it has to be.
QString csvField(const QString& text);

/// What every plot does for its user: a click on a legend entry hides its line or shows it again,
/// the value nearest to the pointer as a tool tip, arrow keys, plus, minus and Home to move about,
/// and a menu that shows everything and exports PNG, PDF and CSV. A child of the plot's widget.
class PlotTools final : public QObject {
    Q_OBJECT

public:
    /// `fileName` proposes a name for exports, without suffix. `showAll` draws anew.
    PlotTools(QCustomPlot& plot, QString fileName, std::function<void()> showAll);

    /// To be called when lines were made anew: those that were hidden stay so.
    void applyHidden();
    void setHidden(const QString& line, bool hidden);
    bool isHidden(const QString& line) const { return m_hidden.contains(line); }

    /// Series, axis labels and values of what is visible, or what setCsv() was given; numbers with
    /// a decimal point.
    QString csv() const;
    void setCsv(std::function<QString()> csv);
    /// By the suffix: .png, .pdf, .csv. False when it cannot be written.
    bool exportTo(const QString& file) const;

    /// "filters: 3, 0.0168" for the value nearest to a position within 12 pixels; else empty.
    QString valueAt(const QPointF& position) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMenu(const QPoint& position);
    void chooseExport(const QString& suffix);
    bool moveBy(int key);

    QCustomPlot& m_plot;
    QString m_fileName;
    std::function<void()> m_showAll;
    std::function<QString()> m_csv; ///< of plots that are no lines
    std::set<QString> m_hidden; ///< names of lines
};

} // namespace espalier::ui
