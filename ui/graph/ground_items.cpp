#include "graph/ground_items.h"

#include <algorithm>

#include <QCoreApplication>
#include <QGraphicsItem>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>
#include <QWidget>

#include "graph/describe.h"
#include "style/colours.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

double levelOfDetail(const QPainter& painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

/// Pixels of a font at zoom 1, larger where the zoom would make small print of it.
int readableSize(int pixels, double zoom)
{
    return zoom < 0.75 ? std::max(pixels, 16) : pixels;
}

/// An orthogonal line with its corners rounded.
QPainterPath roundedPath(const std::vector<QPointF>& points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const double radius = std::min({7.0, in.length() / 2, out.length() / 2});
        if (radius <= 0)
            continue;
        path.lineTo(in.pointAt(radius / in.length()));
        path.quadTo(points[i], out.pointAt(radius / out.length()));
    }
    path.lineTo(points.back());
    return path;
}

void addArrowHead(QPainterPath& path, const std::vector<QPointF>& points)
{
    QLineF back(points.back(), points[points.size() - 2]);
    if (back.length() <= 0)
        return;
    back.setLength(7);
    for (const double angle : {-28.0, 28.0}) {
        QLineF side = back;
        side.setAngle(back.angle() + angle);
        path.moveTo(side.p2());
        path.lineTo(points.back());
    }
}

/// One way between two cards; an item of its own, so that only those in sight are painted.
class EdgeItem final : public QGraphicsItem {
public:
    explicit EdgeItem(const Edge& edge)
        : m_path(roundedPath(edge.points))
        , m_line(QList<QPointF>(edge.points.begin(), edge.points.end()))
        , m_isShortcut(edge.isShortcut)
    {
        addArrowHead(m_path, edge.points);
        m_bounds = m_path.boundingRect().adjusted(-2, -2, 2, 2);
        setZValue(m_isShortcut ? 1.0 : 1.5); // where both run together the main way shows
    }

    QRectF boundingRect() const override { return m_bounds; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override
    {
        const QPalette palette = widget ? widget->palette() : option->palette;
        const QColor base = palette.color(QPalette::Base);
        const QColor colour =
            m_isShortcut ? colourOf(Meaning::Layer, palette) : palette.color(QPalette::Text);
        const QColor line = blended(colour, base, m_isShortcut ? 0.75 : 0.55);
        painter->setBrush(Qt::NoBrush);
        if (levelOfDetail(*painter) >= 0.3) {
            painter->setPen(QPen(line, 1.5));
            painter->drawPath(m_path);
            return;
        }
        painter->setRenderHint(QPainter::Antialiasing, false); // hundreds of them in sight
        painter->setPen(QPen(line, 0));
        painter->drawPolyline(m_line);
        painter->setRenderHint(QPainter::Antialiasing, true);
    }

private:
    QPainterPath m_path;
    QPolygonF m_line; ///< the same, without corners and head
    bool m_isShortcut;
    QRectF m_bounds;
};

struct GroundText {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::Picture)
};

/// The heading of a stage; a readable size at every zoom down to a quarter.
class StageItem final : public QGraphicsItem {
public:
    StageItem(const StageBand& band, bool isNarrow)
        : m_title(GroundText::tr("Stage %1").arg(band.stage + 1))
        , m_detail(isNarrow ? shapeText(band.shape)
                            : GroundText::tr("%1, %2 residual blocks")
                                  .arg(shapeText(band.shape))
                                  .arg(band.blocks))
    {
        setPos(band.titlePosition);
    }

    QRectF boundingRect() const override { return {0, 0, 420, 30}; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override
    {
        const QPalette palette = widget ? widget->palette() : option->palette;
        const QColor text = palette.color(QPalette::Text);
        QFont font = painter->font();
        font.setPixelSize(19);
        font.setBold(true);
        painter->setFont(font);
        painter->setPen(text);
        painter->drawText(QPointF(0, 22), m_title);
        const double width = painter->fontMetrics().horizontalAdvance(m_title);
        font.setPixelSize(readableSize(14, levelOfDetail(*painter)));
        font.setBold(false);
        painter->setFont(font);
        painter->setPen(blended(text, palette.color(QPalette::Base), 0.65));
        painter->drawText(QPointF(width + 12, 22), m_detail);
    }

private:
    QString m_title;
    QString m_detail;
};

QString titleOfFrame(const Block* block, const CardGroup* group)
{
    if (block)
        return toText(block->name);
    return group ? toText(group->name.empty() ? group->key : group->name) : QString();
}

} // namespace

FrameItem::FrameItem(const BlockFrame& frame, const Block* block, const CardGroup* group)
    : m_rect(frame.rect)
    , m_group(frame.group)
    , m_title(titleOfFrame(block, group))
    , m_isRemovable(block && block->layer.has_value())
{
    setZValue(frame.group ? 0.0 : 0.5); // a block within a group lies on it
    setToolTip(GroundText::tr("Double-click to fold"));
}

void FrameItem::setNumber(const QString& number)
{
    m_number = number;
    update();
}

QRectF FrameItem::chevronRect() const
{
    return {m_rect.left() + 9, m_rect.top() + 8, 9, 9};
}

bool FrameItem::isOnChevron(QPointF position) const
{
    return m_group && chevronRect().adjusted(-4, -4, 4, 4).contains(mapFromScene(position));
}

void FrameItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget)
{
    const QPalette palette = widget ? widget->palette() : option->palette;
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    painter->setPen(QPen(blended(text, base, 0.18), 1));
    painter->setBrush(blended(text, base, m_isRemovable ? 0.06 : 0.03));
    painter->drawRoundedRect(m_rect, 10, 10);
    const double zoom = levelOfDetail(*painter);
    if (zoom < 0.3)
        return;
    QRectF line(m_rect.left() + 10, m_rect.top() + 3, m_rect.width() - 20, 18);
    if (m_group) {
        paintChevron(*painter, chevronRect(), /*folded=*/false, palette);
        line.setLeft(line.left() + 14);
    }
    painter->setPen(blended(text, base, m_isRemovable ? 0.75 : 0.55));
    const int pixels = readableSize(12, zoom);
    if (!m_number.isEmpty()) {
        m_shapedNumber.draw(*painter, line, Qt::AlignRight, m_number, pixels, pixels);
        line.setRight(line.right() - m_shapedNumber.width() - 8);
    }
    m_shapedTitle.draw(*painter, line, Qt::AlignLeft, m_title, pixels, pixels);
}

void paintChevron(QPainter& painter, const QRectF& rect, bool folded, const QPalette& palette)
{
    QPainterPath path;
    const QPointF centre = rect.center();
    if (folded) {
        path.moveTo(rect.left() + 2, rect.top());
        path.lineTo(rect.right() - 1, centre.y());
        path.lineTo(rect.left() + 2, rect.bottom());
    } else {
        path.moveTo(rect.left(), rect.top() + 2);
        path.lineTo(centre.x(), rect.bottom() - 1);
        path.lineTo(rect.right(), rect.top() + 2);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.7), 1.8));
    painter.drawPath(path);
}

QGraphicsItem* makeEdgeItem(const Edge& edge)
{
    return new EdgeItem(edge);
}

QGraphicsItem* makeStageItem(const StageBand& band, bool isNarrow)
{
    return new StageItem(band, isNarrow);
}

} // namespace espalier::ui
