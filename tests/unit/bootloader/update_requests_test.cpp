// EP0 beyond the download itself: vendor and standard requests, and what must stall.
#include "update_bench.h"

#include "bootloader/hand_off.h"

using namespace update_bench;
using vendor::Request;

TEST_CASE("GET_STATUS tells what the device is and holds", "[update-mode][status]")
{
    TwoSets bench;
    boot::setFaultRecord(bench.board, {2, 0x8200, 0x1234, 0x5678});
    bench.start(UpdateReason::DoubleReset);
    const DeviceStatus early = bench.deviceStatus();
    CHECK(early.slot(Slot::A).isVerified == 0);
    bench.settle();
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.protocol == protocolVersion);
    CHECK(status.bootloaderVersion == bench.identity.bootloaderVersion);
    CHECK(status.productId == bench.identity.productId);
    CHECK(status.hardwareRevision == 1);
    CHECK(status.uniqueId == bench.board.facts().uniqueId);
    CHECK(status.resetCause == ResetCause::Software);
    CHECK(status.updateReason == UpdateReason::DoubleReset);
    CHECK(status.activeSlot == 0);
    CHECK(status.lastFault.count == 2);
    CHECK(status.lastFault.eccAddress == 0x5678);
    CHECK(status.journalHealth == JournalHealth::Good);
    CHECK(status.journalWordsUsed == bench.journal->view().wordsUsed);
    const SlotStatus& a = status.slot(Slot::A);
    CHECK(a.state == SlotState::Confirmed);
    CHECK(a.setId == newSet().header.setId);
    CHECK(a.releaseVersion == newSet().header.releaseVersion);
    CHECK(a.coreVersions == newSet().header.coreVersions);
    CHECK(a.securityCounter == 2);
    CHECK(a.flags == set_flags::confirmsItself);
    CHECK(a.isVerified == 1);
    CHECK(a.m7Fault == ImageFault::None);
}

TEST_CASE("GET_STATUS names the fault of a damaged set", "[update-mode][status]")
{
    TwoSets bench;
    bench.flash.damage(bench.map.slot(Core::M4, Slot::B).address + 0x800, virtual_h755::Cell::Bad);
    bench.start();
    bench.settle();
    CHECK(bench.deviceStatus().slot(Slot::B).m4Fault == ImageFault::Unreadable);
    CHECK(bench.deviceStatus().slot(Slot::B).isVerified == 0);
}

TEST_CASE("SELECT_SET starts a trial of the other set", "[update-mode][select]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Reverted);
    bench.start();
    CHECK_FALSE(bench.vendorOut(Request::SelectSet, 1)); // not verified yet
    bench.settle();
    REQUIRE(bench.vendorOut(Request::SelectSet, 1));
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.activeSlot == 1);
    CHECK(status.slot(Slot::B).state == SlotState::Ready);
    CHECK(bench.journal->view().state.reason == Reason::Selected);
    CHECK(bench.journal->view().state.setIds[1] == prefix<6>(newSet().header.setId));
}

TEST_CASE("SELECT_SET leaves room in the journal for the trial that it begins",
          "[update-mode][select][R9]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Reverted);
    bench.start();
    StatePayload state = bench.journal->view().state;
    const auto wordsLeft = [&] {
        return bench.map.journalWords() - bench.journal->view().wordsUsed;
    };
    while (wordsLeft() > 65) {
        ++state.starts;
        REQUIRE(bench.journal->commit(0, state));
    }
    const bool isEnough = GENERATE(true, false);
    if (!isEnough) REQUIRE(bench.journal->appendTrial(Slot::A, {}));
    if (!isEnough) REQUIRE(bench.journal->appendTrial(Slot::A, {}));
    bench.start();
    bench.settle();
    CHECK((wordsLeft() >= 64) == isEnough);
    CHECK(bench.vendorOut(Request::SelectSet, 1) == isEnough);
}

TEST_CASE("SELECT_SET refuses what must not run", "[update-mode][select]")
{
    SECTION("a set below the active one")
    {
        TwoSets bench;
        CHECK_FALSE(bench.vendorOut(Request::SelectSet, 1));
        CHECK(bench.deviceStatus().activeSlot == 0);
    }
    SECTION("the active set, a slot that does not exist, a damaged set")
    {
        UpdateBench bench;
        bench.place(oldSet(), Slot::A);
        bench.place(newSet(), Slot::B);
        bench.flash.poke(bench.map.slot(Core::M4, Slot::B).address + 0x800, Bytes(32, 1));
        bench.decide(0, SlotState::Confirmed, SlotState::Confirmed);
        bench.start();
        bench.settle();
        CHECK_FALSE(bench.vendorOut(Request::SelectSet, 0));
        CHECK_FALSE(bench.vendorOut(Request::SelectSet, 1));
        CHECK_FALSE(bench.vendorOut(Request::SelectSet, 2));
        CHECK_FALSE(bench.vendorOut(Request::SelectSet, 0xFFFF));
        CHECK(bench.deviceStatus().activeSlot == 0);
    }
}

