#include "core/dfu/dfu_client.h"

#include "core/dfu/dfu_timing.h"
#include "support/scripted_connection.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::dfu::State;
using contract::dfu::Status;
using test_support::InstantClock;
using test_support::ScriptedConnection;
using test_support::ScriptedReply;

namespace {

ScriptedReply dfuStatus(State state, Status status = Status::Ok, std::uint32_t pollMs = 0)
{
    contract::dfu::StatusReply reply;
    reply.status = status;
    reply.state = state;
    reply.setPollTimeoutMs(pollMs);
    const auto bytes = contract::encode(reply);
    return {.bytes = {bytes.begin(), bytes.end()}, .isStalled = false, .error = {}};
}

const ScriptedReply accepted{};
const ScriptedReply stall{.bytes = {}, .isStalled = true, .error = {}};
const std::vector<std::uint8_t> block(4096, 0x5A);

struct Fixture {
    explicit Fixture(std::deque<ScriptedReply> replies) : connection(std::move(replies)) {}

    ScriptedConnection connection;
    InstantClock clock;
    DfuClient client{connection, clock};
};

} // namespace

TEST_CASE("a block is done when the device is in dfuDNLOAD-IDLE", "[dfu]")
{
    Fixture f(
        {accepted, dfuStatus(State::DownloadBusy, Status::Ok, 7), dfuStatus(State::DownloadIdle)});
    REQUIRE(f.client.download(9, block));
    CHECK(f.clock.nowMs() == 7);
    REQUIRE(f.connection.requests().size() == 3);
    const SetupFields& setup = f.connection.requests()[0];
    CHECK(setup.requestType == 0x21);
    CHECK(setup.request == 1);
    CHECK(setup.value == 9);
    CHECK(setup.index == 3);
}

