#include "bootloader/dfu_machine.h"

#include <catch2/catch.hpp>
#include <map>
#include <tuple>

using boot::afterStatus;
using boot::DfuAction;
using boot::Transition;
using boot::transition;
using contract::dfu::Request;
using contract::dfu::State;

namespace {

using Cell = std::tuple<State, Request, bool>;

/// Typed from DFU 1.1 appendix A.2, cell by cell, for a device that downloads, is manifestation
/// tolerant and will detach, and does not upload. Ours on purpose: DETACH in dfuIDLE ends DFU mode,
/// and the two busy states answer GETSTATUS and GETSTATE early. What is not here stalls.
const std::map<Cell, Transition>& specification()
{
    static const std::map<Cell, Transition> cells = [] {
        std::map<Cell, Transition> result;
        const auto both = [&](State state, Request request, DfuAction action, State next) {
            result[{state, request, true}] = {action, next};
            result[{state, request, false}] = {action, next};
        };
        // A.2.1 appIDLE
        both(State::AppIdle, Request::Detach, DfuAction::Detach, State::AppDetach);
        both(State::AppIdle, Request::GetStatus, DfuAction::ReportStatus, State::AppIdle);
        both(State::AppIdle, Request::GetState, DfuAction::ReportState, State::AppIdle);
        // A.2.2 appDETACH
        both(State::AppDetach, Request::GetStatus, DfuAction::ReportStatus, State::AppDetach);
        both(State::AppDetach, Request::GetState, DfuAction::ReportState, State::AppDetach);
        // A.2.3 dfuIDLE
        both(State::Idle, Request::Detach, DfuAction::Detach, State::Idle);
        result[{State::Idle, Request::Download, false}] = {DfuAction::TakeBlock,
                                                           State::DownloadSync};
        both(State::Idle, Request::Abort, DfuAction::Abort, State::Idle);
        both(State::Idle, Request::GetStatus, DfuAction::ReportStatus, State::Idle);
        both(State::Idle, Request::GetState, DfuAction::ReportState, State::Idle);
        // A.2.4 dfuDNLOAD-SYNC
        both(State::DownloadSync, Request::GetStatus, DfuAction::ReportStatus, State::DownloadSync);
        both(State::DownloadSync, Request::GetState, DfuAction::ReportState, State::DownloadSync);
        // A.2.5 dfuDNBUSY
        both(State::DownloadBusy, Request::GetStatus, DfuAction::ReportStatus, State::DownloadBusy);
        both(State::DownloadBusy, Request::GetState, DfuAction::ReportState, State::DownloadBusy);
        // A.2.6 dfuDNLOAD-IDLE
        result[{State::DownloadIdle, Request::Download, false}] = {DfuAction::TakeBlock,
                                                                   State::DownloadSync};
        result[{State::DownloadIdle, Request::Download, true}] = {DfuAction::Manifest,
                                                                  State::ManifestSync};
        both(State::DownloadIdle, Request::Abort, DfuAction::Abort, State::Idle);
        both(State::DownloadIdle, Request::GetStatus, DfuAction::ReportStatus, State::DownloadIdle);
        both(State::DownloadIdle, Request::GetState, DfuAction::ReportState, State::DownloadIdle);
        // A.2.7 dfuMANIFEST-SYNC
        both(State::ManifestSync, Request::GetStatus, DfuAction::ReportStatus, State::ManifestSync);
        both(State::ManifestSync, Request::GetState, DfuAction::ReportState, State::ManifestSync);
        // A.2.8 dfuMANIFEST
        both(State::Manifest, Request::GetStatus, DfuAction::ReportStatus, State::Manifest);
        both(State::Manifest, Request::GetState, DfuAction::ReportState, State::Manifest);
        // A.2.9 dfuMANIFEST-WAIT-RESET
        both(State::ManifestWaitReset, Request::GetState, DfuAction::ReportState,
             State::ManifestWaitReset);
        // A.2.10 dfuUPLOAD-IDLE
        both(State::UploadIdle, Request::Abort, DfuAction::Abort, State::Idle);
        both(State::UploadIdle, Request::GetStatus, DfuAction::ReportStatus, State::UploadIdle);
        both(State::UploadIdle, Request::GetState, DfuAction::ReportState, State::UploadIdle);
        // A.2.11 dfuERROR
        both(State::Error, Request::ClearStatus, DfuAction::ClearStatus, State::Idle);
        both(State::Error, Request::GetStatus, DfuAction::ReportStatus, State::Error);
        both(State::Error, Request::GetState, DfuAction::ReportState, State::Error);
        return result;
    }();
    return cells;
}

/// Where a stalled request leads: dfuERROR in DFU mode, nowhere before and after it.
Transition stallIn(State state)
{
    if (state == State::AppIdle || state == State::AppDetach)
        return {DfuAction::Stall, State::AppIdle};
    if (state == State::ManifestWaitReset) return {DfuAction::Stall, State::ManifestWaitReset};
    return {DfuAction::Stall, State::Error};
}

} // namespace

TEST_CASE("every state answers every request, empty or not, as DFU 1.1 appendix A says", "[dfu]")
{
    std::size_t specified = 0;
    for (unsigned state = 0; state <= 10; ++state) {
        for (unsigned request = 0; request <= 255; ++request) {
            for (const bool isEmpty : {false, true}) {
                const Cell cell{static_cast<State>(state), static_cast<Request>(request), isEmpty};
                const auto found = specification().find(cell);
                const bool isSpecified = found != specification().end();
                specified += isSpecified ? 1 : 0;
                const Transition expected =
                    isSpecified ? found->second : stallIn(static_cast<State>(state));
                CAPTURE(state, request, isEmpty);
                CHECK(std::apply(transition, cell) == expected);
            }
        }
    }
    CHECK(specified == specification().size());
}

TEST_CASE("GETSTATUS leaves the waiting states only when the work is done", "[dfu]")
{
    CHECK(afterStatus(State::DownloadSync, true) == State::DownloadBusy);
    CHECK(afterStatus(State::DownloadSync, false) == State::DownloadIdle);
    CHECK(afterStatus(State::DownloadBusy, true) == State::DownloadBusy);
    CHECK(afterStatus(State::DownloadBusy, false) == State::DownloadIdle);
    CHECK(afterStatus(State::ManifestSync, true) == State::Manifest);
    CHECK(afterStatus(State::ManifestSync, false) == State::Idle);
    CHECK(afterStatus(State::Manifest, true) == State::Manifest);
    CHECK(afterStatus(State::Manifest, false) == State::Idle);
    for (const State state : {State::AppIdle, State::AppDetach, State::Idle, State::DownloadIdle,
                              State::ManifestWaitReset, State::UploadIdle, State::Error}) {
        CHECK(afterStatus(state, true) == state);
        CHECK(afterStatus(state, false) == state);
    }
}
