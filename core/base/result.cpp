#include "base/result.h"

#include "base/core_text.h"

namespace espalier {

tl::unexpected<Error> stopped()
{
    return fail(ErrorCode::Stopped, CoreText::tr("Stopped."));
}

} // namespace espalier
