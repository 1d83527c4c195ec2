#pragma once

#include <optional>
#include <string>

#include "data/dataset.h"
#include "session/experiment.h"
#include "session/session_p.h"

namespace espalier {

/// Looks at an experiment before a session is made of it, and keeps the data set it has read: the
/// next look mostly has another setting, not other data. Lives on the engine's thread.
class ExperimentCheck {
public:
    /// Emits ExperimentChecked each time more is known: the model, the data (unless the experiment
    /// names none yet), the accuracy. Returns that it can begin, in words. Errors: those of
    /// createSession().
    Result<std::string> run(const Experiment& experiment, const JobContext& job);

private:
    Result<Dataset> load(const DataSpec& spec, const Shape& input, const JobContext& job);

    struct Loaded {
        DataSpec spec;
        Shape input;
        Dataset data;
    };
    std::optional<Loaded> m_loaded;
};

} // namespace espalier
