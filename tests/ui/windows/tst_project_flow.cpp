#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "panels/message_bar.h"
#include "ui/fixtures.h"
#include "windows/export_dialog.h"
#include "windows/main_window.h"
#include "windows/path_edit.h"
#include "windows/preferences.h"
#include "windows/preferences_dialog.h"
#include "windows/recent_files.h"
#include "windows/run_marker.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Files in and out of the window, and what it remembers from one start to the next.
class TestProjectFlow : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }
    void touch(const char* name) const
    {
        QFile created(path(name));
        QVERIFY(created.open(QFile::WriteOnly));
    }

    struct Window : Bench {
        MainWindow window{controller()};

        Window() { window.show(); }
        template <class T> T& child(const char* name)
        {
            return *window.findChild<T*>(QLatin1String(name));
        }
        QString message() { return child<MessageBar>("messageBar").text(); }
        QString button() { return child<QPushButton>("messageButton").text(); }
        void drop(const QList<QUrl>& urls)
        {
            QMimeData data;
            data.setUrls(urls);
            QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&window, &enter);
            QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&window, &event);
        }
        QStringList recent()
        {
            auto& menu = child<QMenu>("recentMenu");
            Q_EMIT menu.aboutToShow();
            QStringList entries;
            for (const auto* action : menu.actions()) {
                if (!action->isSeparator())
                    entries << action->text().section(QStringLiteral(" – "), 0, 0)
                            + (action->isEnabled() ? QString() : QStringLiteral(" (off)"));
            }
            return entries;
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        QCoreApplication::setOrganizationName(QStringLiteral("espalier-test"));
    }

    void init() { QSettings().clear(); }

    void whatWasOpenedIsListed()
    {
        touch("a & b.pt");
        touch("c.espalier");
        Window w;
        QCOMPARE(w.recent(), QStringList{"Nothing was opened yet (off)"});
        w.window.openFile(file("a & b.pt"));
        w.post(ModelOpened{file("a & b.pt"), {}});
        w.finish();
        SessionOpened opened;
        opened.file = file("c.espalier");
        w.window.openFile(file("c.espalier"));
        w.post(opened);
        w.finish();
        w.window.openFile(file("none.pt"));
        w.finish(Error{ErrorCode::NotFound, "There is no none.pt."}); // not listed
        QCOMPARE(w.recent(), (QStringList{"&1  c.espalier", "&2  a && b.pt", "&Clear the List"}));
        QFile::remove(path("c.espalier"));
        QCOMPARE(w.recent(),
                 (QStringList{"&1  c.espalier (off)", "&2  a && b.pt", "&Clear the List"}));
        w.child<QMenu>("recentMenu").actions()[1]->trigger();
        QCOMPARE(w.engine().commands.back(), std::string("openModel"));
        w.child<QAction>("clearRecent").trigger();
        QCOMPARE(w.recent(), QStringList{"Nothing was opened yet (off)"});
    }

    void theListIsAsLongAsPreferred()
    {
        Preferences preferences;
        preferences.recentFiles = 3;
        preferences.save();
        RecentFiles recent;
        for (const auto* name : {"1.pt", "2.pt", "3.pt", "4.pt", "2.pt"})
            recent.add(file(name));
        QVERIFY((recent.files() == std::vector{file("2.pt"), file("4.pt"), file("3.pt")}));
    }

    void aDropThatCannotBeOpenedIsExplained()
    {
        Window w;
        w.drop({QUrl::fromLocalFile(path("a.pt")), QUrl::fromLocalFile(path("b.pt"))});
        QVERIFY(w.message().contains("Drop one"));
        w.drop({QUrl::fromLocalFile(m_folder.path())});
        QVERIFY(w.message().contains("is a folder"));
        QCOMPARE(w.button(), "New Session…");
        QVERIFY(w.engine().commands.empty());
    }

    void openingAnotherWhileItTrainsAsksOnce()
    {
        Window w;
        w.openSession();
        w.child<QAction>("run").trigger();
        w.window.openFile("b.pt");
        w.window.openFile("b.pt");
        QCOMPARE(w.window.findChildren<QMessageBox*>().size(), 1);
        QVERIFY(w.engine().commands.back() != "openModel");
        w.child<QPushButton>("openQuestionStop").click();
        QCOMPARE(w.engine().commands.back(), std::string("openModel"));
        QCOMPARE(std::ranges::count(w.engine().commands, "stop"), 1);
    }

    void theWorkIsNotedWhileItGoesOn()
    {
        Window w;
        w.openSession();
        const auto noted = [] { return QSettings().allKeys().filter("running/").size(); };
        QCOMPARE(noted(), 0);
        w.child<QAction>("run").trigger();
        QCOMPARE(noted(), 2);
        QVERIFY(!RunMarker::takeLeft()); // this process is alive
        w.finish();
        QCOMPARE(noted(), 0);
    }

    void aSessionThatWasLeftRunningIsOfferedOnce()
    {
        touch("left.espalier");
        QProcess other; // a process that is no more
        other.start(QStringLiteral("true"), QStringList());
        const auto id = other.processId();
        QVERIFY(other.waitForFinished());
        const auto key = QStringLiteral("running/%1/").arg(id);
        QSettings().setValue(key + "session", path("left.espalier"));
        QSettings().setValue(key + "toTarget", true);
        Window w;
        w.window.offerSessionLeftRunning();
        QVERIFY(w.message().contains("left.espalier"));
        w.child<QPushButton>("messageButton").click();
        QCOMPARE(w.engine().commands.back(), std::string("openSession"));
        SessionOpened opened;
        opened.file = file("left.espalier");
        w.post(opened);
        w.finish();
        QCOMPARE(w.engine().commands.back(), std::string("run"));
        Window next;
        next.window.offerSessionLeftRunning();
        QVERIFY(!next.child<MessageBar>("messageBar").isVisible());
    }

    void aSessionThatIsDeletedIsOneMessage()
    {
        touch("gone.espalier");
        Window w;
        SessionOpened opened;
        opened.file = file("gone.espalier");
        w.window.openFile(opened.file);
        w.post(opened);
        w.finish();
        QVERIFY(!w.child<MessageBar>("messageBar").isVisible());
        QVERIFY(QFile::remove(path("gone.espalier")));
        QTRY_VERIFY(w.child<MessageBar>("messageBar").isVisible());
        QVERIFY(w.message().contains("gone.espalier"));
        QVERIFY(w.window.findChildren<QMessageBox*>().isEmpty());
    }

    void theExportSaysWhatCameOut()
    {
        Window w;
        w.openSession("resnet20", 2);
        w.child<QAction>("export").trigger();
        auto* dialog = w.window.findChild<ExportDialog*>();
        QVERIFY(dialog);
        auto& target = *dialog->findChild<PathEdit*>("exportFile");
        auto& format = *dialog->findChild<QComboBox*>("exportFormat");
        auto& network = *dialog->findChild<QComboBox*>("exportNetwork");
        const auto& result = *dialog->findChild<QLabel*>("exportResult");
        auto& start = *dialog->findChild<QPushButton*>("exportStart");
        QCOMPARE(network.count(), 3);
        QVERIFY(network.currentText().contains("(current)"));
        target.setPath(file("nowhere/a.pt"));
        QVERIFY(!start.isEnabled());
        QVERIFY(result.text().contains("There is no folder"));
        target.setPath(file("pruned.pt"));
        format.setCurrentIndex(1);
        QVERIFY(target.path() == file("pruned.onnx"));
        target.setPath(file("pruned.py"));
        QCOMPARE(format.currentIndex(), 2);
        start.click();
        QVERIFY(w.engine().lastExport == file("pruned.py"));
        QVERIFY(!start.isEnabled());
        w.finish({}, "exported to pruned.py; its outputs differ by at most 3e-06");
        QVERIFY(result.text().contains("differ by at most 3e-06"));
        QVERIFY(!w.child<MessageBar>("messageBar").isVisible()); // told once
        dialog->findChild<QPushButton*>("exportCopy")->click();
        QCOMPARE(QApplication::clipboard()->text(), path("pruned.py"));
        start.click();
        w.finish(Error{ErrorCode::Io, "The disk is full."});
        QCOMPARE(result.text(), "The disk is full.");
        QVERIFY(!w.child<MessageBar>("messageBar").isVisible());
        QVERIFY(start.isEnabled()); // elsewhere, perhaps
    }

    void preferencesAreKeptAndTakeEffectAtOnce()
    {
        Window w;
        w.child<QAction>("preferences").trigger();
        auto* dialog = w.window.findChild<PreferencesDialog*>();
        QVERIFY(dialog);
        auto& theme = *dialog->findChild<QComboBox*>("preferredTheme");
        w.drop({QUrl::fromLocalFile(m_folder.path())}); // a message, to see it follow
        const auto ground = [&] {
            return w.child<MessageBar>("messageBar").palette().color(QPalette::Window).lightnessF();
        };
        theme.setCurrentIndex(2);
        QTRY_VERIFY(ground() < 0.5F);
        QCOMPARE(QApplication::palette().color(QPalette::Base),
                 darkPalette().color(QPalette::Base));
        theme.setCurrentIndex(1);
        QVERIFY(QApplication::palette().color(QPalette::Base).lightnessF() > 0.9F);
        QTRY_VERIFY(ground() > 0.5F);
        dialog->findChild<QSpinBox*>("preferredThreads")->setValue(3);
        dialog->findChild<QComboBox*>("preferredPrecision")->setCurrentIndex(2);
        auto& device = *dialog->findChild<QComboBox*>("preferredDevice");
        device.setCurrentText("cuda:1");
        device.setCurrentText("cuda:x"); // not one: the last that was stays
        QVERIFY(dialog->findChild<QLabel*>("preferencesNote")->text().contains("cuda:x"));
        const auto kept = Preferences::load();
        QCOMPARE(kept.threads, 3);
        QCOMPARE(kept.precision, Precision::BFloat16);
        QCOMPARE(kept.theme, Theme::Light);
        QVERIFY((kept.device == DeviceSpec{DeviceSpec::Kind::Cuda, 1}));
        dialog->findChild<QPushButton*>("preferencesDefaults")->click();
        QVERIFY(Preferences::load() == Preferences());
        QApplication::setPalette(QPalette());
    }
};

QTEST_MAIN(TestProjectFlow)
#include "tst_project_flow.moc"
