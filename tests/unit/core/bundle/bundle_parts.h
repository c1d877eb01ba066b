// Takes bundles apart and puts them together again, so that a test can spoil exactly one thing.
#pragma once

#include "core/bundle/manifest_signature.h"
#include "core/bundle/verified_bundle.h"
#include "support/release_fixture.h"

#include <algorithm>
#include <stdexcept>

namespace bundle_test {

using updater::Bytes;
using updater::ErrorCode;

/// The product's shape with sectors of 8 KB: bundles of a few blocks.
inline constexpr contract::FlashMap tinyMap{
    .sectorBytes = 8 * 1024,
    .sectorsPerBank = 8,
    .bootloader = {0x0800'0000, 0x2000},
    .journal = {0x0800'E000, 0x2000},
    .slotRegions = {{{{{0x0800'2000, 0x6000}, {0x0800'8000, 0x6000}}},
                     {{{0x0801'0000, 0x8000}, {0x0801'8000, 0x8000}}}}},
};
static_assert(tinyMap.tiles());

inline const test_support::ReleaseSpec tinySpec{.payloadBytes = {256, 320}};

struct Part {
    std::string name;
    Bytes bytes;
};
using Parts = std::vector<Part>;

inline Bytes bytesOf(std::string_view text)
{
    return {text.begin(), text.end()};
}

inline Parts partsOf(const Bytes& bundle)
{
    Parts parts;
    const auto entries = updater::readZip(bundle);
    if (!entries) throw std::runtime_error(entries.error().detail);
    for (const updater::ZipEntry& entry : *entries)
        parts.push_back({entry.name, Bytes(entry.bytes.begin(), entry.bytes.end())});
    return parts;
}

inline Bytes joined(const Parts& parts)
{
    std::vector<updater::ZipEntry> entries;
    for (const Part& part : parts)
        entries.push_back({part.name, part.bytes});
    return updater::writeZip(entries);
}

inline Bytes& part(Parts& parts, std::string_view name)
{
    return std::ranges::find(parts, name, &Part::name)->bytes;
}

inline void signManifest(Parts& parts, const updater::PrivateKey& key)
{
    const auto signature = updater::signManifest(part(parts, "manifest.json"), key);
    const auto encoded = contract::encode(*signature);
    part(parts, "manifest.sig").assign(encoded.begin(), encoded.end());
}

/// Replaces text in the manifest and signs it again.
inline void editManifest(Parts& parts, std::string_view from, std::string_view to)
{
    Bytes& manifest = part(parts, "manifest.json");
    std::string text(manifest.begin(), manifest.end());
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in the manifest");
    manifest = bytesOf(text.replace(at, from.size(), to));
    signManifest(parts, test_support::developmentKey(0));
}

inline ErrorCode refusalOf(const Bytes& bundle,
                           const updater::Trust& trust = test_support::trustFor(tinyMap))
{
    const auto verified = updater::verifyBundle(bundle, trust);
    if (verified) throw std::runtime_error("the bundle was accepted");
    return verified.error().code;
}

inline Bytes tinyBundle()
{
    return test_support::makeBundle(tinyMap, tinySpec, {.notes = {{"en", "# News\n"}}});
}

} // namespace bundle_test
