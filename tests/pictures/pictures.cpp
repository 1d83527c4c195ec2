// Makes the pictures of the window that README shows: an experiment is run for some iterations with
// a branch and a proposal, and the window is painted, light and dark.
//     QT_QPA_PLATFORM=offscreen espalier-pictures EXPERIMENT.yaml FOLDER

#include <cstdio>

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>

#include "session/session_controller.h"
#include "style/text.h"
#include "style/theme.h"
#include "windows/main_window.h"

namespace {

using namespace espalier;
using namespace espalier::ui;

/// Lets the application live for so long: what was posted arrives, what waits for a pause happens.
void liveFor(int milliseconds)
{
    for (QElapsedTimer timer =
             [] {
                 QElapsedTimer t;
                 t.start();
                 return t;
             }();
         timer.elapsed() < milliseconds;)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

void finish(const SessionController& controller)
{
    do
        liveFor(100);
    while (controller.state().isBusy());
}

/// Two iterations, a branch beside the second, and the proposal of the next.
bool prune(MainWindow& window, SessionController& controller, const QString& experiment,
           const QString& session)
{
    window.openExperiment(toPath(experiment), toPath(session), /*run=*/false);
    finish(controller);
    for (int iteration = 0; iteration < 2; ++iteration) {
        controller.step();
        finish(controller);
    }
    controller.goTo(IterationId(1));
    finish(controller);
    controller.propose();
    finish(controller);
    const auto& set = controller.state().candidates;
    if (!set.choice || set.candidates.size() < 2)
        return false;
    controller.choose(set.candidates[1 - set.choice->chosen]);
    finish(controller);
    for (int iteration = 0; iteration < 2; ++iteration) {
        controller.step();
        finish(controller);
    }
    controller.propose();
    finish(controller);
    return controller.state().history.size() == 5;
}

QDialog* openComparison(MainWindow& window)
{
    auto& table = *window.findChild<QTableView*>(QStringLiteral("historyTable"));
    table.selectRow(2);
    window.findChild<QPushButton*>(QStringLiteral("compareIterationsButton"))->click();
    liveFor(2000);
    table.selectRow(table.model()->rowCount() - 1); // the latest, whose proposal is shown again
    table.clearSelection();
    return window.findChild<QDialog*>(QStringLiteral("compareDialog"));
}

bool save(QWidget& widget, const QString& file)
{
    liveFor(1000);
    return widget.grab().save(file);
}

} // namespace

int main(int argc, char** argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("espalier-pictures"));
    QApplication::setApplicationName(QStringLiteral("espalier-pictures"));
    const auto arguments = QApplication::arguments();
    QTemporaryDir folder;
    if (arguments.size() != 3 || !folder.isValid()) {
        std::fputs("usage: espalier-pictures EXPERIMENT.yaml FOLDER\n", stderr);
        return 2;
    }
    QSettings().clear();
    applyTheme(Theme::Light);
    SessionController controller;
    MainWindow window(controller);
    window.resize(1440, 900);
    window.show();
    if (!prune(window, controller, arguments[1],
               folder.filePath(QStringLiteral("demo.espalier")))) {
        std::fputs("the experiment did not go through\n", stderr);
        return 1;
    }
    bool saved = true;
    for (const auto& [theme, name] :
         {std::pair(Theme::Light, "light"), std::pair(Theme::Dark, "dark")}) {
        applyTheme(theme);
        const auto file = [&](const char* what) {
            return QStringLiteral("%1/%2-%3.png")
                .arg(arguments[2], QLatin1String(what), QLatin1String(name));
        };
        saved = save(window, file("window")) && saved;
        auto* comparison = openComparison(window);
        saved = comparison && save(*comparison, file("compare")) && saved;
        delete comparison;
    }
    return saved ? 0 : 1;
}
