#pragma once

#include <QDialog>

class QMenuBar;

namespace espalier::ui {

/// Every action of the menus that has a key, with what it does: made of the actions themselves, so
/// that it is never out of date.
class ShortcutsWindow final : public QDialog {
    Q_OBJECT

public:
    ShortcutsWindow(const QMenuBar& menus, QWidget* parent = nullptr);
};

} // namespace espalier::ui
