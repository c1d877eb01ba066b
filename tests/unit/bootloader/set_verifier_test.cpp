#include "bootloader/set_verifier.h"

#include "bundler/image_builder.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>

using namespace contract;
using test_support::ReleaseSpec;
using test_support::tinyMap;
using virtual_h755::Cell;

namespace {

const boot::BearSslCrypto crypto;

/// A board with one good release in both slots, ready to be spoiled.
struct VerifierBoard {
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{tinyMap, clock, virtual_h755::FlashTiming::instant()};
    virtual_h755::VirtualBoard board{flash, clock};
    boot::Identity identity = virtual_h755::brandedIdentity();
    boot::SetVerifier verifier{board, crypto, tinyMap, identity};
    bundler::SignedSet set;

    explicit VerifierBoard(const ReleaseSpec& spec = {})
        : set(test_support::makeRelease(tinyMap, spec))
    {
        for (const Slot slot : slots) {
            install(Core::M7, slot);
            install(Core::M4, slot);
        }
    }
    bundler::Bytes& image(Core core, Slot slot) { return set.images[index(core)][index(slot)]; }
    void install(Core core, Slot slot)
    {
        flash.poke(tinyMap.slot(core, slot).address, image(core, slot));
    }
    ImageFault fault(Core core, Slot slot = Slot::A)
    {
        return verifier.verify(slot).faults[index(core)];
    }
    /// The verdict on an image in slot A whose bytes at `offset` are replaced.
    ImageFault faultWith(Core core, std::size_t offset, const bundler::Bytes& bytes)
    {
        std::copy(bytes.begin(), bytes.end(),
                  image(core, Slot::A).begin() + static_cast<std::ptrdiff_t>(offset));
        install(core, Slot::A);
        return fault(core);
    }
    std::uint32_t bodyBytes(Core core) const { return set.header.part(core).bodyBytes; }
};

/// The M4's TLVs in slot A, as the builder made them.
ImageTlvs m4Tlvs(VerifierBoard& board)
{
    const ByteView area =
        ByteView{board.image(Core::M4, Slot::A)}.subspan(board.bodyBytes(Core::M4));
    ImageTlvs tlvs;
    REQUIRE(parseTlvs(area, detail::loadU16(area, 2), Core::M4, tlvs) == ImageFault::None);
    return tlvs;
}

/// Puts a properly signed M4 image with these TLVs into slot A.
void installM4(VerifierBoard& board, const ImageTlvs& tlvs, std::uint32_t seed = 1,
               std::uint32_t key = 0)
{
    const ReleaseSpec spec{.seed = seed};
    const auto payloads = test_support::makePayloads(tinyMap, Core::M4, spec);
    const bundler::ImageFields fields{Core::M4, tinyMap.slot(Core::M4, Slot::A).address,
                                      spec.version, tlvs};
    const bundler::Image image =
        bundler::buildImage(fields, payloads.slotA, test_support::developmentKey(key)).value();
    bundler::Bytes& bytes = board.image(Core::M4, Slot::A);
    bytes = image.body;
    bytes.insert(bytes.end(), image.tlvs.begin(), image.tlvs.end());
    board.install(Core::M4, Slot::A);
}

} // namespace

TEST_CASE("a set as the bundle tool makes it is valid in both slots, and says what it is",
          "[set_verifier]")
{
    const std::uint32_t key = GENERATE(0U, 1U);
    VerifierBoard board({.version = {1, 2, 3, 4}, .counter = 9, .flags = 5, .keyIndex = key});
    const Slot slot = GENERATE(Slot::A, Slot::B);
    const boot::SetContents& contents = board.verifier.verify(slot);
    CHECK(contents.isValid());
    CHECK_FALSE(contents.isBlank);
    CHECK(contents.setId == board.set.header.setId);
    CHECK(contents.releaseVersion == Version{1, 2, 3, 4});
    CHECK(contents.coreVersions == board.set.header.coreVersions);
    CHECK(contents.imageHashes[0] == board.set.header.imageHashes[0][index(slot)]);
    CHECK(contents.imageHashes[1] == board.set.header.imageHashes[1][index(slot)]);
    CHECK(contents.level() == boot::SecurityLevel{key, 9});
    CHECK(contents.flags == 5);
}

