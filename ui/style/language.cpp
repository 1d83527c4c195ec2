#include "style/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include "base/core_text.h"

namespace espalier::ui {

namespace {

const QString english = QStringLiteral("en");

QString systemLanguage()
{
    const auto known = languages();
    for (const auto& wanted : QLocale::system().uiLanguages()) {
        for (const auto& language : known) {
            if (wanted == language.code || wanted.startsWith(language.code + QLatin1Char('-')))
                return language.code;
        }
    }
    return english;
}

void install(QCoreApplication& application, const QString& name, const QString& folder)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(name, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

QList<Language> languages()
{
    return {{english, QStringLiteral("English")},
            {QStringLiteral("de"), QStringLiteral("Deutsch")}};
}

QString installLanguage(QCoreApplication& application, const QString& code)
{
    const QString language = code.isEmpty() ? systemLanguage() : code;
    if (language != english)
        install(application, QStringLiteral("qtbase_") + language,
                QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // English too: its file holds the plurals.
    install(application, QStringLiteral("espalier_") + language, QStringLiteral(":/translations"));
    CoreText::setTranslator([](const char* english) {
        return QCoreApplication::translate("CoreText", english).toStdString();
    });
    return language;
}

} // namespace espalier::ui
