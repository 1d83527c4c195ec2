#include <filesystem>
#include <fstream>
#include <limits>
#include <random>

#include <QTemporaryDir>
#include <QTest>

#include "session/experiment.h"
#include "support/shared_data.h"

namespace fs = std::filesystem;
using namespace espalier;

namespace {

constexpr auto required = "model: net.pt\ndata: cifar10:cifar\n";

Result<Experiment> parsed(const std::string& text)
{
    return parseExperiment(text, "test.yaml", "/exp");
}

/// A preset with the two settings that presets leave open.
Experiment complete(const std::string& preset)
{
    auto experiment = presetExperiment(preset).value();
    experiment.model = "/models/net.pt";
    experiment.data = {DataSpec::Format::Cifar10, "/data/cifar"};
    return experiment;
}

/// Every setting drawn at random from its possible values.
class RandomExperiment {
public:
    explicit RandomExperiment(std::uint64_t seed)
        : m_random(seed)
    {
    }

    Experiment draw()
    {
        Experiment e;
        e.model = "/" + path();
        e.architecture = optional([&] { return std::string("resnet20"); });
        e.restoreBatchNorm = flag();
        e.input = optional([&] { return Shape{whole(1, 9), whole(1, 300), whole(1, 300)}; });
        e.data = {.format =
                      pick(DataSpec::Format::Cifar10, DataSpec::Format::Cifar100,
                           DataSpec::Format::Idx, DataSpec::Format::Folder, DataSpec::Format::Npy),
                  .directory = "/" + path(),
                  .classes = classes(),
                  .mappedOnly = flag(),
                  .resize = optional([&] { return whole(1, 65536); })};
        e.normalisation = optional([&] { return normalisation(); });
        e.splits = {.calibration = whole(4, 5000),
                    .validation = flag() ? atMost(whole(1, 5000)) : SplitSize(whole(1, 5000)),
                    .train = optional([&] { return whole(1, 50000); }),
                    .seed = m_random()};
        e.pruning = pruning();
        e.briefEpochs = whole(0, 20);
        e.training = training();
        e.latencyBatch = whole(0, 1024);
        e.stop = {.iterations = optional([&] { return whole(1, 100); }),
                  .macsRemoved = optional([&] { return real(); }),
                  .minAccuracy = optional([&] { return real(); })};
        e.seed = m_random();
        e.device = pick(DeviceSpec{}, DeviceSpec{DeviceSpec::Kind::Cpu, 0},
                        DeviceSpec{DeviceSpec::Kind::Cuda, 3});
        e.threads = static_cast<int>(whole(0, 64));
        e.training.precision = pick(Precision::Float32, Precision::Tf32, Precision::BFloat16);
        return e;
    }

private:
    std::int64_t whole(std::int64_t low, std::int64_t high)
    {
        return std::uniform_int_distribution(low, high)(m_random);
    }
    /// In (0, 1), over many magnitudes: each must survive as the same double.
    double real()
    {
        return std::ldexp(std::uniform_real_distribution(0.5, 1.0)(m_random),
                          static_cast<int>(whole(-60, 0)));
    }
    bool flag() { return whole(0, 1) == 1; }
    template <class T, class... More> T pick(T first, More... more)
    {
        const std::vector<T> all{first, more...};
        return all[static_cast<std::size_t>(whole(0, std::ssize(all) - 1))];
    }
    template <class Make> auto optional(const Make& make) -> std::optional<decltype(make())>
    {
        return flag() ? std::optional(make()) : std::nullopt;
    }
    /// Names that YAML would take for something else unless they are written with care.
    std::string path()
    {
        return pick<std::string>("net.pt", "my net: v2 #3.pt", "null", "'q'\"d\"\\b",
                                 "tab\tnew\nline", "Maß/モデル/\xf0\x9f\x8c\xb3.pt", "- [a, b]",
                                 " blank ", "*a&b!c%d@e`", "\x01\x7f", "1e3");
    }
    ClassMap classes()
    {
        return pick<ClassMap>(std::monostate(), std::vector<std::int64_t>{whole(0, 9), 217},
                              std::map<std::string, std::int64_t>{{path(), whole(0, 9)}, {"b", 3}},
                              std::vector<std::int64_t>(), fs::path("/" + path()));
    }
    Normalisation normalisation()
    {
        if (flag())
            return {.kind = Normalisation::Kind::PixelMean, .mean = {}, .deviation = {}};
        return {.mean = {-real(), 0.0, real()}, .deviation = {real(), 1.0, real()}};
    }
    PruningSettings pruning()
    {
        PruningSettings p;
        p.contest = pick(Contest::Cka, Contest::Coin, Contest::LayersOnly, Contest::FiltersOnly);
        p.criterion = pick(Criterion::L1, Criterion::L2, Criterion::Random, Criterion::Kl);
        p.criterionImages = whole(1, 50000);
        p.budget = pick(Budget::Filters, Budget::Macs, Budget::Params);
        p.filterRule = pick(FilterRule::FirstOfBlock, FilterRule::All);
        p.minBlocksPerStage = whole(1, 9);
        p.keepFirstBlockOfStage = flag();
        p.minFilters = whole(1, 16);
        p.similarity = pick(CkaKind::Linear, CkaKind::Debiased, CkaKind::Minibatch);
        p.similaritySplit = pick(Split::Train, Split::Calibration, Split::Validation, Split::Test);
        p.similarityImages = whole(4, 10000);
        for (auto count = whole(0, 3); count > 0; --count)
            p.locked.push_back(path());
        return p;
    }
    TrainSettings training()
    {
        TrainSettings t;
        t.epochs = whole(0, 300);
        t.copiesPerEpoch = whole(1, 5);
        t.batchSize = whole(1, 1024);
        t.learningRate = real() * 100.0;
        t.momentum = real();
        t.nesterov = flag();
        t.weightDecay = flag() ? 0.0 : real();
        t.decayNorm = flag();
        t.schedule = pick(Schedule::Steps, Schedule::Cosine);
        t.milestones =
            flag() ? std::vector<std::int64_t>{} : std::vector{whole(1, 9), whole(10, 99)};
        t.gamma = real();
        t.warmupEpochs = whole(0, t.epochs);
        t.labelSmoothing = real();
        t.augment = {.cropPadding = whole(0, 8), .flip = flag(), .cropScale = real()};
        return t;
    }

