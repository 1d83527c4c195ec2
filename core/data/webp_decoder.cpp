#include <webp/decode.h>

#include "base/core_text.h"
#include "data/picture_decoders_p.h"

namespace espalier {

Result<Picture> decodeWebp(std::span<const std::uint8_t> file)
{
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(file.data(), file.size(), &features) != VP8_STATUS_OK)
        return fail(ErrorCode::BadFormat, CoreText::tr("is a damaged WebP"));
    if (features.has_animation != 0)
        return fail(ErrorCode::BadFormat,
                    CoreText::tr("is an animated WebP; give its pictures one by one"));
    auto picture = blankPicture(features.width, features.height);
    if (!picture)
        return picture;
    if (!WebPDecodeRGBInto(file.data(), file.size(), picture->pixels.data(), picture->pixels.size(),
                           3 * features.width))
        return fail(ErrorCode::BadFormat, CoreText::tr("is a damaged or truncated WebP"));
    return picture;
}

} // namespace espalier
