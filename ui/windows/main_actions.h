#pragma once

#include <QAction>

class QObject;

namespace espalier::ui {

struct SessionState;

/// Everything the main window can be told to do. The actions belong to `parent`; when they make
/// sense is a function of the state.
struct MainActions {
    explicit MainActions(QObject* parent);

    QAction* openModel;
    QAction* newSession;
    QAction* openSession;
    QAction* exportNetwork;
    QAction* preferences;
    QAction* quit;
    QAction* propose; ///< up to the choice
    QAction* fineTune; ///< on from the choice
    QAction* step; ///< both
    QAction* run;
    QAction* pause; ///< checkable: checked while paused
    QAction* stop;
    QAction* undo;
    QAction* redo;
    QAction* find;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* actualSize;
    QAction* fit;
    QAction* shortcuts;
    QAction* about;
    QAction* aboutQt;

    void enableFor(const SessionState& state);
};

} // namespace espalier::ui
