#include "windows/assistant/data_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include "graph/describe.h"
#include "style/text.h"
#include "windows/assistant/data_folder.h"
#include "windows/assistant/normalisation_text.h"
#include "windows/path_edit.h"

namespace fs = std::filesystem;

namespace espalier::ui {

namespace {

QString formatName(DataSpec::Format format)
{
    switch (format) {
    case DataSpec::Format::Cifar10:
        return DataPage::tr("CIFAR-10 (binary)");
    case DataSpec::Format::Cifar100:
        return DataPage::tr("CIFAR-100 (binary)");
    case DataSpec::Format::Idx:
        return DataPage::tr("IDX (MNIST and the like)");
    case DataSpec::Format::Folder:
        return DataPage::tr("Pictures in class folders");
    case DataSpec::Format::Npy:
        return DataPage::tr("NumPy arrays");
    }
    return {};
}

/// The first few, then how many more.
QString classNamesText(const std::vector<std::string>& classes)
{
    constexpr std::size_t shown = 6;
    QStringList names;
    for (std::size_t i = 0; i < std::min(shown, classes.size()); ++i)
        names << toText(classes[i]);
    if (classes.size() > shown)
        names << QStringLiteral("…");
    return names.join(QStringLiteral(", "));
}

/// A number that was not touched stays what it was, perhaps a default that gives way.
SplitSize sizeOf(const QSpinBox& box, const SplitSize& given)
{
    return box.value() == given.images ? given : SplitSize(box.value());
}

} // namespace

DataPage::DataPage(QWidget* parent)
    : AssistantPage(parent)
    , m_folder(new PathEdit(PathEdit::Kind::Directory, tr("Folder of the data"), {}, this))
    , m_format(new QComboBox(this))
    , m_classes(new QLineEdit(this))
    , m_mappedOnly(new QCheckBox(tr("A&ccuracy counts these outputs only"), this))
    , m_resize(new QSpinBox(this))
    , m_normalisation(new QLineEdit(this))
    , m_calibration(new QSpinBox(this))
    , m_validation(new QSpinBox(this))
{
    addFields();
    connect(m_folder, &PathEdit::changed, this, &DataPage::guess);
    connect(m_folder, &PathEdit::changed, this, &AssistantPage::changed);
    connect(m_format, &QComboBox::currentIndexChanged, this, &AssistantPage::changed);
    for (auto* line : {m_classes, m_normalisation})
        connect(line, &QLineEdit::textChanged, this, &AssistantPage::changed);
    connect(m_mappedOnly, &QCheckBox::toggled, this, &AssistantPage::changed);
    for (auto* box : {m_resize, m_calibration, m_validation})
        connect(box, &QSpinBox::valueChanged, this, &AssistantPage::changed);
}

void DataPage::addFields()
{
    m_folder->setObjectName(QStringLiteral("assistantData"));
    m_format->setObjectName(QStringLiteral("assistantFormat"));
    m_format->setAccessibleName(tr("Kind of data"));
    for (const auto format :
         {DataSpec::Format::Cifar10, DataSpec::Format::Cifar100, DataSpec::Format::Idx,
          DataSpec::Format::Folder, DataSpec::Format::Npy})
        m_format->addItem(formatName(format), static_cast<int>(format));
    m_classes->setObjectName(QStringLiteral("assistantClasses"));
    m_classes->setPlaceholderText(tr("0, 1, 2 and so on; else like 0,217,482 or a text file"));
    m_classes->setAccessibleName(tr("Outputs of the classes"));
    m_classes->setToolTip(tr("Which output of the network each class of the data is, where they "
                             "do not number alike"));
    m_mappedOnly->setObjectName(QStringLiteral("assistantMappedOnly"));
    m_mappedOnly->setToolTip(tr("For a network with more outputs than the data has classes: the "
                                "others cannot be answers"));
    m_resize->setObjectName(QStringLiteral("assistantResize"));
    m_resize->setAccessibleName(tr("Shorter side that pictures are resized to, before the crop"));
    m_resize->setToolTip(m_resize->accessibleName());
    m_resize->setRange(0, 65536);
    m_resize->setSingleStep(32);
    m_resize->setSpecialValueText(tr("as large as the network's input"));
    m_resize->setSuffix(tr(" pixels, then cropped"));
    m_resize->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_normalisation->setObjectName(QStringLiteral("assistantNormalisation"));
    m_normalisation->setPlaceholderText(tr("the model's own, else the usual one"));
    m_normalisation->setAccessibleName(tr("Normalisation"));
    m_normalisation->setToolTip(tr("How the model was trained to see its pixels: “pixel” for the "
                                   "mean image, or means / deviations of the channels"));
    for (auto* box : {m_calibration, m_validation}) {
        box->setRange(1, 1'000'000);
        box->setSingleStep(100);
    }
    m_calibration->setObjectName(QStringLiteral("assistantCalibration"));
    m_calibration->setAccessibleName(tr("Images that candidates are compared on"));
    m_calibration->setToolTip(m_calibration->accessibleName());
    m_calibration->setSuffix(tr(" to compare candidates"));
    m_validation->setObjectName(QStringLiteral("assistantValidation"));
    m_validation->setAccessibleName(tr("Images that accuracy is measured on"));
    m_validation->setToolTip(m_validation->accessibleName());
    m_validation->setSuffix(tr(" to measure accuracy"));
    auto* heldOut = new QHBoxLayout;
    heldOut->addWidget(m_calibration);
    heldOut->addWidget(m_validation);
    heldOut->addStretch();
    auto* heldOutLabel = new QLabel(tr("&Held-out images"), this);
    heldOutLabel->setBuddy(m_calibration);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Folder"), m_folder);
    form->addRow(tr("&Kind"), m_format);
    form->addRow(tr("&Outputs of the classes"), m_classes);
    form->addRow(QString(), m_mappedOnly);
    form->addRow(tr("Resi&ze to"), m_resize);
    form->addRow(tr("Nor&malisation"), m_normalisation);
    form->addRow(heldOutLabel, heldOut);
}

QString DataPage::title() const
{
    return tr("Data");
}

QString DataPage::explanation() const
{
    return tr("The images the model was trained on. Parts are held out of the training images, so "
              "that no decision looks at the test images.");
}

void DataPage::guess()
{
    if (const auto format = guessFormat(m_folder->path()))
        m_format->setCurrentIndex(m_format->findData(static_cast<int>(*format)));
}

bool DataPage::isBlank() const
{
    return m_folder->path().empty();
}

Status DataPage::write(Experiment& experiment) const
{
    const auto missing = [](const QString& text) {
        return fail(ErrorCode::NotFound, text.toStdString());
    };
    const auto folder = m_folder->path();
    std::error_code error;
    if (folder.empty())
        return missing(tr("Choose the folder of the data the model was trained on."));
    if (!fs::is_directory(folder, error))
        return missing(tr("There is no folder %1.").arg(toText(folder)));
    DataSpec spec;
    spec.format = static_cast<DataSpec::Format>(m_format->currentData().toInt());
    spec.directory = folder;
    if (const auto text = m_classes->text().trimmed(); !text.isEmpty()) {
        auto classes = parseClassMap(text.toStdString());
        if (!classes)
            return fail(classes.error());
        spec.classes = *std::move(classes);
    }
    spec.mappedOnly = m_mappedOnly->isChecked();
    spec.resize.reset();
    if (m_resize->value() > 0)
        spec.resize = m_resize->value();
    const auto normalisation = parseNormalisation(m_normalisation->text());
    if (!normalisation)
        return fail(normalisation.error());
    experiment.data = std::move(spec);
    experiment.normalisation = *normalisation;
    experiment.splits.calibration = sizeOf(*m_calibration, m_splits.calibration);
    experiment.splits.validation = sizeOf(*m_validation, m_splits.validation);
    return {};
}

void DataPage::read(const Experiment& experiment)
{
    m_folder->setPath(experiment.data.directory);
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(experiment.data.format)));
    m_classes->setText(toText(classMapText(experiment.data.classes)));
    m_mappedOnly->setChecked(experiment.data.mappedOnly);
    m_resize->setValue(static_cast<int>(experiment.data.resize.value_or(0)));
    m_normalisation->setText(normalisationText(experiment.normalisation));
    setSplits(experiment.splits);
}

void DataPage::setSplits(const SplitSettings& splits)
{
    m_splits = splits;
    m_calibration->setValue(static_cast<int>(splits.calibration.images));
    m_validation->setValue(static_cast<int>(splits.validation.images));
}

QString DataPage::findings(const ExperimentChecked& known) const
{
    if (!known.data)
        return {};
    const auto& facts = *known.data;
    const int classes = static_cast<int>(facts.classes.size());
    return tr("Images of %1 in %n class(es): %2", nullptr, classes)
               .arg(shapeText(facts.imageShape), classNamesText(facts.classes))
        + QLatin1Char('\n')
        + tr("%1 to fine-tune with, %2 to compare candidates, %3 to measure accuracy, %4 to test.")
              .arg(countText(facts.train), countText(facts.calibration),
                   countText(facts.validation), countText(facts.test));
}

} // namespace espalier::ui