TEST_CASE("a poll time-out of hours is cut to a few seconds", "[dfu][hostile]")
{
    Fixture f({accepted, dfuStatus(State::DownloadBusy, Status::Ok, 0xFF'FFFF),
               dfuStatus(State::DownloadIdle)});
    REQUIRE(f.client.download(0, block));
    CHECK(f.clock.nowMs() == dfu_timing::longestPollMs);
}

TEST_CASE("a device that stays in dfuDNBUSY is given up after the guard time", "[dfu][hostile]")
{
    const std::uint32_t pollMs = GENERATE(0U, 1U, 1000U, 0xFF'FFFFU);
    Fixture f({accepted, dfuStatus(State::DownloadBusy, Status::Ok, pollMs)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::DeviceStayedBusy);
    CHECK(f.clock.nowMs() >= dfu_timing::busyMs);
    CHECK(f.clock.nowMs() <= dfu_timing::busyMs + dfu_timing::longestPollMs);
}

TEST_CASE("a device error during a block is told by its status", "[dfu]")
{
    struct Row {
        Status status;
        ErrorCode code;
    };
    const Row row = GENERATE(Row{Status::ErrTarget, ErrorCode::WrongProduct},
                             Row{Status::ErrFile, ErrorCode::RefusedSignature},
                             Row{Status::ErrWrite, ErrorCode::FlashProgram},
                             Row{Status::ErrErase, ErrorCode::FlashErase},
                             Row{Status::ErrCheckErased, ErrorCode::FlashErase},
                             Row{Status::ErrProg, ErrorCode::FlashProgram},
                             Row{Status::ErrVerify, ErrorCode::FlashVerify},
                             Row{Status::ErrAddress, ErrorCode::RefusedStream},
                             Row{Status::ErrNotDone, ErrorCode::FinalCheckFailed},
                             Row{Status::ErrFirmware, ErrorCode::FinalCheckFailed},
                             Row{Status::ErrVendor, ErrorCode::CounterTooLow},
                             Row{Status::ErrUsbReset, ErrorCode::ConnectionLost},
                             Row{Status::ErrPowerOnReset, ErrorCode::ConnectionLost},
                             Row{Status::ErrUnknown, ErrorCode::ReplyMalformed},
                             Row{Status::ErrStalledPacket, ErrorCode::NotAllowed});
    Fixture f({accepted, dfuStatus(State::Error, row.status)});
    CHECK(f.client.download(0, block).error().code == row.code);
}

TEST_CASE("dfuERROR with status OK is no success", "[dfu][hostile]")
{
    Fixture f({accepted, dfuStatus(State::Error, Status::Ok)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("an error status in a good state is no success", "[dfu][hostile]")
{
    Fixture f({accepted, dfuStatus(State::DownloadIdle, Status::ErrVerify)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::FlashVerify);
}

TEST_CASE("a stalled block is explained by the status that follows", "[dfu]")
{
    Fixture f({stall, dfuStatus(State::Error, Status::ErrAddress)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::RefusedStream);
}

TEST_CASE("a stalled block is no success even if the status is fine", "[dfu][hostile]")
{
    Fixture f({stall, dfuStatus(State::DownloadIdle)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::NotAllowed);
}

TEST_CASE("a state that does not follow from a block is refused", "[dfu][hostile]")
{
    const State state = GENERATE(State::AppIdle, State::AppDetach, State::Idle,
                                 State::ManifestWaitReset, State::UploadIdle);
    Fixture f({accepted, dfuStatus(state)});
    CHECK(f.client.download(0, block).error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a status reply of the wrong length is refused", "[dfu][hostile]")
{
    const std::size_t length = GENERATE(0U, 1U, 5U);
    Fixture f({{.bytes = std::vector<std::uint8_t>(length), .isStalled = false, .error = {}}});
    CHECK(f.client.status().error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a status reply with an unknown state is refused", "[dfu][hostile]")
{
    const unsigned state = GENERATE(11U, 0x80U, 0xFFU);
    Fixture f({dfuStatus(static_cast<State>(state))});
    CHECK(f.client.status().error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a status reply with an unknown status is refused", "[dfu][hostile]")
{
    const unsigned status = GENERATE(0x10U, 0xFFU);
    Fixture f({dfuStatus(State::Idle, static_cast<Status>(status))});
    CHECK(f.client.status().error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("a stalled GETSTATUS is refused", "[dfu][hostile]")
{
    Fixture f({stall});
    CHECK(f.client.status().error().code == ErrorCode::ReplyMalformed);
}

TEST_CASE("preparing clears an error that an earlier host has left", "[dfu]")
{
    Fixture f({dfuStatus(State::Error, Status::ErrVerify), accepted, dfuStatus(State::Idle)});
    REQUIRE(f.client.prepare());
    CHECK(f.connection.requests()[1].request == 4);
}

TEST_CASE("preparing aborts a download that an earlier host has left", "[dfu]")
{
    Fixture f({dfuStatus(State::DownloadIdle), accepted, dfuStatus(State::Idle)});
    REQUIRE(f.client.prepare());
    CHECK(f.connection.requests()[1].request == 6);
}

TEST_CASE("preparing a device that never becomes idle ends", "[dfu][hostile]")
{
    const State state = GENERATE(State::Error, State::DownloadIdle, State::DownloadBusy);
    Fixture f({dfuStatus(state)});
    CHECK_FALSE(f.client.prepare());
    CHECK(f.connection.requests().size() < 20);
}

TEST_CASE("finishing waits through manifestation for dfuIDLE", "[dfu]")
{
    Fixture f({accepted, dfuStatus(State::ManifestSync, Status::Ok, 1),
               dfuStatus(State::Manifest, Status::Ok, 20), dfuStatus(State::Idle)});
    REQUIRE(f.client.finish(77));
    CHECK(f.clock.nowMs() == 21);
    CHECK(f.connection.requests()[0].value == 77);
}

TEST_CASE("an error during manifestation is no success", "[dfu]")
{
    Fixture f({accepted, dfuStatus(State::Manifest, Status::Ok, 20),
               dfuStatus(State::Error, Status::ErrFirmware)});
    CHECK(f.client.finish(77).error().code == ErrorCode::FinalCheckFailed);
}

TEST_CASE("a connection that breaks during a block is told as it is", "[dfu]")
{
    const ErrorCode code =
        GENERATE(ErrorCode::ConnectionLost, ErrorCode::DeviceSilent, ErrorCode::TransferFailed);
    Fixture f({{.bytes = {}, .isStalled = false, .error = code}});
    CHECK(f.client.download(0, block).error().code == code);
}
