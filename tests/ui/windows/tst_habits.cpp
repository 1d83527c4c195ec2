#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QTreeWidget>

#include "panels/log_panel.h"
#include "ui/fixtures.h"
#include "windows/assistant/experiment_assistant.h"
#include "windows/export_dialog.h"
#include "windows/main_window.h"
#include "windows/preferences_dialog.h"
#include "windows/shortcuts_window.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

namespace {

/// Whether a screen reader has something to say about a widget.
bool isNamed(const QWidget& widget)
{
    if (!widget.accessibleName().isEmpty())
        return true;
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return !button->text().isEmpty();
    for (const auto* label : widget.window()->findChildren<QLabel*>()) {
        if (label->buddy() == &widget)
            return true;
    }
    return false;
}

/// Parts of Qt's own widgets, and what only holds others.
bool isPart(const QWidget& widget)
{
    const auto* parent = widget.parentWidget();
    const auto* area = qobject_cast<const QAbstractScrollArea*>(parent);
    return widget.objectName().startsWith(QStringLiteral("qt_"))
        || (area && area->viewport() == &widget) || qobject_cast<const QMenuBar*>(&widget)
        || qobject_cast<const QMenu*>(&widget) || qobject_cast<const QTabBar*>(&widget)
        || qobject_cast<const QDockWidget*>(parent)
        || (parent
            && (parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox")
                || parent->inherits("QComboBoxPrivateContainer")
                || parent->inherits("QAbstractItemView") || parent->inherits("QTabBar")
                || parent->inherits("QToolBar") || parent->inherits("QDialogButtonBox")));
}

QStringList unnamed(const QWidget& window)
{
    QStringList names;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isHidden() && (widget->focusPolicy() & Qt::TabFocus) && !isPart(*widget)
            && !isNamed(*widget))
            names << QString::fromLatin1(widget->metaObject()->className()) + ' '
                    + widget->objectName() + " in "
                    + (widget->parentWidget() ? widget->parentWidget()->objectName() : QString());
    }
    return names;
}

QChar mnemonicOf(const QAction& action)
{
    const auto sequence = QKeySequence::mnemonic(action.text());
    return sequence.isEmpty() ? QChar() : sequence.toString().back();
}

/// Texts whose mnemonic another one of the same menu has.
QStringList ambiguous(const QList<QAction*>& actions)
{
    QMap<QChar, QString> known;
    QStringList found;
    for (const auto* action : actions) {
        const auto mnemonic = mnemonicOf(*action);
        if (!mnemonic.isNull() && known.contains(mnemonic))
            found << action->text() + " and " + known[mnemonic];
        known[mnemonic] = action->text();
        if (action->menu())
            found << ambiguous(action->menu()->actions());
    }
    return found;
}

} // namespace

/// What users expect of every window: keys, names, help.
class TestHabits : public QObject {
    Q_OBJECT

    struct Window : Bench {
        MainWindow window{controller()};

        Window()
        {
            window.show();
            window.activateWindow();
        }
        QAction& action(const char* name)
        {
            return *window.findChild<QAction*>(QLatin1String(name));
        }
        template <class T> T& child(const char* name)
        {
            return *window.findChild<T*>(QLatin1String(name));
        }
    };

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void everyWidgetThatTakesTheKeyboardHasAName()
    {
        Window w;
        w.openSession("resnet20", 2);
        QCOMPARE(unnamed(w.window).join("; "), QString());
        ExperimentAssistant assistant(w.controller(), {});
        QCOMPARE(unnamed(assistant).join("; "), QString());
        ExportDialog exporting(w.controller());
        QCOMPARE(unnamed(exporting).join("; "), QString());
        PreferencesDialog preferences;
        QCOMPARE(unnamed(preferences).join("; "), QString());
    }

    void mnemonicsAreUniqueInEveryMenu()
    {
        Window w;
        QCOMPARE(ambiguous(w.window.menuBar()->actions()).join("; "), QString());
    }

    void noKeyHasTwoActions()
    {
        Window w;
        QMap<QString, QString> known;
        for (const auto* action : w.window.findChildren<QAction*>()) {
            if (action->shortcutContext() == Qt::WidgetShortcut)
                continue; // Return in one table is not Return in another
            for (const auto& keys : action->shortcuts()) {
                QVERIFY2(!known.contains(keys.toString()),
                         qPrintable(keys.toString() + ": " + action->text() + " and "
                                    + known[keys.toString()]));
                known[keys.toString()] = action->text();
            }
        }
    }

