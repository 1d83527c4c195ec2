#include "windows/device_edit.h"

#include "style/text.h"

namespace espalier::ui {

DeviceEdit::DeviceEdit(QWidget* parent)
    : QComboBox(parent)
{
    setEditable(true);
    setAccessibleName(tr("Device"));
    setToolTip(tr("auto: the first CUDA device, else the CPU; or cpu, cuda, cuda:1, …"));
    addItems({QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")});
}

Result<DeviceSpec> DeviceEdit::device() const
{
    return DeviceSpec::parse(currentText().trimmed().toStdString());
}

void DeviceEdit::setDevice(DeviceSpec device)
{
    setCurrentText(toText(device.text()));
}

} // namespace espalier::ui