    std::mt19937_64 m_random;
};

} // namespace

class ExperimentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatATypicalFileSays();
    void takesAPresetFirstAndTheOtherKeysOverIt();
    void takesRelativePathsFromTheFilesFolder();
    void survivesWritingAndReading_data();
    void survivesWritingAndReading();
    void randomSettingsSurviveWritingAndReading();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void refusesHostileFiles_data();
    void refusesHostileFiles();
    void checksExperimentsMadeInTheWindow_data();
    void checksExperimentsMadeInTheWindow();
    void paperPresetIsTheAuthorsSetting();
    void quickPresetFitsItsTime();
    void unknownPresetNamesTheKnownOnes();
    void readsARecipe();
    void refusesARecipeOfAnUnknownArchitecture();
    void exampleFileNamesEverySetting();
};

void ExperimentTest::readsWhatATypicalFileSays()
{
    const auto experiment = parsed(R"(
model: /models/net.pt
input: 3x32x32
data: cifar100:/data/cifar
mean: [0.4914, 0.4822, 0.4465]
std: [0.247, 0.243, 0.261]
device: cuda:1
seed: 18446744073709551615
splits: {calibration: 500, validation: at most 600, train: 7000, seed: 3}
pruning:
  contest: coin
  criterion: l2
  budget: macs
  filter_rule: all
  similarity: debiased
  similarity_split: test
  locked: [layer1.0, "layer2.1.conv1"]
fine_tuning:
  brief_epochs: 3
  schedule: cosine
  milestones: []
  label_smoothing: 0.1
stop:
  macs_removed: 0.5
)");
    QVERIFY2(experiment, experiment ? "" : experiment.error().message.c_str());
    QCOMPARE(experiment->model.string(), "/models/net.pt");
    QCOMPARE(*experiment->input, (Shape{3, 32, 32}));
    QVERIFY((experiment->data == DataSpec{DataSpec::Format::Cifar100, "/data/cifar"}));
    QCOMPARE(experiment->normalisation->deviation, (std::vector{0.247, 0.243, 0.261}));
    QCOMPARE(experiment->device.text(), "cuda:1");
    QCOMPARE(experiment->seed, std::numeric_limits<std::uint64_t>::max());
    QVERIFY(experiment->splits.calibration == SplitSize(500));
    QVERIFY(experiment->splits.validation == atMost(600));
    QCOMPARE(*experiment->splits.train, 7000);
    QCOMPARE(experiment->pruning.contest, Contest::Coin);
    QCOMPARE(experiment->pruning.criterion, Criterion::L2);
    QCOMPARE(experiment->pruning.budget, Budget::Macs);
    QCOMPARE(experiment->pruning.filterRule, FilterRule::All);
    QCOMPARE(experiment->pruning.similarity, CkaKind::Debiased);
    QCOMPARE(experiment->pruning.similaritySplit, Split::Test);
    QCOMPARE(experiment->pruning.locked, (std::vector<std::string>{"layer1.0", "layer2.1.conv1"}));
    QCOMPARE(experiment->briefEpochs, 3);
    QCOMPARE(experiment->training.schedule, Schedule::Cosine);
    QCOMPARE(experiment->training.labelSmoothing, 0.1);
    QCOMPARE(*experiment->stop.macsRemoved, 0.5);
    QVERIFY(!experiment->stop.iterations);
    // What the file does not say keeps its default.
    QCOMPARE(experiment->training.batchSize, Experiment{}.training.batchSize);
}

