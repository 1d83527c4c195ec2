#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace espalier::fuzz {

/// Gives one reader a file of arbitrary bytes. It may refuse them; it must not crash, hang, or ask
/// for memory out of proportion. A network that is read must be whole.
struct Feeder {
    std::string name; ///< of the fuzzer, and of its folder of findings
    void (*feed)(std::span<const std::uint8_t> bytes);
};

const std::vector<Feeder>& feeders();

} // namespace espalier::fuzz
