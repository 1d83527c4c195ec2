#pragma once

#include <filesystem>

#include <ATen/core/Tensor.h>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include "base/result.h"

namespace espalier::test {

/// A runtime of others for ONNX files: ONNX Runtime, else OpenCV's dnn, in the Python of the tests
/// ($ESPALIER_PYTHON, else python3 on the path). One process for all runs.
class OnnxRuntime {
public:
    OnnxRuntime();
    ~OnnxRuntime();
    OnnxRuntime(const OnnxRuntime&) = delete;
    OnnxRuntime& operator=(const OnnxRuntime&) = delete;

    /// "ONNX Runtime 1.20.0"; empty where there is none.
    const QString& name() const { return m_name; }
    bool isOpenCv() const { return m_name.startsWith("OpenCV"); }

    /// The model's output for `x`, flat. Errors: what the runtime says.
    Result<at::Tensor> run(const std::filesystem::path& model, const at::Tensor& x);

private:
    void start();
    QString answer();

    QProcess m_process;
    QTemporaryDir m_folder;
    QString m_name;
};

} // namespace espalier::test

/// Skips the test visibly where no runtime is found.
#define ESPALIER_NEEDS_RUNTIME(runtime)                                                            \
    if ((runtime).name().isEmpty())                                                                \
    QSKIP("needs Python with onnxruntime or OpenCV (packaging/test-python.sh makes one)")
