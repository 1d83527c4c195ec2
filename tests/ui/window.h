#pragma once

#include <QAction>
#include <QWidget>

#include "ui/fixtures.h"
#include "windows/main_window.h"

namespace espalier::test {

/// The main window over a FakeEngine; its actions and widgets by name.
struct Window : Bench {
    ui::MainWindow window{controller()};

    Window() { window.show(); }
    QAction& action(const char* name) { return *window.findChild<QAction*>(QLatin1String(name)); }
    template <class T> T& child(const char* name)
    {
        return *window.findChild<T*>(QLatin1String(name));
    }
    /// Those of `names` that can be used.
    QString enabled(std::initializer_list<const char*> names)
    {
        QStringList usable;
        for (const char* name : names) {
            if (action(name).isEnabled())
                usable << QLatin1String(name);
        }
        return usable.join(' ');
    }
};

} // namespace espalier::test
