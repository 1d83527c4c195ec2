#include "session/experiment_check_p.h"

#include "base/core_text.h"
#include "formats/model_file.h"
#include "network/runtime.h"
#include "training/evaluate.h"

namespace espalier {

namespace {

void append(std::vector<std::string>& notices, const std::vector<std::string>& more)
{
    notices.insert(notices.end(), more.begin(), more.end());
}

ExperimentChecked::Data factsOf(const Dataset& dataset, const DataView::All& data)
{
    return {.imageShape = dataset.imageShape(),
            .classes = dataset.classes(),
            .train = data.train.count(),
            .calibration = data.calibration.count(),
            .validation = data.validation.count(),
            .test = data.test.count()};
}

} // namespace

Result<Dataset> ExperimentCheck::load(const DataSpec& spec, const Shape& input,
                                      const JobContext& job)
{
    if (m_loaded && m_loaded->spec == spec && m_loaded->input == input)
        return m_loaded->data;
    m_loaded.reset(); // two data sets need not fit into memory
    auto dataset = Dataset::load(spec, input, job.progress, job.stop);
    if (dataset)
        m_loaded = Loaded{spec, input, *dataset};
    return dataset;
}

Result<std::string> ExperimentCheck::run(const Experiment& experiment, const JobContext& job)
{
    prepareThread(experiment.threads);
    const auto model = importModel(experiment.model, experiment.input,
                                   experiment.architecture.value_or(std::string()));
    if (!model)
        return fail(model.error());
    ExperimentChecked known;
    known.graph = model->sharedGraph();
    known.structures = std::make_shared<const Structures>(findStructures(model->graph()));
    known.notices = model->metadata().notices;
    job.emit(known);
    if (experiment.data.directory.empty())
        return CoreText::tr("the model can be read");

    if (auto ok = checkExperiment(experiment); !ok)
        return fail(ok.error());
    const auto device = resolveDevice(experiment.device);
    if (!device)
        return fail(device.error());
    const auto precision = experiment.training.precision;
    if (auto works = checkPrecision(precision, *device); !works)
        return fail(works.error());
    const auto dataset = load(experiment.data, model->graph().inputShape(), job);
    if (!dataset)
        return fail(dataset.error());
    const auto normalisation =
        experiment.normalisation.value_or(dataset->defaultNormalisation(model->metadata()));
    const auto data = DataView::makeAll(*dataset, normalisation, experiment.splits, *device);
    if (!data)
        return fail(data.error());
    append(known.notices, dataset->notices());
    if (auto notice = precisionNotice(precision, *device))
        known.notices.push_back(*std::move(notice));
    if (auto notice = unmappedNotice(*model, data->validation))
        known.notices.push_back(*std::move(notice));
    known.data = factsOf(*dataset, *data);
    job.emit(known);
    if (auto fits = checkFits(*model, data->validation); !fits)
        return fail(fits.error());

    const auto network = onDevice(*model, *device);
    if (!network)
        return fail(network.error());
    const auto validation = evaluate(*network, data->validation, job.progress, job.stop, precision);
    if (!validation)
        return fail(validation.error());
    known.accuracy = validation->accuracy;
    job.emit(known);
    return CoreText::tr("the experiment can begin");
}

} // namespace espalier
