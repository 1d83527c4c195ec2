#pragma once

#include <QComboBox>

#include "base/device.h"
#include "base/result.h"

namespace espalier::ui {

/// Chooses a device: auto, cpu, cuda or any cuda:N by typing.
class DeviceEdit final : public QComboBox {
    Q_OBJECT

public:
    explicit DeviceEdit(QWidget* parent = nullptr);

    Result<DeviceSpec> device() const;
    void setDevice(DeviceSpec device);
};

} // namespace espalier::ui
