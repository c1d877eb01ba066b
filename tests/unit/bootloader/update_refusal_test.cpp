// What the device refuses, with which status, and that nothing of the flash has changed by then.
#include "update_bench.h"

#include "contract/vendor_requests.h"

using namespace update_bench;

namespace {

/// A copy of a stream with a changed header, signed again, so that one field alone is wrong.
template <typename Change>
Bytes withHeader(const SignedSet& set, Change&& change, std::uint32_t keyIndex = 0)
{
    StreamHeader header = set.header;
    change(header);
    const auto encoded = encode(header);
    Bytes message(streamSignatureDomain.begin(), streamSignatureDomain.end());
    message.insert(message.end(), encoded.begin(), encoded.begin() + StreamHeader::signedBytes);
    const auto signature =
        test_support::developmentKey(keyIndex).signRaw(boot::BearSslCrypto{}.sha256(message));
    REQUIRE(signature);
    header.signature = *signature;
    Bytes stream = set.stream;
    const auto bytes = encode(header);
    std::copy(bytes.begin(), bytes.end(), stream.begin());
    return stream;
}

Bytes flipped(Bytes stream, std::size_t offset)
{
    stream.at(offset) ^= 1;
    return stream;
}

struct Refused {
    const char* what;
    Bytes stream;
    Status status;
    StreamFault fault;
    std::uint8_t string = 0;
};

std::vector<Refused> refusedHeaders()
{
    const SignedSet& good = newSet();
    const auto with = [&](auto&& change) { return withHeader(good, change); };
    const std::size_t signatureAt = StreamHeader::signedBytes;
    return {
        {"magic", flipped(good.stream, 0), Status::ErrFile, StreamFault::Magic},
        {"format version", with([](StreamHeader& h) { h.formatVersion = 2; }), Status::ErrFile,
         StreamFault::FormatVersion},
        {"unknown key", with([](StreamHeader& h) { h.keyHash[0] ^= 1; }), Status::ErrFile,
         StreamFault::Key},
        {"another key's index", with([](StreamHeader& h) { h.keyIndex = 1; }), Status::ErrFile,
         StreamFault::Key},
        {"flipped signature", flipped(good.stream, signatureAt), Status::ErrFile,
         StreamFault::Signature},
        {"flipped field", flipped(good.stream, 24), Status::ErrFile, StreamFault::Signature},
        {"signed by the other key",
         withHeader(
             good, [](StreamHeader&) {}, 1),
         Status::ErrFile, StreamFault::Signature},
        {"unknown flag", with([](StreamHeader& h) { h.flags |= 1 << 15; }), Status::ErrFile,
         StreamFault::Flags},
        {"other product", with([](StreamHeader& h) { h.product.productId ^= 1; }),
         Status::ErrTarget, StreamFault::Product},
        {"newer hardware", with([](StreamHeader& h) { h.product.hardwareMinimum = 2; }),
         Status::ErrTarget, StreamFault::Hardware},
        {"older hardware", with([](StreamHeader& h) { h.product.hardwareMaximum = 0; }),
         Status::ErrTarget, StreamFault::Hardware},
        {"newer bootloader", with([](StreamHeader& h) { h.minimumBootloader.major = 9; }),
         Status::ErrVendor, StreamFault::Bootloader, 6},
        {"below the active set", with([](StreamHeader& h) { h.securityCounter = 0; }),
         Status::ErrVendor, StreamFault::Counter, 5},
        {"body larger than its slot", with([](StreamHeader& h) { h.parts[0].bodyBytes = 1 << 20; }),
         Status::ErrAddress, StreamFault::Bounds},
        {"TLVs behind the slot",
         with([](StreamHeader& h) { h.parts[0].bodyBytes = 3 * 16384 - 4; }), Status::ErrAddress,
         StreamFault::Bounds},
        {"no payload", with([](StreamHeader& h) { h.parts[1].bodyBytes = 0x400; }),
         Status::ErrAddress, StreamFault::Bounds},
        {"too much slot data", with([](StreamHeader& h) { h.parts[1].patchBytes = 0x20000; }),
         Status::ErrAddress, StreamFault::Bounds},
        {"lengths that wrap", with([](StreamHeader& h) { h.parts[1].tlvBytesA = 0xFFFF'FFFF; }),
         Status::ErrAddress, StreamFault::Bounds},
        {"wrong total", with([](StreamHeader& h) { h.totalBytes += streamBlockBytes; }),
         Status::ErrAddress, StreamFault::Bounds},
    };
}

} // namespace

TEST_CASE("a refused header leaves flash and journal as they were", "[update-mode][refusal]")
{
    for (const Refused& refused : refusedHeaders()) {
        CAPTURE(refused.what);
        UpdateBench bench;
        bench.install();
        bench.start();
        bench.settle();
        const std::uint64_t operations = bench.flash.operations();
        CHECK_FALSE(bench.sendPlain(refused.stream));
        CHECK(bench.lastStatus.state == State::Error);
        CHECK(bench.blocksSent == 0);
        REQUIRE(bench.clearStatus());
        CHECK(bench.send(0, blockOf(refused.stream, 0)).status == refused.status);
        CHECK(bench.lastStatus.stringIndex == refused.string);
        CHECK(bench.deviceStatus().streamFault == refused.fault);
        CHECK(bench.flash.operations() == operations);
        REQUIRE(bench.clearStatus());
        CHECK(bench.sendPlain(newSet().stream));
        CHECK(bench.deviceStatus().streamFault == StreamFault::None);
    }
}

TEST_CASE("downloads must keep the floor and the active set's level", "[update-mode][refusal]")
{
    UpdateBench bench;
    const SignedSet& active = release({.version = {3, 0, 0, 0}, .counter = 5});
    bench.place(active, Slot::A);
    bench.decide(0, SlotState::Confirmed, SlotState::Empty);
    const auto with = [&](std::uint32_t counter, std::uint32_t keyIndex) -> const SignedSet& {
        return release({.version = {3, 1, 0, 0}, .counter = counter, .keyIndex = keyIndex});
    };
    bench.start();
    CHECK_FALSE(bench.sendPlain(with(4, 0).stream));
    CHECK(bench.deviceStatus().streamFault == StreamFault::Counter);
    REQUIRE(bench.clearStatus());
    SECTION("the same counter is allowed")
    {
        CHECK(bench.sendPlain(with(5, 0).stream));
    }
    SECTION("a newer key outweighs the counter, and retires the older one once confirmed")
    {
        REQUIRE(bench.sendPlain(with(1, 1).stream));
        bench.decide(1, SlotState::Confirmed, SlotState::Confirmed);
        bench.start();
        CHECK_FALSE(bench.sendPlain(with(9, 0).stream));
        CHECK(bench.deviceStatus().streamFault == StreamFault::Counter);
    }
}

TEST_CASE("slot data that is not what the header promised is refused before the first erase",
          "[update-mode][refusal]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    bench.settle();
    const std::uint64_t operations = bench.flash.operations();
    CHECK_FALSE(bench.sendPlain(flipped(newSet().stream, streamBlockBytes + 5)));
    CHECK(bench.lastStatus.state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrFile);
    CHECK(bench.flash.operations() == operations);
    REQUIRE(bench.clearStatus());
    CHECK(bench.sendPlain(newSet().stream));
}

TEST_CASE("a malformed patch is refused before the first erase", "[update-mode][refusal]")
{
    Bytes stream = newSet().stream;
    const CoreParts& m7 = newSet().header.parts[0];
    const std::size_t patchAt = streamBlockBytes + m7.tlvBytesA + m7.tlvBytesB;
    REQUIRE(m7.patchBytes > 4);
    for (std::size_t i = 0; i < 5; ++i)
        stream[patchAt + i] = 0xFF; // a gap that never ends
    stream = withHeader({newSet().header, stream, {}}, [&](StreamHeader& header) {
        header.slotDataHash = boot::BearSslCrypto{}.sha256(
            ByteView{stream}.subspan(streamBlockBytes, header.slotDataBytes()));
    });
    UpdateBench bench;
    bench.install();
    bench.start();
    bench.settle();
    const std::uint64_t operations = bench.flash.operations();
    CHECK_FALSE(bench.sendPlain(stream));
    CHECK(bench.lastStatus.status == Status::ErrFile);
    CHECK(bench.flash.operations() == operations);
}

TEST_CASE("a flipped bit in a body is an error on the last data block and voids the download",
          "[update-mode][refusal][R12]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    const std::uint32_t last = newSet().header.totalBlocks() - 1;
    const std::size_t bodies = newSet().header.firstBodyBlock() * streamBlockBytes;
    CHECK_FALSE(bench.sendPlain(flipped(newSet().stream, bodies + 2 * streamBlockBytes + 2000)));
    CHECK(bench.blocksSent == last);
    CHECK(bench.lastStatus.state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrFile);
    bench.run(100);
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.slot(Slot::B).state == SlotState::Invalid);
    CHECK(status.slot(Slot::B).reason == Reason::CheckFailed);
    CHECK(status.slot(Slot::B).setId == newSet().header.setId);
    CHECK(status.activeSlot == 0);
    CHECK(status.downloadSlot == noSet);

    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock()));
    CHECK(bench.missing().size() ==
          newSet().header.totalBlocks() - newSet().header.firstBodyBlock());
    REQUIRE(bench.abort());
    CHECK(bench.sendOurs(newSet()));
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("images that are good but not the announced ones are refused", "[update-mode][refusal]")
{
    const auto change = GENERATE(0, 1, 2, 3, 4);
    const Bytes stream = withHeader(newSet(), [&](StreamHeader& header) {
        if (change == 0) header.setId[0] ^= 1;
        if (change == 1) header.securityCounter += 1;
        if (change == 2) header.releaseVersion.revision += 1;
        if (change == 3) header.coreVersions[1].build += 1;
        if (change == 4) header.imageHashes[1][index(Slot::B)][31] ^= 1;
    });
    CAPTURE(change);
    UpdateBench bench;
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendPlain(stream));
    CHECK(bench.lastStatus.state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrFile);
    bench.run(100);
    CHECK(bench.slotState(Slot::B) == SlotState::Invalid);
    CHECK(bench.deviceStatus().activeSlot == 0);
}