void ExperimentTest::takesAPresetFirstAndTheOtherKeysOverIt()
{
    // `preset` counts first wherever it stands; null takes a limit of the preset away.
    const auto experiment = parsed(
        std::string(required) + "splits: {train: null}\nfine_tuning: {epochs: 7}\npreset: quick\n");
    QVERIFY2(experiment, experiment ? "" : experiment.error().message.c_str());
    const auto quick = presetExperiment("quick").value();
    QVERIFY(quick.splits.train.has_value());
    QVERIFY(!experiment->splits.train);
    QCOMPARE(experiment->training.epochs, 7);
    QCOMPARE(experiment->briefEpochs, quick.briefEpochs);
    QVERIFY(experiment->pruning == quick.pruning);
    QVERIFY(experiment->stop == quick.stop);
}

void ExperimentTest::takesRelativePathsFromTheFilesFolder()
{
    const auto experiment = parsed("model: ../nets/a.pt\ndata: cifar10:~/cifar\n");
    QVERIFY(experiment);
    QCOMPARE(experiment->model.string(), "/exp/../nets/a.pt");
    QCOMPARE(experiment->data.directory.string(), "/exp/~/cifar");

    QTemporaryDir folder;
    const fs::path file = fs::path(folder.path().toStdString()) / "run.yaml";
    std::ofstream(file) << required;
    const auto loaded = loadExperiment(file);
    QVERIFY(loaded);
    QCOMPARE(loaded->model, file.parent_path() / "net.pt");
    QCOMPARE(loaded->data.directory, file.parent_path() / "cifar");
}

void ExperimentTest::survivesWritingAndReading_data()
{
    QTest::addColumn<QString>("preset");
    QTest::newRow("paper") << "paper";
    QTest::newRow("quick") << "quick";
}

