#include "windows/main_actions.h"

#include <QCoreApplication>
#include <QKeySequence>

#include "session/session_state.h"
#include "style/icons.h"

namespace espalier::ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("espalier::ui::MainActions", text);
}

QAction* make(QObject* parent, const char* name, const char* text, const QKeySequence& shortcut,
              const char* explanation = nullptr)
{
    auto* action = new QAction(translated(text), parent);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    QString tip = explanation ? translated(explanation) : action->text().remove(QLatin1Char('&'));
    action->setStatusTip(explanation ? tip : QString());
    if (!shortcut.isEmpty())
        tip += QStringLiteral(" (%1)").arg(shortcut.toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    return action;
}

} // namespace

MainActions::MainActions(QObject* parent)
    : openModel(make(parent, "openModel", QT_TR_NOOP("&Open Model…"), QKeySequence::Open,
                     QT_TR_NOOP("Look at a network without data")))
    , newSession(make(parent, "newSession", QT_TR_NOOP("&New Session…"), QKeySequence::New,
                      QT_TR_NOOP("Choose a model and its data, and prune it")))
    , openSession(make(parent, "openSession", QT_TR_NOOP("Open &Session…"),
                       QKeySequence(QStringLiteral("Ctrl+Shift+O")),
                       QT_TR_NOOP("Go on with a session where it stopped")))
    , exportNetwork(
          make(parent, "export", QT_TR_NOOP("&Export…"), QKeySequence(QStringLiteral("Ctrl+E")),
               QT_TR_NOOP("Write a network as TorchScript, ONNX or PyTorch source, checked")))
    , preferences(make(parent, "preferences", QT_TR_NOOP("&Preferences…"),
                       QKeySequence(QStringLiteral("Ctrl+,")),
                       QT_TR_NOOP("Device, threads, precision, theme, language")))
    , quit(make(parent, "quit", QT_TR_NOOP("&Quit"), QKeySequence(QStringLiteral("Ctrl+Q"))))
    , propose(make(parent, "propose", QT_TR_NOOP("Pr&opose"), QKeySequence(QStringLiteral("F7")),
                   QT_TR_NOOP("Candidates of the next cut compete; nothing is cut before you have "
                              "seen which one is chosen")))
    , fineTune(
          make(parent, "fineTune", QT_TR_NOOP("&Fine-Tune"), QKeySequence(QStringLiteral("F9")),
               QT_TR_NOOP("Go on with the proposal: cut what is chosen and fine-tune the rest")))
    , step(make(parent, "step", QT_TR_NOOP("&Step"), QKeySequence(QStringLiteral("F8")),
                QT_TR_NOOP("One whole iteration: candidates compete, the chosen one is "
                           "fine-tuned")))
    , run(make(parent, "run", QT_TR_NOOP("&Run to Target"), QKeySequence(QStringLiteral("F5")),
               QT_TR_NOOP("Iterate until the target is reached")))
    , pause(make(parent, "pause", QT_TR_NOOP("&Pause"), QKeySequence(QStringLiteral("F6")),
                 QT_TR_NOOP("Wait; press again to go on")))
    , stop(make(parent, "stop", QT_TR_NOOP("S&top"), QKeySequence(QStringLiteral("Shift+F5")),
                QT_TR_NOOP("Stop at once; finished epochs are kept")))
    , undo(make(parent, "undo", QT_TR_NOOP("&Undo"), QKeySequence::Undo,
                QT_TR_NOOP("Drop the proposal, or go back to the network before the last "
                           "iteration; the history keeps it")))
    , redo(make(parent, "redo", QT_TR_NOOP("Re&do"), QKeySequence(QStringLiteral("Ctrl+Shift+Z")),
                QT_TR_NOOP("Forward to the latest network made of this one")))
    , find(make(parent, "find", QT_TR_NOOP("&Find Layer…"), QKeySequence::Find))
    , zoomIn(make(parent, "zoomIn", QT_TR_NOOP("Zoom &In"), QKeySequence(QStringLiteral("Ctrl++"))))
    , zoomOut(
          make(parent, "zoomOut", QT_TR_NOOP("Zoom &Out"), QKeySequence(QStringLiteral("Ctrl+-"))))
    , actualSize(make(parent, "actualSize", QT_TR_NOOP("&Actual Size"),
                      QKeySequence(QStringLiteral("Ctrl+1"))))
    , fit(make(parent, "fit", QT_TR_NOOP("Fit &Network"), QKeySequence(QStringLiteral("Ctrl+0"))))
    , shortcuts(make(parent, "shortcuts", QT_TR_NOOP("&Keyboard Shortcuts"),
                     QKeySequence(QStringLiteral("F1")), QT_TR_NOOP("Every action that has a key")))
    , about(make(parent, "about", QT_TR_NOOP("&About Espalier"), QKeySequence()))
    , aboutQt(make(parent, "aboutQt", QT_TR_NOOP("About &Qt"), QKeySequence()))
{
    pause->setCheckable(true);
    propose->setIcon(glyphIcon(Glyph::Propose));
    fineTune->setIcon(glyphIcon(Glyph::FineTune));
    step->setIcon(glyphIcon(Glyph::Step));
    run->setIcon(glyphIcon(Glyph::Run));
    pause->setIcon(glyphIcon(Glyph::Pause));
    stop->setIcon(glyphIcon(Glyph::Stop));
    undo->setIcon(glyphIcon(Glyph::Undo));
    redo->setIcon(glyphIcon(Glyph::Redo));
    openModel->setIcon(glyphIcon(Glyph::Open));
    newSession->setIcon(glyphIcon(Glyph::New));
    exportNetwork->setIcon(glyphIcon(Glyph::Export));
    preferences->setMenuRole(QAction::PreferencesRole);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
    aboutQt->setMenuRole(QAction::AboutQtRole);
}

void MainActions::enableFor(const SessionState& state)
{
    propose->setEnabled(state.canPropose());
    fineTune->setEnabled(state.canStep() && state.hasPending);
    step->setEnabled(state.canStep());
    run->setEnabled(state.canStep());
    pause->setEnabled(state.canPause());
    pause->setChecked(state.paused);
    pause->setText(state.paused ? translated(QT_TR_NOOP("Resu&me")) : translated("&Pause"));
    stop->setEnabled(state.canStop());
    undo->setEnabled(state.canUndo());
    redo->setEnabled(state.canRedo());
    newSession->setEnabled(!state.isBusy());
    exportNetwork->setEnabled(state.canExport());
    for (auto* action : {find, zoomIn, zoomOut, actualSize, fit})
        action->setEnabled(state.graph != nullptr);
}

} // namespace espalier::ui