    void everyDockHasAKey()
    {
        Window w;
        for (auto* dock : w.window.findChildren<QDockWidget*>()) {
            auto& action = w.action(qPrintable(dock->objectName() + "Action"));
            QVERIFY(!action.shortcut().isEmpty());
            action.trigger();
            QVERIFY2(dock->isVisible(), qPrintable(dock->objectName()));
            auto* focus = w.window.focusWidget();
            QVERIFY2(focus && dock->isAncestorOf(focus), qPrintable(dock->objectName()));
        }
        auto* last = w.window.findChildren<QDockWidget*>().back();
        w.action(qPrintable(last->objectName() + "Action")).trigger();
        QVERIFY(last->isVisible()); // again changes nothing
        last->close();
        w.action(qPrintable(last->objectName() + "Action")).trigger();
        QVERIFY(last->isVisible());
    }

    void everyDockCanBeHiddenFromTheMenu()
    {
        Window w;
        for (auto* dock : w.window.findChildren<QDockWidget*>()) {
            QVERIFY(w.child<QMenu>("panelsMenu").actions().contains(dock->toggleViewAction()));
            dock->toggleViewAction()->trigger();
            QVERIFY2(dock->isHidden(), qPrintable(dock->objectName()));
        }
    }

    void toolButtonsTellTheirKeys()
    {
        Window w;
        for (const char* name : {"step", "run", "pause", "stop", "undo"}) {
            const auto& action = w.action(name);
            QVERIFY2(
                action.toolTip().contains(action.shortcut().toString(QKeySequence::NativeText)),
                name);
        }
    }

    void theShortcutsWindowListsTheActions()
    {
        Window w;
        w.action("shortcuts").trigger();
        auto* window = w.window.findChild<ShortcutsWindow*>();
        QVERIFY(window && window->isVisible());
        const auto& list = *window->findChild<QTreeWidget*>("shortcutsList");
        const auto steps = list.findItems("Step", Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(steps.size(), 1);
        QCOMPARE(steps.front()->text(1), w.action("step").shortcut().toString());
        QCOMPARE(steps.front()->parent()->text(0), "Run");
        const auto history = list.findItems("History", Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(history.size(), 1);
        w.action("shortcuts").trigger(); // again: the same window
        QCOMPARE(w.window.findChildren<ShortcutsWindow*>().size(), 1);
    }

    void everyDockExplainsItself()
    {
        Window w;
        for (const auto* dock : w.window.findChildren<QDockWidget*>())
            QVERIFY2(!dock->whatsThis().isEmpty(), qPrintable(dock->objectName()));
        QVERIFY(!w.child<QWidget>("target").whatsThis().isEmpty());
        QVERIFY(!w.child<QWidget>("graphView").whatsThis().isEmpty());
    }

    void aboutNamesTheVersions()
    {
        Window w;
        w.action("about").trigger();
        const auto text = w.child<QMessageBox>("aboutBox").text();
        for (const char* name :
             {"Espalier", "LibTorch", "Qt 6", "QCustomPlot 2", "SQLite 3", "ONNX 1", "yaml-cpp 0"})
            QVERIFY2(text.contains(name), name);
    }

    void theLogIsFilteredCopiedAndCleared()
    {
        LogPanel log;
        auto& level = *log.findChild<QComboBox*>("logLevel");
        const auto& text = *log.findChild<QPlainTextEdit*>("log");
        log.append({LogLevel::Info, "all is well"});
        log.append({LogLevel::Warning, "a picture was left out"});
        log.append({LogLevel::Error, "the disk is full"});
        QCOMPARE(text.blockCount(), 3);
        level.setCurrentIndex(1);
        QCOMPARE(text.blockCount(), 2);
        QVERIFY(text.toPlainText().contains("Warning: a picture"));
        log.append({LogLevel::Info, "not shown"});
        QCOMPARE(text.blockCount(), 2);
        log.findChild<QPushButton*>("logCopy")->click();
        QCOMPARE(QApplication::clipboard()->text(), text.toPlainText());
        level.setCurrentIndex(0);
        QCOMPARE(text.blockCount(), 4);
        log.findChild<QPushButton*>("logClear")->click();
        QCOMPARE(text.toPlainText(), QString());
    }
};

QTEST_MAIN(TestHabits)
#include "tst_habits.moc"