void ExperimentTest::survivesWritingAndReading()
{
    QFETCH(QString, preset);
    const auto experiment = complete(preset.toStdString());
    const auto again = parsed(experimentText(experiment));
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY(*again == experiment);
}

void ExperimentTest::randomSettingsSurviveWritingAndReading()
{
    RandomExperiment random(20260101);
    for (int i = 0; i < 1000; ++i) {
        const auto experiment = random.draw();
        const auto checked = checkExperiment(experiment);
        QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
        const auto text = experimentText(experiment);
        const auto again = parsed(text);
        QVERIFY2(again, (again ? "" : again.error().message + "\n" + text).c_str());
        QVERIFY2(*again == experiment, text.c_str());
        QCOMPARE(experimentText(*again), text);
    }
}

void ExperimentTest::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArrayList>("words"); ///< that the message must hold
    const auto row = [](const char* name, const char* text, ErrorCode code, QByteArrayList words) {
        QTest::newRow(name) << QByteArray(text) << static_cast<int>(code) << (words << "test.yaml");
    };
    using enum ErrorCode;
    row("unknown key", "mode: net.pt", BadFormat, {"line 1", "'mode'", "'model'"});
    row("unknown key in a section", "pruning:\n  buget: macs", BadFormat,
        {"line 2", "'pruning.buget'", "'budget'"});
    row("key of another section", "epochs: 3", BadFormat, {"line 1", "'epochs'", "fine_tuning"});
    row("key twice", "seed: 1\ndevice: cpu\nseed: 2", BadFormat, {"line 3", "'seed'", "line 1"});
    row("section twice", "stop: {}\nstop: {}", BadFormat, {"line 2", "'stop'"});
    row("word for a number", "seed: many", BadFormat, {"line 1", "'seed'", "'many'"});
    row("text for a number", "threads: \"2\"", BadFormat, {"line 1", "'threads'", "whole number"});
    row("fraction for a whole number", "fine_tuning: {epochs: 1.5}", BadFormat,
        {"'fine_tuning.epochs'", "1.5"});
    row("number too large", "fine_tuning: {epochs: 99999999999999999999}", BadFormat,
        {"'fine_tuning.epochs'"});
    row("negative seed", "seed: -1", BadFormat, {"'seed'", "-1"});
    row("word for a flag", "fine_tuning: {nesterov: yes}", BadFormat,
        {"'fine_tuning.nesterov'", "true or false"});
    row("list for a number", "seed: [1]", BadFormat, {"'seed'", "list"});
    row("number for a section", "pruning: 3", BadFormat, {"'pruning'", "section"});
    row("number for a list", "fine_tuning: {milestones: 3}", BadFormat,
        {"'fine_tuning.milestones'"});
    row("nothing for a number", "seed:", BadFormat, {"'seed'", "empty"});
    row("unknown word", "pruning: {contest: duel}", BadFormat,
        {"'pruning.contest'", "duel", "coin"});
    row("unknown criterion", "pruning: {criterion: l7}", InvalidArgument,
        {"'pruning.criterion'", "l7"});
    row("unknown precision", "precision: float16", InvalidArgument,
        {"line 1", "'precision'", "float16", "bfloat16"});
    row("unknown split", "pruning: {similarity_split: tets}", InvalidArgument,
        {"'pruning.similarity_split'", "tets"});
    row("unknown device", "device: tpu", InvalidArgument, {"line 1", "'device'", "tpu"});
    row("unknown preset", "preset: papre", InvalidArgument, {"'preset'", "paper", "quick"});
    row("unknown data format", "data: webp:x", InvalidArgument, {"'data'", "webp"});
    row("bad shape", "input: 3x0x32", InvalidArgument, {"'input'", "3x0x32"});
    row("no blocks left", "pruning: {min_blocks_per_stage: 0}", InvalidArgument,
        {"'pruning.min_blocks_per_stage'", "at least 1", "0"});
    row("no learning", "fine_tuning: {learning_rate: 0}", InvalidArgument,
        {"'fine_tuning.learning_rate'", "greater than 0"});
    row("infinite rate", "fine_tuning: {learning_rate: inf}", InvalidArgument,
        {"'fine_tuning.learning_rate'"});
    row("rate that is no number", "fine_tuning: {gamma: nan}", InvalidArgument,
        {"'fine_tuning.gamma'"});
    row("more than everything", "stop:\n  iterations: 3\n  macs_removed: 50", InvalidArgument,
        {"line 3", "'stop.macs_removed'", "from 0 to 1", "50"});
    row("half an image", "latency: {batch: 0.5}", BadFormat, {"'latency.batch'"});
    row("too many images", "latency: {batch: 2000}", InvalidArgument,
        {"'latency.batch'", "from 0 to 1024"});
    row("no iteration", "stop: {iterations: 0}", InvalidArgument, {"'stop.iterations'"});
    row("no model", "data: cifar10:x", InvalidArgument, {"'model'", "missing"});
    row("no data", "model: net.pt", InvalidArgument, {"'data'", "missing"});
    row("empty model", "model: ''\ndata: cifar10:x", InvalidArgument, {"line 1", "'model'"});
    const QByteArray whole(required);
    row("mean without deviation", whole + "mean: [0.5, 0.5, 0.5]", InvalidArgument,
        {"line 3", "'mean'", "std"});
    row("deviation without mean", whole + "std: [0.5]", InvalidArgument, {"line 3", "'std'"});
    row("mean and deviation of unequal length", whole + "mean: [0.5, 0.5]\nstd: [1]",
        InvalidArgument, {"line 4", "'std'"});
    row("deviation of nought", whole + "mean: [0]\nstd: [0]", InvalidArgument,
        {"'std'", "greater than 0"});
    row("pixel mean with deviation", whole + "mean: pixel\nstd: [1]", InvalidArgument,
        {"line 4", "'std'"});
    row("mean of another kind", whole + "mean: average", BadFormat, {"line 3", "'mean'", "pixel"});
    row("milestones out of order", whole + "fine_tuning: {milestones: [150, 100]}", InvalidArgument,
        {"line 3", "'fine_tuning.milestones'"});
    row("warm-up longer than training", whole + "fine_tuning: {epochs: 2, warmup_epochs: 3}",
        InvalidArgument, {"'fine_tuning.warmup_epochs'"});
    row("nothing to judge by", whole + "splits: {validation: 0}", InvalidArgument,
        {"line 3", "'splits.validation'"});
    row("nothing to compare on", whole + "splits: {calibration: 0}", InvalidArgument,
        {"'splits.calibration'"});
    row("a size in other words", "splits: {validation: about 100}", BadFormat,
        {"'splits.validation'", "'at most'", "about 100"});
    row("at most nothing", whole + "splits: {validation: at most 0}", InvalidArgument,
        {"line 3", "'splits.validation'"});
    row("at most less than nothing", whole + "splits: {calibration: at most -5}", InvalidArgument,
        {"line 3", "'splits.calibration'", "-5"});
    row("the first of two mistakes", "seed: x\npruning: {buget: 1}", BadFormat,
        {"line 1", "'seed'"});
}