TEST_CASE("SELECT_SET refuses what an unfinished download has left", "[update-mode][select][R4]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Partial);
    bench.start();
    bench.settle();
    CHECK_FALSE(bench.vendorOut(Request::SelectSet, 1));
}

TEST_CASE("a set that SELECT_SET has chosen is not overwritten by a waiting download",
          "[update-mode][select][R5]")
{
    UpdateBench bench;
    bench.place(oldSet(), Slot::A);
    bench.place(newSet(), Slot::B);
    bench.decide(0, SlotState::Confirmed, SlotState::Confirmed);
    bench.start();
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.beginUpdate(third));
    REQUIRE(bench.send(0, blockOf(third.stream, 0)).state == State::DownloadIdle); // meant for B
    REQUIRE(bench.abort());
    REQUIRE(bench.vendorOut(Request::SelectSet, 1));
    REQUIRE(bench.beginUpdate(third));
    CHECK(bench.missing() == std::vector<std::uint32_t>{0});
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("GET_JOURNAL reads pages while bank 1 is idle", "[update-mode][journal]")
{
    UpdateBench bench{FlashTiming::datasheet()};
    bench.install();
    bench.start();
    const auto page = [&](std::uint16_t number) {
        return bench.in(vendor::deviceIn, 7, number, 0, 4096);
    };
    bench.flash.damage(bench.map.journal.address + 31 * 32, virtual_h755::Cell::Bad);
    auto expected = bench.flash.peek(bench.map.journal.address, 4096);
    std::fill_n(expected.begin() + 31 * 32, 32, std::uint8_t{0});
    CHECK(page(0) == expected);
    CHECK(page(3) == Bytes(4096, 0xFF));
    CHECK_FALSE(page(4));
    CHECK_FALSE(page(0xFFFF));

    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 1));
    CHECK_FALSE(page(0)); // in dfuDNLOAD-IDLE
    REQUIRE(bench.abort());
    REQUIRE(bench.flash.poll(0) == boot::FlashResult::Busy);
    CHECK_FALSE(page(0));
    bench.run(3000);
    CHECK(page(0));
}

TEST_CASE("after repeated faults nothing is read until a signed header arrives", "[update-mode]")
{
    UpdateBench bench;
    bench.install();
    bench.start(UpdateReason::FaultRepeated);
    bench.settle();
    CHECK(bench.deviceStatus().slot(Slot::A).isVerified == 0);
    CHECK(bench.deviceStatus().journalWordsUsed == 0);
    REQUIRE(bench.sendPlain(newSet().stream));
    CHECK(bench.deviceStatus().slot(Slot::A).isVerified == 1);
    CHECK(bench.holds(newSet(), Slot::B));
    CHECK(bench.holds(oldSet(), Slot::A));
}

TEST_CASE("standard requests of one configuration with one interface", "[update-mode][usb]")
{
    TwoSets bench;
    CHECK(bench.in(0x80, 6, 0x0100, 0, 64)->size() == 18);
    CHECK(bench.in(0x80, 6, 0x0200, 0, 9)->size() == 9);
    CHECK(bench.in(0x80, 6, 0x0303, 0x0409, 255)->size() == 2 + 2 * 24);
    CHECK(bench.in(0x80, 6, 0x0F00, 0, 255)->size() == 61);
    CHECK_FALSE(bench.in(0x80, 6, 0x0600, 0, 10)); // device qualifier
    CHECK(bench.in(0x80, 0, 0, 0, 2) == Bytes{0, 0});
    CHECK(bench.in(0x81, 0, 0, 0, 2) == Bytes{0, 0});
    CHECK(bench.in(0x80, 8, 0, 0, 1) == Bytes{0});
    CHECK(bench.out(0x00, 9, 1, 0));
    CHECK(bench.in(0x80, 8, 0, 0, 1) == Bytes{1});
    CHECK_FALSE(bench.out(0x00, 9, 2, 0));
    CHECK(bench.out(0x01, 11, 0, 0)); // SET_INTERFACE 0
    CHECK_FALSE(bench.out(0x01, 11, 1, 0));
    CHECK_FALSE(bench.out(0x01, 11, 0, 1));
    CHECK(bench.in(0x81, 10, 0, 0, 1) == Bytes{0});
    CHECK(bench.in(0xC0, 0x20, 0, 7, 1000)->size() == 162);
    CHECK(bench.in(0xC0, 0x21, 0, 7, 1000)->size() == 81);
    bench.mode->busReset();
    CHECK(bench.in(0x80, 8, 0, 0, 1) == Bytes{0});
}

