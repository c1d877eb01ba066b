// Errors are values: a code that says what the user can do, and a detail for the log.
#pragma once

#include "core/error_code.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace updater {

struct Error {
    ErrorCode code = ErrorCode::InternalError;
    std::string detail; ///< English, for the log and --json; never shown alone
};

/// A value, or the reason there is none. Ignoring one is a compile error.
template <typename T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail)
{
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

} // namespace updater

/// Returns from the calling function if `expression` (a Result) holds an error.
#define TRY(expression)                                                                            \
    do {                                                                                           \
        if (auto tryResult = (expression); !tryResult) {                                           \
            return tl::unexpected(std::move(tryResult).error());                                   \
        }                                                                                          \
    } while (false)

#define TRY_JOIN2(a, b) a##b
#define TRY_JOIN(a, b) TRY_JOIN2(a, b)

/// Declares or assigns `target` from a Result, or returns its error.
#define TRY_ASSIGN(target, expression)                                                             \
    auto TRY_JOIN(tryResult, __LINE__) = (expression);                                             \
    if (!TRY_JOIN(tryResult, __LINE__)) {                                                          \
        return tl::unexpected(std::move(TRY_JOIN(tryResult, __LINE__)).error());                   \
    }                                                                                              \
    target = std::move(*TRY_JOIN(tryResult, __LINE__))
