#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "formats/byte_source.h"
#include "formats/stored_tensor_p.h"
#include "formats/zip_archive.h"

namespace espalier {

/// The tensors of a safetensors file. Errors: BadFormat (header, offsets, shapes), Unsupported (a
/// type). Tensors of integers are listed like all others.
Result<StoredTensors> readSafetensors(const std::shared_ptr<ByteSource>& source);

/// The tensors of a file of torch.save: a dict of tensors, or a checkpoint that holds one under
/// "state_dict" or "model". Nothing in the file is executed. Errors: Unsupported (a Python class,
/// by name), BadFormat.
Result<StoredTensors> readPickledStateDict(const std::shared_ptr<const ZipArchive>& archive);

/// The tensors of a pickle in an archive, `NAME.pkl`, hold no more than the records `NAME/*` have:
/// what LibTorch itself does not look at when it reads TorchScript. Errors: BadFormat.
Status checkTorchScriptTensors(const ZipArchive& archive, const std::string& name);

/// Without the prefixes that wrappers put before every key: "module." of DataParallel, "_orig_mod."
/// of torch.compile, "model.".
StoredTensors withoutWrapperPrefixes(StoredTensors tensors);

} // namespace espalier
