#include <QAction>
#include <QApplication>
#include <QFile>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include "style/language.h"
#include "ui/fixtures.h"
#include "windows/assistant/model_page.h"
#include "windows/main_window.h"

using namespace espalier;
using namespace espalier::test;
using namespace espalier::ui;

/// Everything a user reads is there in every language.
class TestTranslations : public QObject {
    Q_OBJECT

    /// The installed translators belong to the application; without them it speaks the sources'
    /// English again.
    static void forgetLanguage()
    {
        for (auto* translator : qApp->findChildren<QTranslator*>())
            delete translator;
    }

    static ExperimentChecked known()
    {
        ExperimentChecked known;
        known.graph = builtInGraph("resnet20");
        known.structures = std::make_shared<const Structures>(findStructures(*known.graph));
        return known;
    }

    static QString layers(const char* word)
    {
        return QStringLiteral("%1 %2")
            .arg(known().structures->layers.size())
            .arg(QLatin1String(word));
    }

private Q_SLOTS:
    void cleanup() { forgetLanguage(); }

    void everyMessageIsTranslated_data()
    {
        QTest::addColumn<QString>("code");
        for (const auto& language : languages())
            QTest::newRow(qPrintable(language.code)) << language.code;
    }
    void everyMessageIsTranslated()
    {
        QFETCH(QString, code);
        QFile file(QStringLiteral(ESPALIER_TRANSLATIONS "/espalier_%1.ts").arg(code));
        QVERIFY2(file.open(QFile::ReadOnly), qPrintable(file.fileName()));
        QXmlStreamReader xml(&file);
        QStringList unfinished;
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == QLatin1String("source"))
                source = xml.readElementText();
            if (xml.name() != QLatin1String("translation"))
                continue;
            ++messages;
            const bool isFinished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            const auto text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (!isFinished || text.isEmpty())
                unfinished << source;
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(messages > 0);
        QCOMPARE(unfinished.join("; "), QString());
    }

    void theWindowSpeaksGerman()
    {
        QCOMPARE(installLanguage(*qApp, QStringLiteral("de")), QStringLiteral("de"));
        Bench bench;
        MainWindow window(bench.controller());
        QStringList menus;
        for (const auto* menu : window.menuBar()->actions())
            menus << menu->text();
        QCOMPARE(menus, (QStringList{"&Datei", "&Ansicht", "&Lauf", "&Hilfe"}));
        QVERIFY(window.findChild<QAction*>("stop")->toolTip().startsWith("Beim nächsten Batch"));
        QVERIFY(window.findChild<QPushButton*>("openModelButton")->text().contains("Modell"));
        QVERIFY(ModelPage().findings(known()).contains(layers("Schichten")));
    }

    void englishHasPlurals()
    {
        installLanguage(*qApp, QStringLiteral("en"));
        const auto findings = ModelPage().findings(known());
        QVERIFY2(findings.contains(layers("layers")), qPrintable(findings));
        QVERIFY(findings.contains("10 outputs"));
    }

    void germanMnemonicsAreUniqueToo()
    {
        installLanguage(*qApp, QStringLiteral("de"));
        Bench bench;
        MainWindow window(bench.controller());
        for (const auto* menu : window.menuBar()->actions()) {
            QMap<QString, QString> known;
            for (const auto* action : menu->menu()->actions()) {
                const auto key = QKeySequence::mnemonic(action->text()).toString();
                QVERIFY2(key.isEmpty() || !known.contains(key),
                         qPrintable(action->text() + " and " + known[key]));
                known[key] = action->text();
            }
        }
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
