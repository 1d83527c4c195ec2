#include "graph/picture_export.h"

#include <algorithm>

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include "graph/graph_scene.h"
#include "style/text.h"

namespace espalier::ui {

namespace {

constexpr double pngScale = 2.0;
constexpr double longestSide = 12000; ///< pixels

struct Words {
    Q_DECLARE_TR_FUNCTIONS(espalier::ui::PictureExport)
};

Status notWritten(const std::filesystem::path& file)
{
    return fail(ErrorCode::Io,
                Words::tr("Cannot write %1. Choose a folder you may write to, with room left.")
                    .arg(toText(file))
                    .toStdString());
}

Status writePng(GraphScene& scene, const std::filesystem::path& file, const QPalette& palette)
{
    const QSizeF size = scene.sceneRect().size();
    const double scale = std::min(pngScale, longestSide / std::max(size.width(), size.height()));
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    image.fill(palette.color(QPalette::Base));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    scene.render(&painter);
    painter.end();
    return image.save(toText(file), "PNG") ? Status() : notWritten(file);
}

Status writeSvg(GraphScene& scene, const std::filesystem::path& file, const QPalette& palette)
{
    const QRectF rect(QPointF(), scene.sceneRect().size());
    QSvgGenerator generator;
    generator.setFileName(toText(file));
    generator.setSize(rect.size().toSize());
    generator.setViewBox(rect);
    generator.setTitle(Words::tr("Network"));
    QPainter painter;
    if (!painter.begin(&generator))
        return notWritten(file);
    painter.fillRect(rect, palette.color(QPalette::Base));
    scene.render(&painter, rect);
    return painter.end() ? Status() : notWritten(file);
}

} // namespace

Status exportPicture(GraphScene& scene, const std::filesystem::path& file, const QPalette& palette)
{
    if (scene.cards().empty())
        return fail(ErrorCode::InvalidArgument,
                    Words::tr("There is no network in the picture. Open one first.").toStdString());
    const QPalette before = scene.palette();
    scene.setPalette(palette);
    const auto suffix = toText(file.extension()).toLower();
    Status status = fail(ErrorCode::Unsupported,
                         Words::tr("%1 is no picture that can be written. Name it .png or .svg.")
                             .arg(toText(file))
                             .toStdString());
    if (suffix == QLatin1String(".png"))
        status = writePng(scene, file, palette);
    else if (suffix == QLatin1String(".svg"))
        status = writeSvg(scene, file, palette);
    scene.setPalette(before);
    return status;
}

} // namespace espalier::ui
