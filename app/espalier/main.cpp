#include <filesystem>
#include <optional>

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTextStream>
#include <QTimer>

#include "session/file_kind.h"
#include "session/session_controller.h"
#include "style/language.h"
#include "style/text.h"
#include "style/theme.h"
#include "windows/main_window.h"
#include "windows/preferences.h"

namespace {

using namespace espalier;
using namespace espalier::ui;

struct Options {
    std::optional<std::filesystem::path> file;
    std::optional<std::filesystem::path> session;
    bool run = false;
};

std::optional<Options> parseOptions(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Prunes a trained neural network, in a window."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("file"),
        QCoreApplication::translate("main",
                                    "A model, a session (.espalier) or an experiment (.yaml)."),
        QStringLiteral("[MODEL|SESSION|EXPERIMENT.yaml]"));
    const QCommandLineOption run(
        QStringLiteral("run"),
        QCoreApplication::translate("main",
                                    "Run the session or the experiment to its target at once."));
    const QCommandLineOption session(
        QStringLiteral("session"),
        QCoreApplication::translate("main",
                                    "Keep the experiment's session in FILE, not beside it."),
        QStringLiteral("FILE"));
    parser.addOptions({run, session});
    parser.process(application);
    const auto files = parser.positionalArguments();
    if (files.size() > 1 || (files.isEmpty() && (parser.isSet(run) || parser.isSet(session)))) {
        QTextStream(stderr) << parser.helpText();
        return std::nullopt;
    }
    Options options;
    if (!files.isEmpty())
        options.file = toPath(files.front());
    if (parser.isSet(session))
        options.session = toPath(parser.value(session));
    options.run = parser.isSet(run);
    return options;
}

void open(MainWindow& window, const Options& options)
{
    if (!options.file) {
        window.offerSessionLeftRunning();
        return;
    }
    switch (fileKind(*options.file)) {
    case FileKind::Experiment:
        window.openExperiment(*options.file, options.session, options.run);
        return;
    case FileKind::Session:
        window.openSession(*options.file, options.run);
        return;
    case FileKind::Model:
        window.openFile(*options.file);
        return;
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("espalier"));
    QApplication::setApplicationName(QStringLiteral("espalier"));
    QApplication::setApplicationDisplayName(QStringLiteral("Espalier"));
    QApplication::setApplicationVersion(QStringLiteral(ESPALIER_VERSION));
    const auto preferences = Preferences::load();
    installLanguage(application, preferences.language);
    const auto options = parseOptions(application);
    if (!options)
        return 2;

    applyTheme(preferences.theme);
    SessionController controller;
    MainWindow window(controller);
    QSettings settings;
    window.restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    window.restoreState(settings.value(QStringLiteral("window/docks")).toByteArray());
    window.show();
    QTimer::singleShot(0, &window, [&] { open(window, *options); });
    const int status = QApplication::exec();
    settings.setValue(QStringLiteral("window/geometry"), window.saveGeometry());
    settings.setValue(QStringLiteral("window/docks"), window.saveState());
    return status;
}
