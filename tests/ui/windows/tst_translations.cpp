#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QStackedWidget>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include "base/core_text.h"
#include "formats/model_file.h"
#include "network/architectures.h"
#include "structures/removal.h"
#include "style/language.h"
#include "ui/fixtures.h"
#include "windows/assistant/experiment_assistant.h"
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
        CoreText::setTranslator({});
    }

    /// The "%1" of windows and the "{1}" of core, each once.
    static QSet<QString> blanksOf(const QString& sentence)
    {
        static const QRegularExpression blank(QStringLiteral("%\\d|\\{\\d\\}"));
        QSet<QString> blanks;
        for (auto found = blank.globalMatch(sentence); found.hasNext();)
            blanks << found.next().captured();
        return blanks;
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
        QStringList otherBlanks;
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
            if (blanksOf(text) != blanksOf(source))
                otherBlanks << source;
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(messages > 0);
        QCOMPARE(unfinished.join("; "), QString());
        QCOMPARE(otherBlanks.join("; "), QString());
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
        QVERIFY(window.findChild<QAction*>("stop")->toolTip().startsWith("Sofort anhalten"));
        QVERIFY(window.findChild<QPushButton*>("openModelButton")->text().contains("Modell"));
        QVERIFY(ModelPage().findings(known()).contains(layers("Schichten")));
    }

    void coreSpeaksGermanToo()
    {
        installLanguage(*qApp, QStringLiteral("de"));
        const auto structures = known().structures;
        QVERIFY(std::ranges::any_of(structures->notPrunable, [](const NotPrunable& part) {
            return part.reason == "Die Ausgaben sind die des Netzes.";
        }));
        QCOMPARE(
            QString::fromStdString(removalText({.layers = {}, .filters = {{"conv1", {0, 3}}}})),
            QStringLiteral("2 Filter in 1 Faltung"));
        QCOMPARE(QString::fromStdString(importModel("no/such/model.pt").error().message),
                 QStringLiteral("Es gibt keine Datei 'no/such/model.pt'."));
        QCOMPARE(QString::fromStdString(makeNetwork("resnet20", {3, 32, 32}, 1, 0).error().message),
                 QStringLiteral("Ein Netz braucht Bilder (Kanäle x Höhe x Breite) und mindestens "
                                "2 Klassen."));
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

    void mnemonicsAreUniqueOnEveryPageOfTheAssistant_data() { everyMessageIsTranslated_data(); }
    void mnemonicsAreUniqueOnEveryPageOfTheAssistant()
    {
        QFETCH(QString, code);
        installLanguage(*qApp, code);
        Bench bench;
        ExperimentAssistant assistant(bench.controller(), {});
        const auto& pages = *assistant.findChild<QStackedWidget*>("assistantPages");
        for (int page = 0; page < pages.count(); ++page) {
            QStringList texts;
            const auto isInSight = [&](const QWidget& widget) {
                return !pages.isAncestorOf(&widget) || pages.widget(page)->isAncestorOf(&widget);
            };
            for (const auto* button : assistant.findChildren<QAbstractButton*>())
                texts << (isInSight(*button) ? button->text() : QString());
            for (const auto* label : assistant.findChildren<QLabel*>())
                texts << (label->buddy() && isInSight(*label) ? label->text() : QString());
            QMap<QString, QString> known;
            for (const auto& text : texts) {
                const auto key = QKeySequence::mnemonic(text).toString();
                QVERIFY2(key.isEmpty() || !known.contains(key),
                         qPrintable(text + " and " + known[key]));
                known[key] = text;
            }
            QVERIFY(known.size() > 4);
        }
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