void ExperimentTest::refusesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QByteArrayList, words);
    const auto experiment = parsed(text.toStdString());
    QVERIFY(!experiment);
    const auto message = QByteArray::fromStdString(experiment.error().message);
    QVERIFY2(static_cast<int>(experiment.error().code) == code, message);
    for (const auto& word : words)
        QVERIFY2(message.contains(word), message + " lacks " + word);
}

void ExperimentTest::refusesHostileFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not YAML") << QByteArray("model: [unclosed");
    QTest::newRow("tab as indentation") << QByteArray("stop:\n\titerations: 3");
    QTest::newRow("a list") << QByteArray("- a\n- b");
    QTest::newRow("a word") << QByteArray("hello");
    QTest::newRow("two documents") << QByteArray("model: a\n---\nmodel: b");
    QTest::newRow("tag") << QByteArray("seed: !!int 3");
    QTest::newRow("alias") << QByteArray("pruning: &a {}\nstop: *a");
    QTest::newRow("alias of itself") << QByteArray("pruning: &a [*a]");
    QTest::newRow("merge key") << QByteArray("a: &x {seed: 1}\n<<: *x");
    QTest::newRow("list as key") << QByteArray("[a, b]: 3");
    QTest::newRow("null as key") << QByteArray("~: 3");
    QTest::newRow("nested without end") << QByteArray("model: ") + QByteArray(100000, '[');
    QTest::newRow("maps without end") << QByteArray("{a: ").repeated(50000);
    QTest::newRow("binary") << QByteArray(
        "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\0\xff", 17);
    QTest::newRow("zip") << QByteArray("PK\x03\x04\0\0\0\0", 8);
}

