#include "core/error_code.h"

#include <array>

namespace updater {

std::span<const ErrorText> errorTable()
{
    static constexpr std::array<ErrorText, 1> table{{
        {ErrorCode::InternalError, "InternalError", "The program met a state that it does not know.",
         "Save a report and send it to the vendor."},
    }};
    return table;
}

const ErrorText& errorText(ErrorCode code)
{
    for (const ErrorText& text : errorTable()) {
        if (text.code == code) return text;
    }
    return errorTable().front();
}

std::string errorLabel(ErrorCode code)
{
    std::string digits = std::to_string(static_cast<unsigned>(code));
    return "HX-" + std::string(4 - digits.size(), '0') + digits;
}

} // namespace updater
