#include "windows/assistant/model_page.h"

#include <algorithm>

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>

#include "graph/describe.h"
#include "style/text.h"
#include "windows/path_edit.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

/// "9 layers, 336 filters and 8 heads".
QString partsText(const Structures& structures)
{
    std::int64_t units[4] = {};
    units[static_cast<int>(StructureKind::Layer)] =
        static_cast<std::int64_t>(structures.layers.size());
    for (const auto& group : structures.filters)
        units[static_cast<int>(group.kind)] += static_cast<std::int64_t>(group.channels.size());
    const auto count = [&](StructureKind kind) { return static_cast<int>(units[int(kind)]); };
    QStringList parts;
    if (const int n = count(StructureKind::Layer))
        parts << ModelPage::tr("%n layer(s)", nullptr, n);
    if (const int n = count(StructureKind::Filter))
        parts << ModelPage::tr("%n filter(s)", nullptr, n);
    if (const int n = count(StructureKind::Head))
        parts << ModelPage::tr("%n attention head(s)", nullptr, n);
    if (const int n = count(StructureKind::Neuron))
        parts << ModelPage::tr("%n neuron(s)", nullptr, n);
    if (parts.size() < 2)
        return parts.join(QString());
    const QString last = parts.takeLast();
    return ModelPage::tr("%1 and %2", "the last two of a list").arg(parts.join(", "), last);
}

} // namespace

ModelPage::ModelPage(QWidget* parent)
    : AssistantPage(parent)
    , m_model(new PathEdit(
          PathEdit::Kind::ExistingFile, tr("Model file"),
          tr("Models (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;All files (*)"), this))
    , m_input(new QLineEdit(this))
    , m_batchNorm(new QCheckBox(tr("P&ut batch norm back where it was folded"), this))
{
    m_model->setObjectName(QStringLiteral("assistantModel"));
    m_input->setObjectName(QStringLiteral("assistantInput"));
    m_input->setPlaceholderText(tr("from the file; else like 3x32x32"));
    m_input->setAccessibleName(tr("Input shape: channels x height x width"));
    m_input->setToolTip(tr("Channels x height x width of one image, for files that do not tell"));
    m_batchNorm->setObjectName(QStringLiteral("assistantBatchNorm"));
    m_batchNorm->setToolTip(tr("Many exporters fold batch norm into the convolutions before it. "
                               "Put back as an identity, it changes no output and helps "
                               "fine-tuning."));
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Model file"), m_model);
    form->addRow(tr("&Input shape"), m_input);
    form->addRow(QString(), m_batchNorm);
    connect(m_model, &PathEdit::changed, this, &AssistantPage::changed);
    connect(m_input, &QLineEdit::textChanged, this, &AssistantPage::changed);
    connect(m_batchNorm, &QCheckBox::toggled, this, &AssistantPage::changed);
}

fs::path ModelPage::model() const
{
    return m_model->path();
}

QString ModelPage::title() const
{
    return tr("Model");
}

QString ModelPage::explanation() const
{
    return tr("The trained network to prune: TorchScript, torch.export, ONNX, or the weights of a "
              "known architecture.");
}

bool ModelPage::isBlank() const
{
    return m_model->path().empty();
}

Status ModelPage::write(Experiment& experiment) const
{
    const auto missing = [](const QString& text) {
        return fail(ErrorCode::NotFound, text.toStdString());
    };
    std::error_code error;
    const auto file = m_model->path();
    if (file.empty())
        return missing(tr("Choose the model to prune."));
    if (!fs::is_regular_file(file, error))
        return missing(tr("There is no model file %1.").arg(toText(file)));
    experiment.model = file;
    experiment.restoreBatchNorm = m_batchNorm->isChecked();
    experiment.input.reset();
    if (const auto text = m_input->text().trimmed(); !text.isEmpty()) {
        auto shape = parseShape(text.toStdString());
        if (!shape)
            return fail(shape.error());
        experiment.input = *shape;
    }
    return {};
}

void ModelPage::read(const Experiment& experiment)
{
    m_model->setPath(experiment.model);
    m_batchNorm->setChecked(experiment.restoreBatchNorm);
    m_input->setText(experiment.input ? toText(espalier::shapeText(*experiment.input)) : QString());
}

QString ModelPage::findings(const ExperimentChecked& known) const
{
    if (!known.graph)
        return {};
    const auto& graph = *known.graph;
    QStringList lines;
    lines << tr("Images of %1 go in, %2 come out; %3 MACs, %4 parameters.")
                 .arg(shapeText(graph.inputShape()),
                      graph.outputShape().size() == 1
                          ? tr("%n output(s)", nullptr, static_cast<int>(graph.outputShape()[0]))
                          : shapeText(graph.outputShape()),
                      shortCountText(graph.macs()), shortCountText(graph.params()));
    const auto& structures = *known.structures;
    const QString parts = partsText(structures);
    lines << (parts.isEmpty() ? tr("Nothing in it can be pruned.")
                              : tr("%1 can be pruned.").arg(parts));
    if (const auto& kept = structures.notPrunable; !kept.empty())
        lines << tr("%n part(s) must stay, such as %1: %2", nullptr, static_cast<int>(kept.size()))
                     .arg(toText(kept.front().name), toText(kept.front().reason));
    return lines.join(QLatin1Char('\n'));
}

} // namespace espalier::ui