void ExperimentTest::refusesHostileFiles()
{
    QFETCH(QByteArray, text);
    const auto experiment = parsed(text.toStdString());
    QVERIFY(!experiment);
    QCOMPARE(experiment.error().code, ErrorCode::BadFormat);
    QVERIFY(experiment.error().message.find("test.yaml") != std::string::npos);

    QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    QCOMPARE(loadExperiment(root / "absent.yaml").error().code, ErrorCode::NotFound);
    QCOMPARE(loadExperiment(root).error().code, ErrorCode::BadFormat);
    std::ofstream(root / "large.yaml") << std::string(2U << 20U, '#');
    QCOMPARE(loadExperiment(root / "large.yaml").error().code, ErrorCode::BadFormat);
}

void ExperimentTest::checksExperimentsMadeInTheWindow_data()
{
    QTest::addColumn<QString>("key");
    for (const auto* key :
         {"model", "input", "data", "splits.calibration", "pruning.min_filters",
          "fine_tuning.momentum", "stop.min_accuracy", "threads", "mean", "is not a UTF-8 path"})
        QTest::newRow(key) << key;
}

void ExperimentTest::checksExperimentsMadeInTheWindow()
{
    QFETCH(QString, key);
    auto experiment = complete("quick");
    QVERIFY(checkExperiment(experiment));
    const std::map<QString, std::function<void()>> mistakes{
        {"model", [&] { experiment.model.clear(); }},
        {"input",
         [&] {
             experiment.input = Shape{3, 0, 3};
         }},
        {"data", [&] { experiment.data.directory.clear(); }},
        {"splits.calibration", [&] { experiment.splits.calibration = -1; }},
        {"pruning.min_filters", [&] { experiment.pruning.minFilters = 0; }},
        {"fine_tuning.momentum", [&] { experiment.training.momentum = 1.5; }},
        {"stop.min_accuracy",
         [&] { experiment.stop.minAccuracy = std::numeric_limits<double>::quiet_NaN(); }},
        {"threads", [&] { experiment.threads = -1; }},
        {"is not a UTF-8 path", [&] { experiment.model = "/caf\xe9.pt"; }},
        {"mean", [&] { experiment.normalisation = Normalisation{}; }},
    };
    mistakes.at(key)();
    const auto status = checkExperiment(experiment);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(status.error().message).contains(key),
             status.error().message.c_str());
}

void ExperimentTest::paperPresetIsTheAuthorsSetting()
{
    const auto paper = presetExperiment("paper").value();
    QVERIFY(paper.model.empty());
    QCOMPARE(paper.pruning.criterion, Criterion::Kl);
    QCOMPARE(paper.pruning.criterionImages, 5000);
    QCOMPARE(paper.pruning.budget, Budget::Filters);
    QCOMPARE(paper.pruning.filterRule, FilterRule::FirstOfBlock);
    QCOMPARE(paper.pruning.minBlocksPerStage, 2);
    QVERIFY(paper.pruning.similaritySplit != Split::Test);
    QCOMPARE(paper.briefEpochs, 10);
    QCOMPARE(paper.training.epochs, 190);
    QCOMPARE(paper.training.copiesPerEpoch, 3);
    QCOMPARE(paper.training.milestones, (std::vector<std::int64_t>{100, 150}));
    QCOMPARE(paper.training.learningRate, 0.01);
    QCOMPARE(paper.training.weightDecay, 1e-4);
}

