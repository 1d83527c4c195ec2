#include "windows/about.h"

#include <QCoreApplication>

#include "network/runtime.h"
#include "plots/plot_library.h"
#include "session/versions.h"
#include "style/text.h"

namespace espalier::ui {

QString aboutText()
{
    const QString text = QCoreApplication::translate(
        "About",
        "<h3>Espalier %1</h3>"
        "<p>See a neural network, prune its layers and filters, and take the smaller one away.</p>"
        "<p>The method is that of “Pruning Everything, Everywhere, All at Once” "
        "(do Nascimento, Pons, Reali Costa, Jordao; IJCNN 2025).</p>"
        "<p>%2</p>"
        "<p>Free software under the GNU General Public License, version 3 or later.</p>");
    QStringList versions{toText(torchDescription()),
                         QStringLiteral("Qt %1").arg(QString::fromLatin1(qVersion())),
                         QStringLiteral("QCustomPlot " QCUSTOMPLOT_VERSION_STR)};
    for (const auto& library : libraryVersions())
        versions << toText(library.name + ' ' + library.version);
    for (auto& line : versions)
        line = line.toHtmlEscaped();
    return text.arg(QStringLiteral(ESPALIER_VERSION), versions.join(QStringLiteral("<br>")));
}

} // namespace espalier::ui
