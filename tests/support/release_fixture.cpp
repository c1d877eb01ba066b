#include "support/release_fixture.h"

#include "branding/branding.h"

#include <algorithm>
#include <random>
#include <stdexcept>

namespace test_support {

using namespace contract;

namespace {

template <typename T>
T demand(updater::Result<T> result)
{
    if (!result)
        throw std::runtime_error(updater::errorLabel(result.error().code) + " " +
                                 result.error().detail);
    return std::move(*result);
}

void storeWord(bundler::Bytes& bytes, std::size_t offset, std::uint32_t word)
{
    Encoder encoder{ByteSpan{bytes}.subspan(offset, 4)};
    encoder(word);
}

bundler::Bytes linkFor(const Region& slot, std::uint32_t payloadBytes, std::uint32_t seed)
{
    const std::uint32_t start = slot.address + imageHeaderBytes;
    std::mt19937 random(seed); // the same noise in both links
    bundler::Bytes payload(payloadBytes);
    for (std::uint32_t offset = 0; offset < payloadBytes; offset += 4) {
        const std::uint32_t word = static_cast<std::uint32_t>(random());
        storeWord(payload, offset, offset % 32 == 0 ? start + word % payloadBytes : word);
    }
    storeWord(payload, 0, 0x2002'0000);
    storeWord(payload, 4, start + 0x20 + 1); // Thumb
    return payload;
}

} // namespace

const updater::PrivateKey& developmentKey(std::uint32_t index)
{
    static const std::array<updater::PrivateKey, 2> keys{
        demand(updater::PrivateKey::fromPemFile(H755_KEYS_DIR "/development-current.pem")),
        demand(updater::PrivateKey::fromPemFile(H755_KEYS_DIR "/development-next.pem"))};
    return keys.at(index);
}

bundler::CorePayloads makePayloads(const FlashMap& map, Core core, const ReleaseSpec& spec)
{
    const std::uint32_t bytes = spec.payloadBytes[index(core)];
    const std::uint32_t seed = 2 * spec.seed + static_cast<std::uint32_t>(index(core));
    bundler::CorePayloads payloads;
    payloads.slotA = linkFor(map.slot(core, Slot::A), bytes, seed);
    if (!spec.isSingleLink) payloads.slotB = linkFor(map.slot(core, Slot::B), bytes, seed);
    return payloads;
}

bundler::ReleaseFields fieldsOf(const ReleaseSpec& spec)
{
    bundler::ReleaseFields fields;
    fields.releaseVersion = spec.version;
    fields.coreVersions = {spec.version, spec.version};
    fields.product = {spec.productId == 0 ? branding::productId : spec.productId,
                      spec.hardwareMinimum, spec.hardwareMaximum};
    fields.securityCounter = spec.counter;
    fields.keyIndex = spec.keyIndex;
    fields.flags = spec.flags;
    fields.minimumBootloader = spec.minimumBootloader;
    return fields;
}

bundler::SignedSet makeRelease(const FlashMap& map, const ReleaseSpec& spec)
{
    return demand(bundler::buildSet(
        map, fieldsOf(spec), {makePayloads(map, Core::M7, spec), makePayloads(map, Core::M4, spec)},
        developmentKey(spec.keyIndex)));
}

bundler::Bytes makeBundle(const FlashMap& map, const ReleaseSpec& spec,
                          const bundler::BundleFields& fields)
{
    return demand(
        bundler::packBundle(makeRelease(map, spec), fields, developmentKey(spec.keyIndex)));
}

bundler::Bytes bootloaderLike()
{
    bundler::Bytes bytes(0x10'100, 0xFF);
    const auto put = [&](std::size_t at, std::uint32_t word) {
        contract::Encoder encoder{contract::ByteSpan{bytes}.subspan(at, 4)};
        encoder(word);
    };
    put(0, 0x2002'0000);
    put(4, 0x0800'0401);
    put(0x10'000, 0x1002'0000);
    put(0x10'004, 0x0801'0041);
    auto at = bytes.begin() + 0x2'000;
    for (const updater::TrustedKey& key : updater::brandingTrust().keys)
        at = std::ranges::copy(key.key.point(), at).out;
    return bytes;
}

updater::Trust trustFor(const FlashMap& map)
{
    updater::Trust trust = updater::brandingTrust();
    trust.map = map;
    return trust;
}

} // namespace test_support