void ExperimentTest::quickPresetFitsItsTime()
{
    // ResNet-56 on two cores: images a second, measured.
    constexpr double training = 210.0;
    constexpr double forward = 880.0;
    const auto quick = presetExperiment("quick").value();
    QVERIFY(quick.splits.train);
    const auto trained =
        static_cast<double>(*quick.splits.train * (2 * quick.briefEpochs + quick.training.epochs));
    const auto looked = static_cast<double>(
        10 * std::max(quick.splits.validation.images, quick.splits.calibration.images) + 10'000);
    const auto iterations = static_cast<double>(quick.stop.iterations.value());
    QVERIFY(iterations >= 4.0);
    QVERIFY(iterations * (trained / training + looked / forward) < 15.0 * 60.0);
}

void ExperimentTest::unknownPresetNamesTheKnownOnes()
{
    const auto preset = presetExperiment("fast");
    QVERIFY(!preset);
    QCOMPARE(preset.error().code, ErrorCode::NotFound);
    QVERIFY(preset.error().message.find("paper, quick") != std::string::npos);
}

void ExperimentTest::readsARecipe()
{
    const auto recipe = parseRecipe(
        "architecture: resnet20\ndata: idx:fashion\nmean: pixel\nseed: 4\n"
        "splits: {calibration: 0, validation: 1000}\n"
        "training: {epochs: 30, schedule: cosine, learning_rate: 0.1, warmup_epochs: 1}\n",
        "test.yaml", "/exp");
    QVERIFY2(recipe, recipe ? "" : recipe.error().message.c_str());
    QCOMPARE(recipe->architecture, "resnet20");
    QCOMPARE(recipe->data.directory.string(), "/exp/fashion");
    QCOMPARE(recipe->normalisation->kind, Normalisation::Kind::PixelMean);
    QCOMPARE(recipe->training.epochs, 30);
    QCOMPARE(recipe->training.schedule, Schedule::Cosine);
    QCOMPARE(recipe->seed, 4U);
}

void ExperimentTest::refusesARecipeOfAnUnknownArchitecture()
{
    const auto unknown = parseRecipe("architecture: vgg\ndata: idx:x\n", "test.yaml", "/exp");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().message.find("resnet20") != std::string::npos);
    const auto brief = parseRecipe(
        "architecture: resnet20\ndata: idx:x\ntraining: {brief_epochs: 1}", "test.yaml", "/exp");
    QVERIFY(!brief);
    QVERIFY(brief.error().message.find("training.brief_epochs") != std::string::npos);
    const auto missing = parseRecipe("data: idx:x\n", "test.yaml", "/exp");
    QVERIFY(!missing);
    QVERIFY(missing.error().message.find("'architecture' is missing") != std::string::npos);
}

void ExperimentTest::exampleFileNamesEverySetting()
{
    const auto file = test::sourceFolder() / "resources" / "presets" / "example.yaml";
    const auto experiment = loadExperiment(file);
    QVERIFY2(experiment, experiment ? "" : experiment.error().message.c_str());
    std::ifstream stream(file);
    const std::string example{std::istreambuf_iterator<char>(stream), {}};
    std::istringstream lines(experimentText(*experiment));
    for (std::string line; std::getline(lines, line);) {
        const auto key = line.substr(0, line.find(':') + 1);
        QVERIFY2(example.find(key) != std::string::npos, key.c_str());
    }
}

QTEST_GUILESS_MAIN(ExperimentTest)
#include "tst_experiment.moc"
