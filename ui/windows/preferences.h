#pragma once

#include <QString>

#include "base/device.h"
#include "base/precision.h"
#include "style/theme.h"

namespace espalier::ui {

/// What the user prefers, whatever session is open. A value; kept in QSettings.
struct Preferences {
    DeviceSpec device; ///< of new sessions
    int threads = 0; ///< of new sessions; 0: one per core
    Precision precision = Precision::Float32; ///< of new sessions
    Theme theme = Theme::System;
    QString language; ///< "en", "de"; empty: the system's
    int recentFiles = 10; ///< how many the menu lists
    bool operator==(const Preferences&) const = default;

    /// What was kept, the default for whatever was not or makes no sense.
    static Preferences load();
    void save() const;
};

} // namespace espalier::ui
