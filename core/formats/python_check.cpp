#include "formats/python_check_p.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include <ATen/Functions.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/core_text.h"
#include "network/runtime_p.h"

namespace espalier {

namespace {

namespace fs = std::filesystem;

constexpr int withoutTorch = 77; // what the script ends with where PyTorch is not there
constexpr std::chrono::seconds limit{300};

constexpr auto script = R"py(
import sys
sys.dont_write_bytecode = True
try:
    import torch
except ImportError:
    sys.exit(77)
import array, importlib.util
source, sizes, read, write = sys.argv[1:]
spec = importlib.util.spec_from_file_location("exported", source)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
values = array.array("f")
values.frombytes(open(read, "rb").read())
x = torch.tensor(values).reshape([int(size) for size in sizes.split(",")])
with torch.no_grad():
    y = module.load()(x)
array.array("f", y.flatten().tolist()).tofile(open(write, "wb"))
)py";

/// A new folder that goes with its owner.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        std::error_code error;
        auto name = (fs::temp_directory_path(error) / "espalier-XXXXXX").string();
        if (!error && mkdtemp(name.data()))
            m_path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

std::vector<std::string> pythons()
{
    if (const char* chosen = std::getenv("ESPALIER_PYTHON"); chosen && *chosen)
        return {chosen};
    std::vector<std::string> found;
    const char* path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const auto program = (fs::path(folder.empty() ? "." : folder) / "python3").string();
        if (access(program.c_str(), X_OK) == 0)
            found.push_back(program);
    }
    return found;
}

/// Waits until the process ends or its time is over; then it is ended. -1: did not end by itself.
int exitStatus(pid_t process)
{
    const auto end = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (waitpid(process, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            kill(process, SIGKILL);
            waitpid(process, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Runs in `folder`, so that nothing of the user's is taken for a Python module; what it says goes
/// to "errors" there. Nothing where it cannot be started.
std::optional<int> run(const fs::path& folder, std::vector<std::string> command)
{
    std::vector<char*> arguments;
    for (auto& argument : command)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (folder / "errors").c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    pid_t process = 0;
    const auto error =
        posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return {};
    return exitStatus(process);
}

std::string lastLine(const fs::path& file)
{
    std::ifstream stream(file);
    std::string last;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty())
            last = line;
    }
    return last.empty() ? CoreText::tr("it ended without a word") : last;
}

std::string sizesText(at::IntArrayRef sizes)
{
    std::string result;
    for (const auto size : sizes)
        result += (result.empty() ? "" : ",") + std::to_string(size);
    return result;
}

void writeRaw(const fs::path& file, const at::Tensor& tensor)
{
    std::ofstream stream(file, std::ios::binary);
    stream.write(static_cast<const char*>(tensor.data_ptr()),
                 static_cast<std::streamsize>(tensor.nbytes()));
}

at::Tensor readRaw(const fs::path& file)
{
    std::error_code error;
    const auto size = fs::file_size(file, error);
    auto values = at::empty({error ? 0 : static_cast<std::int64_t>(size / sizeof(float))});
    std::ifstream stream(file, std::ios::binary);
    stream.read(static_cast<char*>(values.data_ptr()),
                static_cast<std::streamsize>(values.nbytes()));
    return values;
}

} // namespace

Result<std::optional<at::Tensor>> runInPython(const fs::path& source, const at::Tensor& input)
{
    const TemporaryFolder folder;
    if (folder.path().empty())
        return fail(ErrorCode::Io,
                    CoreText::tr("No temporary folder could be made; check TMPDIR."));
    std::optional<at::Tensor> output;
    const auto status = guarded(CoreText::tr("checking '{1}'", source.string()), [&]() -> Status {
        const auto read = folder.path() / "input";
        const auto write = folder.path() / "output";
        writeRaw(read, input.contiguous());
        for (const auto& python : pythons()) {
            const auto ended = run(folder.path(),
                                   {python, "-c", script, fs::absolute(source).string(),
                                    sizesText(input.sizes()), read.string(), write.string()});
            if (!ended || *ended == withoutTorch)
                continue;
            if (*ended != 0)
                return fail(ErrorCode::Mismatch,
                            CoreText::tr("'{1}' does not run in {2} ({3}).", source.string(),
                                         python,
                                         *ended < 0 ? CoreText::tr("it took too long or was ended")
                                                    : lastLine(folder.path() / "errors")));
            output = readRaw(write);
            return {};
        }
        return {};
    });
    if (!status)
        return fail(status.error());
    return output;
}

} // namespace espalier
