#include "panels/history_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

#include "models/history_model.h"
#include "style/colours.h"

namespace espalier::ui {

namespace {

constexpr double laneWidth = 14.0;
constexpr double margin = 12.0; ///< to the middle of the first lane
constexpr double dotRadius = 4.0;

double middleOf(int lane)
{
    return margin + lane * laneWidth;
}

QPainterPath pathOf(const LaneLine& line, const QRectF& cell)
{
    const auto point = [&](int lane, double height) {
        return QPointF(cell.left() + middleOf(lane), cell.top() + height * cell.height());
    };
    const auto from = point(line.fromLane, line.fromHeight);
    const auto to = point(line.toLane, line.toHeight);
    QPainterPath path(from);
    path.cubicTo(QPointF(from.x(), to.y()), QPointF(to.x(), from.y()), to);
    return path;
}

} // namespace

HistoryDelegate::HistoryDelegate(const HistoryModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    const auto* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &plain, painter, option.widget);

    const auto& row = m_model.lanes(index.row());
    const auto& iteration = m_model.iteration(index.row());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto& palette = option.palette;
    const QColor text = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor grey = isSelected
        ? text
        : blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.45);
    const QColor live = isSelected ? text : colourOf(Meaning::Current, palette);
    const QRectF cell(option.rect);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(cell);
    painter->setBrush(Qt::NoBrush);
    for (const bool leads : {false, true}) { // what leads to the current network lies on top
        painter->setPen(QPen(leads ? live : grey, leads ? 2.0 : 1.4));
        for (const auto& line : row.lines) {
            if (line.leadsToCurrent == leads)
                painter->drawPath(pathOf(line, cell));
        }
    }
    const QPointF dot(cell.left() + middleOf(row.lane), cell.center().y());
    const QColor colour = row.leadsToCurrent ? live : grey;
    painter->setPen(QPen(colour, 1.6));
    painter->setBrush(colour);
    painter->drawEllipse(dot, dotRadius - 0.8, dotRadius - 0.8);
    if (iteration.id == m_model.current()) {
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(dot, dotRadius + 1.8, dotRadius + 1.8);
    }
    painter->setPen(row.leadsToCurrent ? text : grey);
    painter->setFont(plain.font);
    const auto left = middleOf(m_model.laneCount() - 1) + margin;
    painter->drawText(cell.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      QString::number(iteration.id.value()));
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto text = option.fontMetrics.horizontalAdvance(QStringLiteral("0000"));
    const auto size = QStyledItemDelegate::sizeHint(option, index);
    return {qRound(middleOf(m_model.laneCount() - 1) + margin) + text, size.height()};
}

} // namespace espalier::ui
