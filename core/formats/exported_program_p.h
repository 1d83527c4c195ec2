#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ATen/core/ivalue.h>

#include "base/result.h"
#include "formats/stored_tensor_p.h"
#include "formats/zip_archive.h"

namespace espalier {

/// An argument of a node as torch.export writes it.
struct ExportedArgument {
    struct Name {
        std::string name; ///< of a value in the graph
    };
    struct Foreign {
        std::string kind; ///< what we have no use for, such as "as_graph"; empty: an element type
    };
    using List = std::vector<ExportedArgument>;
    std::variant<c10::IValue, Name, List, Foreign> value;
};

/// One result of a node: a value, or a list of them.
struct ExportedOutput {
    std::vector<std::string> names;
    bool isList = false;
};

struct ExportedNode {
    std::string target; ///< "torch.ops.aten.conv2d.default"
    std::vector<std::pair<std::string, ExportedArgument>> arguments; ///< with their names
    std::vector<ExportedOutput> outputs;
    std::string modulePath; ///< "layer1.0.conv1"
    std::string moduleType; ///< "torch.nn.modules.conv.Conv2d"
};

/// A program of torch.export as it stands in its JSON: nodes in order, and what its inputs are.
struct ExportedProgram {
    struct Parameter {
        std::string key; ///< in the archive
        std::string path; ///< in the model: "layer1.0.conv1.weight"; PyTorch 2.1 has keys unlike it
        bool isBuffer = false; ///< not trained: a buffer or a constant
    };
    std::map<std::string, Parameter> tensors; ///< by the names of their values
    std::map<std::string, c10::IValue> literals; ///< inputs that are constants
    std::string input; ///< the one tensor the user gives
    std::vector<std::int64_t> inputSizes; ///< with the batch; -1 where it is dynamic
    std::vector<ExportedNode> nodes;
    std::string output;
};

/// Reads the JSON of any version. Errors: BadFormat, Unsupported (several inputs or outputs).
Result<ExportedProgram> parseExportedProgram(const std::string& text);

/// What torch.export's numbers of element types mean. Errors: Unsupported.
Result<at::ScalarType> exportedScalarType(std::int64_t number);

/// The parts of an archive of torch.export.
struct ExportedArchive {
    std::string program; ///< JSON
    StoredTensors tensors; ///< parameters, buffers and constants by their paths
};

/// True when the records are those of torch.export.
bool isExportedArchive(const ZipArchive& archive);

/// Finds program and tensors in either layout. Errors: BadFormat, Unsupported (several programs).
Result<ExportedArchive> readExportedArchive(const std::shared_ptr<const ZipArchive>& archive);

} // namespace espalier
