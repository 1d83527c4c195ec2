#include "support/onnx_runtime.h"

#include <fstream>

#include <ATen/ops/empty.h>
#include <QJsonArray>
#include <QJsonDocument>

#include "support/shared_data.h"

namespace espalier::test {

namespace {

constexpr int limit = 120'000; // milliseconds

} // namespace

OnnxRuntime::OnnxRuntime()
{
    start();
}

OnnxRuntime::~OnnxRuntime()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(limit))
        m_process.kill();
}

void OnnxRuntime::start()
{
    const auto script = testFile("support/onnx_runtime.py").string();
    m_process.start(qEnvironmentVariable("ESPALIER_PYTHON", "python3"),
                    {QString::fromStdString(script)});
    m_name = answer();
}

/// The next line; what the process said as it ended, where it did.
QString OnnxRuntime::answer()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(limit) && !m_process.canReadLine()) {
            m_process.waitForFinished(0);
            return {};
        }
    }
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

Result<at::Tensor> OnnxRuntime::run(const std::filesystem::path& model, const at::Tensor& x)
{
    const auto folder = std::filesystem::path(m_folder.path().toStdString());
    const auto source = folder / "x.f32";
    const auto target = folder / "y.f32";
    std::filesystem::remove(target);
    std::ofstream(source, std::ios::binary)
        .write(static_cast<const char*>(x.data_ptr()), static_cast<std::streamsize>(x.nbytes()));
    QJsonArray shape;
    for (const auto extent : x.sizes())
        shape << qint64{extent};
    const auto text = [](const std::filesystem::path& path) {
        return QString::fromStdString(path.string());
    };
    const QJsonArray job{text(model), text(source), shape, text(target)};
    if (m_process.state() != QProcess::Running) // a runtime may crash
        start();
    m_process.write(QJsonDocument(job).toJson(QJsonDocument::Compact) + '\n');
    const auto problem = answer();
    std::ifstream stream(target, std::ios::binary | std::ios::ate);
    if (!problem.isEmpty() || !stream)
        return fail(ErrorCode::Internal,
                    problem.isEmpty() ? "the runtime ended" : problem.toStdString());
    auto found = at::empty({static_cast<std::int64_t>(stream.tellg()) / 4},
                           at::TensorOptions().dtype(at::kFloat));
    stream.seekg(0);
    stream.read(static_cast<char*>(found.data_ptr()), static_cast<std::streamsize>(found.nbytes()));
    return found;
}

} // namespace espalier::test
