#pragma once

#include <cstdint>
#include <random>

namespace espalier {

/// Uniform draws that are the same on every machine (the standard library's distributions are not).
class SeededDraws {
public:
    explicit SeededDraws(std::uint64_t seed)
        : m_engine(seed)
    {
    }

    /// In [0, 1).
    double fraction() { return static_cast<double>(m_engine() >> 11) * 0x1p-53; }

    /// In [0, count); count >= 1.
    std::size_t below(std::size_t count)
    {
        const auto limit = m_engine.max() - m_engine.max() % count;
        auto value = m_engine();
        while (value >= limit)
            value = m_engine();
        return static_cast<std::size_t>(value % count);
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace espalier
