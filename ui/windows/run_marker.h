#pragma once

#include <filesystem>
#include <optional>

namespace espalier::ui {

/// A note in QSettings that this process works on a session. A process that is killed leaves its
/// note behind, and the next one finds it.
class RunMarker {
public:
    struct Left {
        std::filesystem::path session;
        bool toTarget = false; ///< it was running to its target, not taking a single step
    };

    /// Notes the work of this process, or that there is none.
    void set(const std::optional<Left>& work);

    /// A session that a process left, which is no more; nothing when there is none or the file is
    /// gone. Every such note is taken away: it is offered once.
    static std::optional<Left> takeLeft();

private:
    std::optional<std::filesystem::path> m_noted;
};

} // namespace espalier::ui
