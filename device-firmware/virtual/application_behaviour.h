// How an application goes on after its start, for devices whose application is put there by tests.
#pragma once

#include "contract/version.h"

#include <cstdint>
#include <optional>

namespace virtual_h755 {

struct ApplicationBehaviour {
    enum class Kind : std::uint8_t {
        Confirm,      ///< confirms and calls healthy after `afterMs`
        NeverConfirm, ///< runs, but never does
        Hang,         ///< after `afterMs`: feeds no watchdog, answers no request
        Crash,        ///< after `afterMs`: its fault handler restarts
    };
    Kind kind = Kind::Confirm;
    std::uint32_t afterMs = 300;
    std::uint32_t confirmDeadlineMs = 10'000;  ///< boot-client's, from the start on
    std::optional<contract::Version> onlyOf{}; ///< every other release confirms as usual
};

} // namespace virtual_h755
