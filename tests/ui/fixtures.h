#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QPalette>

#include "session/engine_client.h"
#include "session/session_controller.h"

namespace espalier::test {

/// An engine that does nothing but write down what it is told; the test posts the events.
class FakeEngine final : public ui::EngineClient {
public:
    RunId openModel(std::filesystem::path, std::optional<Shape>) override
    {
        return note("openModel");
    }
    RunId checkExperiment(Experiment experiment) override
    {
        lastChecked = std::move(experiment);
        return note("checkExperiment");
    }
    RunId createSession(Experiment experiment, std::filesystem::path) override
    {
        lastCreated = std::move(experiment);
        return note("createSession");
    }
    RunId openSession(std::filesystem::path) override { return note("openSession"); }
    RunId preview(PreviewRequest request) override
    {
        lastPreview = request;
        return note("preview");
    }
    RunId compareLayers(Removal) override { return note("compareLayers removal"); }
    RunId compareLayers(IterationId) override { return note("compareLayers iteration"); }
    RunId measureLayers() override { return note("measureLayers"); }
    RunId propose() override { return note("propose"); }
    RunId choose(Candidate candidate) override
    {
        lastChoice = std::move(candidate);
        return note("choose");
    }
    RunId step() override { return note("step"); }
    RunId run() override { return note("run"); }
    RunId undo() override { return note("undo"); }
    RunId goTo(IterationId iteration) override
    {
        lastGoTo = iteration;
        return note("goTo");
    }
    RunId setLocks(std::vector<std::string> names) override
    {
        lastLocks = std::move(names);
        return note("setLocks");
    }
    RunId setStopRules(StopRules rules) override
    {
        lastRules = rules;
        return note("setStopRules");
    }
    RunId showNetwork(IterationId iteration) override
    {
        shown.push_back(iteration);
        return note("showNetwork");
    }
    RunId exportNetwork(std::filesystem::path file, IterationId iteration) override
    {
        lastExport = file;
        lastExported = iteration;
        return note("export");
    }
    void pause() override { commands.emplace_back("pause"); }
    void resume() override { commands.emplace_back("resume"); }
    void stop() override { commands.emplace_back("stop"); }

    RunId lastRun() const { return RunId(m_next - 1); }

    std::vector<std::string> commands;
    PreviewRequest lastPreview;
    StopRules lastRules;
    Candidate lastChoice;
    IterationId lastGoTo;
    std::vector<std::string> lastLocks;
    Experiment lastChecked;
    Experiment lastCreated;
    std::filesystem::path lastExport;
    IterationId lastExported;
    std::vector<IterationId> shown;

private:
    RunId note(const char* command)
    {
        commands.emplace_back(command);
        return RunId(m_next++);
    }

    std::int64_t m_next = 1;
};

/// A controller over a FakeEngine, and the events of a session's life.
class Bench {
public:
    Bench();

    ui::SessionController& controller() const { return *m_controller; }
    FakeEngine& engine() { return *m_engine; }

    /// Posts and lets the GUI thread take it.
    template <class What> void post(What what) { post(m_engine->lastRun(), std::move(what)); }
    template <class What> void post(RunId run, What what)
    {
        m_controller->post(Event{run, std::move(what)});
        deliver();
    }
    void finish(std::optional<Error> error = {}, std::string reason = {});
    void deliver();

    /// Opens a session on the built-in `architecture` with `iterations` finished ones.
    void openSession(const std::string& architecture = "resnet20", int iterations = 0);
    /// The contest after iteration `parent`: a layer and 10 filters of the first group.
    std::vector<Candidate> contest(bool compared, std::int64_t parent = 0) const;
    static LatencyComparison latency(double reference, double network); ///< seconds
    LayersMeasured layersMeasured() const; ///< of the network on the bench
    EpochFinished epoch(std::size_t candidate, bool brief, std::int64_t number) const;
    Iteration iteration(std::int64_t id, std::int64_t parent) const;

    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const Structures> structures;

private:
    FakeEngine* m_engine = nullptr;
    std::unique_ptr<ui::SessionController> m_controller;
};

std::shared_ptr<const Graph> builtInGraph(const std::string& architecture);

/// The window's dark theme.
QPalette darkPalette();

} // namespace espalier::test
