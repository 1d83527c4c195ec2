#include "session/engine_client.h"

#include <utility>

namespace espalier::ui {

namespace {

class RealEngine final : public EngineClient {
public:
    explicit RealEngine(Engine::Callback callback)
        : m_engine(std::move(callback))
    {
    }

    RunId openModel(std::filesystem::path file, std::optional<Shape> input) override
    {
        return m_engine.openModel(std::move(file), std::move(input));
    }
    RunId checkExperiment(Experiment experiment) override
    {
        return m_engine.checkExperiment(std::move(experiment));
    }
    RunId createSession(Experiment experiment, std::filesystem::path file) override
    {
        return m_engine.createSession(std::move(experiment), std::move(file));
    }
    RunId openSession(std::filesystem::path file) override
    {
        return m_engine.openSession(std::move(file));
    }
    RunId preview(PreviewRequest request) override { return m_engine.preview(request); }
    RunId compareLayers(Removal removal) override
    {
        return m_engine.compareLayers(std::move(removal));
    }
    RunId compareLayers(IterationId iteration) override
    {
        return m_engine.compareLayers(iteration);
    }
    RunId measureLayers() override { return m_engine.measureLayers(); }
    RunId propose() override { return m_engine.propose(); }
    RunId choose(Candidate candidate) override { return m_engine.choose(std::move(candidate)); }
    RunId step() override { return m_engine.step(); }
    RunId run() override { return m_engine.run(); }
    RunId undo() override { return m_engine.undo(); }
    RunId goTo(IterationId iteration) override { return m_engine.goTo(iteration); }
    RunId setStopRules(StopRules rules) override { return m_engine.setStopRules(rules); }
    RunId setLocks(std::vector<std::string> names) override
    {
        return m_engine.setLocks(std::move(names));
    }
    RunId showNetwork(IterationId iteration) override { return m_engine.showNetwork(iteration); }
    RunId exportNetwork(std::filesystem::path file, IterationId iteration) override
    {
        return m_engine.exportNetwork(std::move(file), iteration);
    }
    void pause() override { m_engine.pause(); }
    void resume() override { m_engine.resume(); }
    void stop() override { m_engine.stop(); }

private:
    Engine m_engine;
};

} // namespace

std::unique_ptr<EngineClient> makeEngine(Engine::Callback callback)
{
    return std::make_unique<RealEngine>(std::move(callback));
}

} // namespace espalier::ui
