#include "windows/explanations.h"

#include <array>

#include <QCoreApplication>
#include <QWidget>

namespace espalier::ui {

namespace {

struct Explanation {
    const char* widget; ///< its object name
    const char* text;
};

constexpr std::array explanations{
    Explanation{
        "graphView",
        QT_TRANSLATE_NOOP("Explanations",
                          "The network as a picture: each card is a layer, each cell in it "
                          "a filter or a head. What the selected candidate would remove is "
                          "marked before anything is cut. The wheel zooms, dragging moves.")},
    Explanation{"historyDock",
                QT_TRANSLATE_NOOP("Explanations",
                                  "Every network of this session, from the dense one on: what was "
                                  "removed, what it cost in accuracy, what is left. Selecting one "
                                  "shows its contest and its curves.")},
    Explanation{"inspectorDock",
                QT_TRANSLATE_NOOP("Explanations",
                                  "The layer that is selected in the picture: its shape, its cost, "
                                  "and why it can be pruned or must stay.")},
    Explanation{"candidatesDock",
                QT_TRANSLATE_NOOP(
                    "Explanations",
                    "What competes to be removed next. The smaller 1 − CKA, the more the network "
                    "without that part computes what it computed with it. Selecting a candidate "
                    "marks it in the picture.")},
    Explanation{"curvesDock",
                QT_TRANSLATE_NOOP("Explanations",
                                  "Accuracy against the computing that was saved, and loss and "
                                  "accuracy of the fine-tuning that goes on.")},
    Explanation{
        "logDock",
        QT_TRANSLATE_NOOP("Explanations", "What the engine has done and noticed, in order.")},
    Explanation{"target",
                QT_TRANSLATE_NOOP("Explanations",
                                  "A run ends when so much of the dense network's computing is "
                                  "removed, however many iterations that takes.")},
    Explanation{"statusTask",
                QT_TRANSLATE_NOOP("Explanations",
                                  "What is being done, how far it is, and how long it will take.")},
};

} // namespace

void addExplanations(QWidget& window)
{
    for (const auto& [name, text] : explanations) {
        if (auto* widget = window.findChild<QWidget*>(QLatin1String(name)))
            widget->setWhatsThis(QCoreApplication::translate("Explanations", text));
    }
}

} // namespace espalier::ui
