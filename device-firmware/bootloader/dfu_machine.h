// DFU 1.1 appendix A.2 as a table: what a request means in a state and where it leads. Pure.
#pragma once

#include "contract/dfu.h"

namespace boot {

enum class DfuAction : std::uint8_t {
    Stall, ///< the control pipe; leads to dfuERROR / errSTALLEDPKT in every state of DFU mode
    TakeBlock,
    Manifest, ///< the zero-length DNLOAD: the host has sent everything
    ReportStatus,
    ReportState,
    ClearStatus,
    Abort,
    Detach,
};

struct Transition {
    DfuAction action = DfuAction::Stall;
    contract::dfu::State next = contract::dfu::State::Error;

    constexpr bool operator==(const Transition&) const = default;
};

namespace detail {

inline constexpr std::size_t dfuStates = 11;
using DfuRow = std::array<Transition, 8>;

/// One row per state. Columns: DETACH, DNLOAD, DNLOAD without data, GETSTATUS, CLRSTATUS, GETSTATE,
/// ABORT, and everything else (UPLOAD too: bitCanUpload is 0).
inline constexpr std::array<DfuRow, dfuStates> dfuTable = [] {
    using S = contract::dfu::State;
    using A = DfuAction;
    using T = Transition;
    constexpr auto status = [](S state) { return T{A::ReportStatus, state}; };
    constexpr auto get = [](S state) { return T{A::ReportState, state}; };
    constexpr T no{};
    constexpr T atRunTime{A::Stall, S::AppIdle};
    constexpr T inWait{A::Stall, S::ManifestWaitReset};
    constexpr T detach{A::Detach, S::Idle};
    constexpr T take{A::TakeBlock, S::DownloadSync};
    constexpr T manifest{A::Manifest, S::ManifestSync};
    constexpr T abort{A::Abort, S::Idle};
    constexpr T clear{A::ClearStatus, S::Idle};

    const auto runTime = [=](S state, T onDetach) {
        return DfuRow{onDetach,  atRunTime,  atRunTime, status(state),
                      atRunTime, get(state), atRunTime, atRunTime};
    };
    const auto waiting = [=](S state) {
        return DfuRow{no, no, no, status(state), no, get(state), no, no};
    };
    return std::array<DfuRow, dfuStates>{
        // A.2.1 and A.2.2, for completeness: this code runs in DFU mode only.
        runTime(S::AppIdle, T{A::Detach, S::AppDetach}),
        runTime(S::AppDetach, atRunTime),
        // A.2.3. DETACH is ours: it ends DFU mode, as fwupd asks for it.
        DfuRow{detach, take, no, status(S::Idle), no, get(S::Idle), abort, no},
        waiting(S::DownloadSync),
        // A.2.5 stalls everything until bwPollTimeout has passed; who asks early gets an answer.
        waiting(S::DownloadBusy),
        DfuRow{no, take, manifest, status(S::DownloadIdle), no, get(S::DownloadIdle), abort, no},
        waiting(S::ManifestSync),
        waiting(S::Manifest), // A.2.8, answered early as well
        // A.2.9, never entered: the device is manifestation tolerant.
        DfuRow{inWait, inWait, inWait, inWait, inWait, get(S::ManifestWaitReset), inWait, inWait},
        // A.2.10, never entered: no upload.
        DfuRow{no, no, no, status(S::UploadIdle), no, get(S::UploadIdle), abort, no},
        DfuRow{no, no, no, status(S::Error), clear, get(S::Error), no, no},
    };
}();

constexpr std::size_t dfuColumn(contract::dfu::Request request, bool isEmpty)
{
    using R = contract::dfu::Request;
    switch (request) {
    case R::Detach: return 0;
    case R::Download: return isEmpty ? 2 : 1;
    case R::GetStatus: return 3;
    case R::ClearStatus: return 4;
    case R::GetState: return 5;
    case R::Abort: return 6;
    case R::Upload: break;
    }
    return 7;
}

} // namespace detail

/// What `request` does in `state`; `isEmpty` says that its wLength is 0. For ReportStatus, `next`
/// is the state before `afterStatus` has looked at the work.
constexpr Transition transition(contract::dfu::State state, contract::dfu::Request request,
                                bool isEmpty)
{
    return detail::dfuTable[static_cast<std::size_t>(state)][detail::dfuColumn(request, isEmpty)];
}

/// The state that GETSTATUS enters and reports: busy or done in the four states that wait for work.
constexpr contract::dfu::State afterStatus(contract::dfu::State state, bool isBusy)
{
    using S = contract::dfu::State;
    switch (state) {
    case S::DownloadSync:
    case S::DownloadBusy: return isBusy ? S::DownloadBusy : S::DownloadIdle;
    case S::ManifestSync:
    case S::Manifest: return isBusy ? S::Manifest : S::Idle;
    default: return state;
    }
}

namespace detail {

constexpr bool getStateNeverChangesTheState()
{
    for (std::size_t i = 0; i < dfuStates; ++i) {
        const auto state = static_cast<contract::dfu::State>(i);
        const Transition result = transition(state, contract::dfu::Request::GetState, false);
        if (result != Transition{DfuAction::ReportState, state}) return false;
    }
    return true;
}
static_assert(getStateNeverChangesTheState());

} // namespace detail

} // namespace boot
