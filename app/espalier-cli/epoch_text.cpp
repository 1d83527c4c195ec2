#include "epoch_text.h"

#include "text.h"

namespace espalier::cli {

std::string epochText(const EpochResult& epoch)
{
    std::string text = "epoch " + std::to_string(epoch.epoch) + "/" + std::to_string(epoch.epochs)
        + "  loss " + fixedText(epoch.trainLoss, 4) + "  train " + percentText(epoch.trainAccuracy);
    if (epoch.validationAccuracy)
        text += "  validation " + percentText(*epoch.validationAccuracy);
    return text + "  lr " + smallText(epoch.learningRate) + "  " + durationText(epoch.seconds);
}

} // namespace espalier::cli
