// Release bundles: any bytes as the archive; or any entries, packed and signed by the vendor, so
// that everything behind the signatures is reached.
#include "core/bundle/manifest_signature.h"
#include "core/bundle/verified_bundle.h"
#include "fuzz_input.h"
#include "invariant.h"
#include "releases.h"

using namespace contract;
using namespace fuzz;
using updater::ZipEntry;

namespace {

namespace entry = updater::bundle_entry;

constexpr std::size_t mostEntries = 8;

const updater::Trust& trust()
{
    static const updater::Trust tiny = test_support::trustFor(test_support::tinyMap);
    return tiny;
}

ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What the reader takes is exactly what the writer makes.
void checkZip(ByteView archive)
{
    const auto entries = updater::readZip(archive);
    if (!entries) return;
    invariant(std::ranges::equal(updater::writeZip(*entries), archive), "there is one ZIP form");
    for (const ZipEntry& found : *entries) {
        invariant(found.bytes.data() >= archive.data() &&
                      found.bytes.data() + found.bytes.size() <= archive.data() + archive.size(),
                  "entries lie in the archive");
        invariant(found.name.find("..") == std::string::npos && !found.name.starts_with('/') &&
                      found.name.find('\\') == std::string::npos &&
                      found.name.find(':') == std::string::npos,
                  "no name leads out of a folder");
    }
}

/// Names that count, or the input's.
std::string readName(Input& input)
{
    constexpr std::array<std::string_view, 6> known{"manifest.json",  "manifest.sig",
                                                    "firmware.h7set", "notes/en.md",
                                                    "notes/de.md",    "notes/../x.md"};
    const std::size_t which = input.below(8);
    if (which < known.size()) return std::string(known[which]);
    const ByteView name = input.take(input.below(24));
    return {name.begin(), name.end()};
}

std::vector<ZipEntry> readEntries(Input& input, const Releases& releases)
{
    std::vector<ZipEntry> entries;
    for (std::size_t count = input.below(mostEntries); count > 0; --count) {
        std::string name = readName(input);
        ByteView content = input.piece();
        const bool isReal = name == entry::stream && content.size() < 2;
        if (isReal) {
            const std::size_t number = content.empty() ? 0 : content[0];
            content = releases.sets[number % releases.sets.size()].stream;
        }
        entries.push_back({std::move(name), content});
    }
    return entries;
}

/// The manifest with the entries that are really there, in its own words where it can be read.
std::string listing(std::string text, const std::vector<ZipEntry>& entries)
{
    auto manifest = updater::parseManifest(bytesOf(text));
    if (!manifest) return text;
    manifest->entries.clear();
    for (const ZipEntry& listed : entries) {
        if (listed.name == entry::manifest || listed.name == entry::signature) continue;
        manifest->entries.push_back({listed.name, static_cast<std::uint32_t>(listed.bytes.size()),
                                     updater::sha256(listed.bytes)});
    }
    return updater::manifestText(*manifest);
}

/// As a vendor's tool that checks nothing would pack them.
Bytes pack(Input& input)
{
    const bool isListed = input.flag();
    const auto& key = test_support::developmentKey(input.flag() ? 1 : 0);
    std::vector<ZipEntry> entries = readEntries(input, releasesFor(MapChoice::Tiny));
    const ByteView rest = input.rest();
    std::string manifest(rest.begin(), rest.end());
    if (isListed) manifest = listing(manifest, entries);
    const auto signature = updater::signManifest(bytesOf(manifest), key);
    invariant(signature.has_value(), "every manifest can be signed");
    const auto encoded = encode(*signature);
    entries.insert(entries.begin(), {{std::string(entry::manifest), bytesOf(manifest)},
                                     {std::string(entry::signature), encoded}});
    return updater::writeZip(entries);
}

void checkVerified(const updater::VerifiedBundle& bundle)
{
    const Releases& releases = releasesFor(MapChoice::Tiny);
    const auto isThis = [&](const bundler::SignedSet& set) {
        return std::ranges::equal(bundle.stream(), set.stream);
    };
    invariant(std::ranges::any_of(releases.sets, isThis), "a verified stream is a release");
    invariant(bundle.manifest().setId == bundle.streamHeader().setId, "manifest and header agree");
    invariant(bundle.streamHeaderHash() ==
                  updater::sha256(bundle.stream().first(StreamHeader::encodedBytes)),
              "the download's name is the header's hash");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Input input(bytes, size);
    const bool isPacked = input.flag();
    Bytes archive;
    if (isPacked) {
        archive = pack(input);
    } else {
        const ByteView rest = input.rest();
        archive.assign(rest.begin(), rest.end());
    }
    checkZip(archive);
    const auto bundle = updater::verifyBundle(archive, trust());
    if (bundle) checkVerified(*bundle);
    return 0;
}
