#include "windows/about.h"

#include <QCoreApplication>

#include "network/runtime.h"
#include "plots/plot_library.h"
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
        "<p>%2<br>Qt %3<br>QCustomPlot %4</p>"
        "<p>Free software under the GNU General Public License, version 3 or later.</p>");
    return text.arg(QStringLiteral(ESPALIER_VERSION), toText(torchDescription()).toHtmlEscaped(),
                    QString::fromLatin1(qVersion()), QStringLiteral(QCUSTOMPLOT_VERSION_STR));
}

} // namespace espalier::ui