TEST_CASE("vendor requests with anything wrong stall and change nothing", "[update-mode][usb]")
{
    struct Row {
        const char* what;
        SetupPacket packet;
    };
    const Row row = GENERATE(
        Row{"unknown request in", {0xC0, 0x7F, 0, 0, 64}},
        Row{"unknown request out", {0x40, 0x7F, 0, 0, 0}},
        Row{"interface recipient", {0xC1, 1, 0, 0, 300}},
        Row{"endpoint recipient", {0x42, 4, 0, 0, 0}},
        Row{"GET_STATUS without a data stage", {0xC0, 1, 0, 0, 0}},
        Row{"GET_STATUS as OUT", {0x40, 1, 0, 0, 8}}, Row{"GET_STATUS index", {0xC0, 1, 0, 1, 300}},
        Row{"GET_STATUS value", {0xC0, 1, 1, 0, 300}},
        Row{"BEGIN_UPDATE too short", {0x40, 2, 0, 0, 31}},
        Row{"BEGIN_UPDATE too long", {0x40, 2, 0, 0, 33}},
        Row{"BEGIN_UPDATE endless", {0x40, 2, 0, 0, 0xFFFF}},
        Row{"BEGIN_UPDATE empty", {0x40, 2, 0, 0, 0}},
        Row{"BEGIN_UPDATE as IN", {0xC0, 2, 0, 0, 32}}, Row{"STAY with data", {0x40, 4, 0, 0, 1}},
        Row{"STAY value", {0x40, 4, 1, 0, 0}}, Row{"REBOOT with data", {0x40, 5, 0, 0, 4}},
        Row{"REBOOT index", {0x40, 5, 0, 1, 0}},
        Row{"SELECT_SET with data", {0x40, 6, 1, 0, 0xFFFF}},
        Row{"descriptors, other index", {0xC0, 0x20, 0, 8, 162}},
        Row{"quirks, other value", {0xC0, 0x21, 1, 7, 81}},
        Row{"reserved type", {0xE0, 1, 0, 0, 300}},
        Row{"class request to another interface", {0xA1, 3, 0, 1, 6}},
        Row{"class request to the device", {0xA0, 3, 0, 0, 6}});
    CAPTURE(row.what);
    TwoSets bench;
    const DeviceStatus before = bench.deviceStatus();
    const std::uint64_t operations = bench.flash.operations();
    CHECK(bench.mode->setup(row.packet).kind == boot::SetupAnswer::Kind::Stall);
    CHECK(bench.deviceStatus() == before);
    CHECK(bench.state() == State::Idle);
    CHECK(bench.flash.operations() == operations);
    CHECK(bench.mode->restart() == Restart::No);
}

TEST_CASE("DFU requests with anything wrong stall and lead to dfuERROR", "[update-mode][usb]")
{
    struct Row {
        const char* what;
        SetupPacket packet;
    };
    const Row row = GENERATE(
        Row{"DNLOAD longer than wTransferSize", {0x21, 1, 0, 0, 4097}},
        Row{"DNLOAD endless", {0x21, 1, 0, 0, 0xFFFF}},
        Row{"DNLOAD without data in dfuIDLE", {0x21, 1, 0, 0, 0}},
        Row{"DNLOAD as IN", {0xA1, 1, 0, 0, 64}}, Row{"UPLOAD", {0xA1, 2, 0, 0, 4096}},
        Row{"CLRSTATUS in dfuIDLE", {0x21, 4, 0, 0, 0}}, Row{"ABORT with data", {0x21, 6, 0, 0, 8}},
        Row{"GETSTATUS as OUT", {0x21, 3, 0, 0, 6}},
        Row{"GETSTATUS without a data stage", {0xA1, 3, 0, 0, 0}},
        Row{"unknown request", {0x21, 7, 0, 0, 0}});
    CAPTURE(row.what);
    TwoSets bench;
    CHECK(bench.mode->setup(row.packet).kind == boot::SetupAnswer::Kind::Stall);
    CHECK(bench.status().state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrStalledPacket);
    REQUIRE(bench.clearStatus());
    CHECK(bench.status().state == State::Idle);
    CHECK(bench.lastStatus.status == Status::Ok);
}

TEST_CASE("BEGIN_UPDATE and GET_MISSING belong to their states", "[update-mode][usb]")
{
    TwoSets bench;
    REQUIRE(bench.beginUpdate(newSet()));
    REQUIRE(bench.download(0, blockOf(newSet().stream, 0)));
    CHECK_FALSE(bench.in(vendor::deviceIn, 3, 0, 0, 66)); // dfuDNLOAD-SYNC
    CHECK_FALSE(bench.beginUpdate(newSet()));
    while (bench.status().state == State::DownloadBusy)
        bench.run(1);
    CHECK(bench.in(vendor::deviceIn, 3, 0, 0, 66));
    CHECK_FALSE(bench.beginUpdate(newSet()));
    CHECK_FALSE(bench.vendorOut(Request::SelectSet, 1));
}