TEST_CASE("images of every length around the slice and word sizes are valid", "[set_verifier]")
{
    const std::uint32_t bytes = GENERATE(64U, 3000U, 3072U, 3076U, 7164U, 7168U, 9216U);
    VerifierBoard board({.payloadBytes = {bytes, bytes}});
    CHECK(board.verifier.verify(Slot::B).isValid());
}

TEST_CASE("verification comes in slices", "[set_verifier]")
{
    VerifierBoard board;
    board.verifier.start(Slot::A);
    int steps = 1;
    while (!board.verifier.step())
        ++steps;
    CHECK(steps == 2 * (3 + 1 + 1)); // per core: hashing, comparing the hash, the signature
    CHECK(board.verifier.contents().isValid());
}

TEST_CASE("blank slots are no set", "[set_verifier]")
{
    VerifierBoard board;
    board.flash.restore(virtual_h755::FlashContents{tinyMap});
    const boot::SetContents& contents = board.verifier.verify(Slot::A);
    CHECK(contents.isBlank);
    CHECK(contents.faults == std::array{ImageFault::Magic, ImageFault::Magic});
    board.install(Core::M4, Slot::A);
    CHECK_FALSE(board.verifier.verify(Slot::A).isBlank);
    CHECK_FALSE(board.verifier.contents().isValid());
}

TEST_CASE("an ECC error anywhere in an image makes it unreadable", "[set_verifier][R6]")
{
    VerifierBoard board;
    const Core core = GENERATE(Core::M7, Core::M4);
    const auto length = static_cast<std::uint32_t>(board.image(core, Slot::A).size());
    const std::uint32_t offset = GENERATE_REF(0U, 0x3E0U, 0x400U, 5000U, length - 33, length - 1);
    board.flash.damage(tinyMap.slot(core, Slot::A).address + offset, Cell::Bad);
    CHECK(board.fault(core) == ImageFault::Unreadable);
    CHECK(board.fault(core == Core::M7 ? Core::M4 : Core::M7) == ImageFault::None);
}

TEST_CASE("an ECC error behind an image does not concern it", "[set_verifier]")
{
    VerifierBoard board;
    const Core core = GENERATE(Core::M7, Core::M4);
    const auto length = static_cast<std::uint32_t>(board.image(core, Slot::A).size());
    board.flash.damage(tinyMap.slot(core, Slot::A).address + length + 31, Cell::Bad);
    CHECK(board.verifier.verify(Slot::A).isValid());
}

TEST_CASE("one wrong header field is refused by its own name", "[set_verifier]")
{
    struct Case {
        std::size_t offset;
        bundler::Bytes bytes;
        ImageFault fault;
    };
    const auto it = GENERATE(values<Case>({
        {0, {0x3C}, ImageFault::Magic},
        {4, {0x00, 0x00, 0x01}, ImageFault::LoadAddress},
        {8, {0x20, 0x00}, ImageFault::HeaderSize},
        {10, {0x00, 0x05}, ImageFault::TlvArea}, // protected TLVs longer than allowed
        {10, {0x50, 0x00}, ImageFault::TlvArea}, // or shorter than their area says
        {12, {0x00, 0x00, 0x01, 0x00}, ImageFault::Size},
        {12, {0x04, 0x00, 0x00, 0x00}, ImageFault::Size},
        {16, {0x01}, ImageFault::Flags},
        {28, {0x01}, ImageFault::Padding},
        {32, {0x00}, ImageFault::Padding}, // the fill behind the header
        {0x3FF, {0xFE}, ImageFault::Padding},
        {0x400, {0x04, 0x00, 0x02, 0x20}, ImageFault::VectorTable}, // SP above DTCM
        {0x400, {0xFC, 0xFF, 0xFF, 0x1F}, ImageFault::VectorTable}, // SP below it
        {0x400, {0x00, 0x00, 0x00, 0x20}, ImageFault::VectorTable}, // no room below it
        {0x400, {0xFE, 0xFF, 0x01, 0x20}, ImageFault::VectorTable}, // not aligned
        {0x404, {0x20}, ImageFault::VectorTable},                   // no Thumb bit
        {0x406, {0x01}, ImageFault::VectorTable},                   // outside the payload
        {0x500, {0x00, 0x00, 0x00, 0x00}, ImageFault::Hash},
    }));
    const Core core = GENERATE(Core::M7, Core::M4);
    VerifierBoard board;
    CHECK(board.faultWith(core, it.offset, it.bytes) == it.fault);
    CHECK_FALSE(board.verifier.contents().isValid());
}

