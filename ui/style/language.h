#pragma once

#include <QList>
#include <QString>

class QCoreApplication;

namespace espalier::ui {

struct Language {
    QString code; ///< "de"
    QString name; ///< in itself: "Deutsch"
};

/// The languages the window speaks.
QList<Language> languages();

/// Makes the application speak a language of languages(); with an empty code the first one of the
/// system's that there is, else English. Numbers stay those of the system. Call it before the first
/// widget is made. Returns the code.
QString installLanguage(QCoreApplication& application, const QString& code);

} // namespace espalier::ui