TEST_CASE("a repeated block that differs from what was written ends and voids the download",
          "[update-mode][refusal][R4]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    const std::uint32_t first = newSet().header.firstBodyBlock();
    CHECK_FALSE(bench.sendOurs(newSet(), first + 4));
    bench.run(100);
    bench.mode->busReset();
    REQUIRE(bench.beginUpdate(newSet()));
    REQUIRE(bench.send(0, blockOf(newSet().stream, 0)).state == State::DownloadIdle);
    const Bytes other = flipped(newSet().stream, first * streamBlockBytes + 1100);
    REQUIRE(bench.download(first, blockOf(other, first)));
    bench.run(100);
    CHECK(bench.status().status == Status::ErrVerify);
    CHECK(bench.slotState(Slot::B) == SlotState::Invalid);
    REQUIRE(bench.clearStatus());
    CHECK(bench.sendOurs(newSet()));
}

TEST_CASE("blocks out of order are errADDRESS", "[update-mode][refusal]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    const Bytes& stream = newSet().stream;
    const std::uint32_t first = newSet().header.firstBodyBlock();
    const auto isRefused = [&](std::uint32_t block) {
        return bench.send(block, blockOf(stream, block)).status == Status::ErrAddress;
    };
    REQUIRE(bench.beginUpdate(newSet()));
    SECTION("anything before the header")
    {
        CHECK(isRefused(1));
    }
    SECTION("bodies before the slot data")
    {
        REQUIRE(bench.send(0, blockOf(stream, 0)).state == State::DownloadIdle);
        CHECK(isRefused(first));
    }
    SECTION("a body before a wanted one of the same core")
    {
        for (std::uint32_t block = 0; block < first; ++block)
            REQUIRE(bench.send(block, blockOf(stream, block)).state == State::DownloadIdle);
        CHECK(isRefused(first + 2));
    }
    SECTION("a block behind the stream")
    {
        REQUIRE(bench.send(0, blockOf(stream, 0)).state == State::DownloadIdle);
        CHECK(bench.send(0xFFFF, blockOf(stream, 0)).status == Status::ErrAddress);
    }
    SECTION("less than a block")
    {
        CHECK(bench.send(0, blockOf(stream, 0).first(100)).status == Status::ErrAddress);
    }
}

TEST_CASE("a header that is not the announced one is refused", "[update-mode][refusal]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    REQUIRE(bench.beginUpdate(oldSet()));
    CHECK(bench.send(0, blockOf(newSet().stream, 0)).status == Status::ErrFile);
}

TEST_CASE("the end of a download that is not complete is errNOTDONE", "[update-mode][refusal]")
{
    UpdateBench bench;
    bench.install();
    bench.start();
    const std::size_t sent = GENERATE(1U, 2U, 10U);
    CHECK_FALSE(bench.sendOurs(newSet(), sent));
    CHECK_FALSE(bench.finish());
    CHECK(bench.lastStatus.state == State::Error);
    CHECK(bench.lastStatus.status == Status::ErrNotDone);
    REQUIRE(bench.clearStatus());
    CHECK(bench.sendOurs(newSet()));
}
