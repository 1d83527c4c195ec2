#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace espalier {

/// What kind of failure an Error is; decides the exit code and whether a retry makes sense.
enum class ErrorCode {
    InvalidArgument, ///< a value given by the user is impossible
    NotFound, ///< a file, key or name does not exist
    BadFormat, ///< a file is truncated, foreign or corrupt
    Unsupported, ///< well-formed, but outside what Espalier handles
    Mismatch, ///< two inputs do not fit together (model and data, for example)
    Io, ///< reading or writing failed (permissions, full disk)
    Busy, ///< another process holds the resource
    Stopped, ///< the user stopped the work; a value, not a failure
    Internal, ///< a library failed in a way no input explains
};

/// A failure a user or a file can cause. The message is one sentence that names the file or value
/// and says what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

/// A value or an Error. Our own code throws nothing.
template <class T> using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// `return fail(ErrorCode::NotFound, "...")` from any function returning a Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

/// The outcome of a job that saw its stop token.
tl::unexpected<Error> stopped();

inline bool isStopped(const Error& error)
{
    return error.code == ErrorCode::Stopped;
}

} // namespace espalier