TEST_CASE("a stack may begin anywhere in RAM up to a region's end", "[set_verifier]")
{
    // The vector table is checked before the hash, so these images fail for their hash only.
    const std::uint32_t stack = GENERATE(0x2000'0004U, 0x2002'0000U, 0x2408'0000U, 0x3004'8000U,
                                         0x1000'0100U, 0x1004'8000U, 0x3801'0000U);
    ByteArray<4> bytes{};
    Encoder encoder{bytes};
    encoder(stack);
    VerifierBoard board({.version = {1, 0, 0, 1}});
    const ImageFault fault =
        board.faultWith(Core::M7, 0x400, bundler::Bytes{bytes.begin(), bytes.end()});
    CHECK(fault == (stack == 0x2002'0000 ? ImageFault::None : ImageFault::Hash));
}

TEST_CASE("an image linked for the other slot is refused", "[set_verifier]")
{
    VerifierBoard board;
    std::swap(board.image(Core::M7, Slot::A), board.image(Core::M7, Slot::B));
    board.install(Core::M7, Slot::A);
    CHECK(board.fault(Core::M7) == ImageFault::LoadAddress);
}

TEST_CASE("a wrong byte in the TLVs is refused by its own name", "[set_verifier]")
{
    struct Case {
        std::size_t offset; ///< in the M4's TLV area, whose order the bundle tool fixes
        std::uint8_t byte;
        ImageFault fault;
    };
    // 0 area header, 4 counter, 12 set id, 32 product, 44 flags, 50 version; 62 area header, 66
    // hash, 102 key hash, 138 signature; each TLV begins with two bytes of type and two of length.
    const auto it = GENERATE(values<Case>({
        {0, 0x07, ImageFault::TlvArea},
        {4, 0x51, ImageFault::TlvUnknown},
        {4, 0x10, ImageFault::TlvMisplaced},
        {4, 0xA2, ImageFault::TlvUnknown}, // companion: the M7's alone
        {6, 0x05, ImageFault::TlvLength},
        {8, 0x77, ImageFault::Hash}, // the counter itself
        {47, 0x80, ImageFault::TlvArea},
        {48, 0x08, ImageFault::SetFlags},
        {62, 0x08, ImageFault::TlvArea},
        {64, 0x10, ImageFault::TlvArea}, // unprotected area shorter than its TLVs
        {65, 0x05, ImageFault::TlvArea}, // or longer than allowed
        {65, 0xFF, ImageFault::TlvArea}, // or than the slot
        {66, 0x50, ImageFault::TlvMisplaced},
        {70, 0x00, ImageFault::Hash},
        {102, 0x10, ImageFault::TlvDuplicate},
        {106, 0x00, ImageFault::Key},
        {142, 0x31, ImageFault::Signature}, // not DER
    }));
    VerifierBoard board;
    CHECK(board.faultWith(Core::M4, board.bodyBytes(Core::M4) + it.offset, {it.byte}) == it.fault);
}

TEST_CASE("TLVs that would reach beyond the slot are not read", "[set_verifier]")
{
    // The body ends 4 bytes before the slot does, which is all that the header alone forbids.
    VerifierBoard board;
    const std::uint32_t payload = tinyMap.slot(Core::M4, Slot::A).bytes - imageHeaderBytes - 4 - 62;
    ByteArray<4> bytes{};
    Encoder encoder{bytes};
    encoder(payload);
    const std::uint32_t place =
        tinyMap.slot(Core::M4, Slot::A).address + imageHeaderBytes + payload;
    const auto tlvs = board.image(Core::M4, Slot::A).begin() + board.bodyBytes(Core::M4);
    const bundler::Bytes area(tlvs, tlvs + 66);
    board.flash.poke(place, area);
    CHECK(board.faultWith(Core::M4, 12, {bytes.begin(), bytes.end()}) == ImageFault::TlvArea);
}

TEST_CASE("a set for another product or hardware is refused", "[set_verifier]")
{
    const auto spec = GENERATE(values<ReleaseSpec>({
        {.productId = 4711},
        {.hardwareMinimum = 2},
        {.hardwareMinimum = 0, .hardwareMaximum = 0},
    }));
    VerifierBoard board(spec);
    CHECK(board.fault(Core::M7) == ImageFault::Product);
    CHECK(board.fault(Core::M4) == ImageFault::Product);
}

TEST_CASE("a set signed by a key that is not ours is refused", "[set_verifier]")
{
    VerifierBoard board;
    board.identity.keys[0] = board.identity.keys[1];
    CHECK(board.fault(Core::M7) == ImageFault::Key);
}

TEST_CASE("a key hash of ours does not vouch for another key's signature", "[set_verifier]")
{
    VerifierBoard board;
    board.identity.keys[0].point = board.identity.keys[1].point;
    CHECK(board.fault(Core::M7) == ImageFault::Signature);
}

TEST_CASE("two valid images of different releases are no set", "[set_verifier]")
{
    VerifierBoard board;
    VerifierBoard later({.version = {1, 1, 0, 0}, .seed = 2});
    later.install(Core::M4, Slot::A);
    board.flash.poke(tinyMap.slot(Core::M4, Slot::A).address, later.image(Core::M4, Slot::A));
    CHECK(board.fault(Core::M4) == ImageFault::SetMismatch);
}

TEST_CASE("cores that differ in one common field are no set", "[set_verifier]")
{
    VerifierBoard board;
    ImageTlvs tlvs = m4Tlvs(board);
    std::uint32_t key = 0;
    SECTION("set id")
    {
        tlvs.setId[15] ^= 1;
    }
    SECTION("product range")
    {
        tlvs.product.hardwareMaximum = 7;
    }
    SECTION("security counter")
    {
        ++tlvs.securityCounter;
    }
    SECTION("flags")
    {
        tlvs.flags ^= set_flags::applicationStartsM4;
    }
    SECTION("release version")
    {
        ++tlvs.releaseVersion.build;
    }
    SECTION("key")
    {
        key = 1;
    }
    installM4(board, tlvs, 1, key);
    CHECK(board.fault(Core::M4) == ImageFault::SetMismatch);
    CHECK(board.fault(Core::M7) == ImageFault::None);
}

TEST_CASE("the M7 belongs to one M4 image only", "[set_verifier]")
{
    VerifierBoard board;
    installM4(board, m4Tlvs(board));
    REQUIRE(board.verifier.verify(Slot::A).isValid()); // the same image, signed again
    installM4(board, m4Tlvs(board), 2);
    CHECK(board.fault(Core::M7) == ImageFault::Companion);
    CHECK(board.fault(Core::M4) == ImageFault::None);
}

TEST_CASE("one verifier judges one slot after the other", "[set_verifier]")
{
    VerifierBoard board;
    board.flash.damage(tinyMap.slot(Core::M4, Slot::A).address, Cell::Bad);
    CHECK_FALSE(board.verifier.verify(Slot::A).isValid());
    CHECK(board.verifier.verify(Slot::B).isValid());
    CHECK_FALSE(board.verifier.verify(Slot::A).isValid());
}
