#pragma once

#include <functional>
#include <memory>

#include "session/engine.h"

namespace espalier::ui {

/// The commands of espalier::Engine, so that the window can also be driven by a test's own engine.
/// Threads and events are those of Engine.
class EngineClient {
public:
    virtual ~EngineClient() = default;

    virtual RunId openModel(std::filesystem::path file, std::optional<Shape> input) = 0;
    virtual RunId checkExperiment(Experiment experiment) = 0;
    virtual RunId createSession(Experiment experiment, std::filesystem::path file) = 0;
    virtual RunId openSession(std::filesystem::path file) = 0;
    virtual RunId preview(PreviewRequest request) = 0;
    virtual RunId compareLayers(Removal removal) = 0;
    virtual RunId compareLayers(IterationId iteration) = 0;
    virtual RunId measureLayers() = 0;
    virtual RunId propose() = 0;
    virtual RunId choose(Candidate candidate) = 0;
    virtual RunId step() = 0;
    virtual RunId run() = 0;
    virtual RunId undo() = 0;
    virtual RunId goTo(IterationId iteration) = 0;
    virtual RunId setStopRules(StopRules rules) = 0;
    virtual RunId setLocks(std::vector<std::string> names) = 0;
    virtual RunId showNetwork(IterationId iteration) = 0;
    virtual RunId exportNetwork(std::filesystem::path file, IterationId iteration) = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual void stop() = 0;
};

using EngineFactory = std::function<std::unique_ptr<EngineClient>(Engine::Callback)>;

/// Makes the real engine.
std::unique_ptr<EngineClient> makeEngine(Engine::Callback callback);

} // namespace espalier::ui
