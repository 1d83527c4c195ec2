// One fuzzer: libFuzzer's main around the feeder that ESPALIER_FEEDER names.
#include <algorithm>
#include <cstdlib>

#include "fuzz/feeders.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto& feeder = [&]() -> const espalier::fuzz::Feeder& {
        const auto& all = espalier::fuzz::feeders();
        const auto found =
            std::ranges::find(all, std::string(ESPALIER_FEEDER), &espalier::fuzz::Feeder::name);
        if (found == all.end())
            std::abort();
        return *found;
    }();
    feeder.feed({data, size});
    return 0;
}
