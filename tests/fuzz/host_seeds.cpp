#include "core/bundle/verified_bundle.h"
#include "hostile_bus.h"
#include "releases.h"
#include "seeds.h"

namespace fuzz {

using namespace contract;

namespace {

bundler::Bytes realBundle()
{
    const test_support::ReleaseSpec spec{.payloadBytes = {64, 64}};
    bundler::BundleFields fields;
    fields.notes = {{"en", "# 1.0.0\n"}, {"de", "Neues\n"}};
    return test_support::makeBundle(test_support::tinyMap, spec, fields);
}

/// The manifest of release `first`, with the set id that its stream has.
Bytes realManifest(const bundler::Bytes& bundle)
{
    const auto entries = updater::readZip(bundle);
    return {entries->front().bytes.begin(), entries->front().bytes.end()};
}

Bytes bytesOf(std::string_view text)
{
    return {text.begin(), text.end()};
}

} // namespace

std::vector<Bytes> bundleSeeds()
{
    constexpr std::size_t streamName = 2;
    constexpr std::size_t notesName = 3;
    const bundler::Bytes bundle = realBundle();
    const Bytes manifest = realManifest(bundle);
    std::vector<Bytes> seeds;
    for (const std::size_t isListed : {0U, 1U}) {
        Script packed;
        packed.bytes(1, isListed, 0, 2, streamName).piece({}).byte(notesName);
        seeds.push_back(packed.piece(bytesOf("notes")).raw(manifest));
    }
    const updater::ZipEntry note{"notes/en.md", ByteView{manifest}.first(10)};
    Script small;
    seeds.push_back(small.byte(0).raw(updater::writeZip({&note, 1})));
    Script whole;
    seeds.push_back(whole.byte(0).raw(bundle));
    return seeds;
}

std::vector<Bytes> manifestSeeds()
{
    std::vector<Bytes> seeds{realManifest(realBundle())};
    for (const std::string_view text :
         {"{}", "[]", "{\"a\":1,\"\\u0061\":2}", "[[[[[[0]]]]]]", "{\"format\":1e400}", "nul"})
        seeds.push_back(bytesOf(text));
    return seeds;
}

std::vector<Bytes> streamSeeds()
{
    std::vector<Bytes> seeds;
    for (std::size_t set = 0; set < releasesFor(MapChoice::Tiny).sets.size(); ++set) {
        Script intact;
        seeds.push_back(intact.bytes(set, 0, 0, 0));
        Script sealed;
        seeds.push_back(sealed.bytes(set, 0, 1).longWord(0x1000).bytes(1, 1, 3));
    }
    for (std::size_t field = 0; field < 13; ++field) {
        for (const std::uint32_t value : telling) {
            Script crafted;
            crafted.bytes(release::first, 1, 0, field).longWord(value);
            seeds.push_back(crafted.bytes(3, 0, 1, 7));
        }
    }
    return seeds;
}

std::vector<Bytes> replySeeds()
{
    std::vector<Bytes> seeds;
    for (std::size_t mode = 0; mode < 5; ++mode) {
        // Honest for some requests, then each kind of answer once.
        for (const std::size_t honest : {0U, 2U, 5U, 9U, 14U, 20U, 30U}) {
            for (const std::size_t answer : {0U, 130U, 165U, 195U, 205U, 215U, 225U, 239U, 245U}) {
                Script script;
                script.byte(mode);
                for (std::size_t i = 0; i < honest; ++i)
                    script.byte(0);
                seeds.push_back(script.bytes(answer, 1, 2, 3, 4));
            }
        }
    }
    return seeds;
}

std::vector<Bytes> textSeeds()
{
    std::vector<Bytes> seeds;
    for (const std::string_view text :
         {"1.2.3", "1.2.3+4", "255.255.65535+4294967295", "01.2.3", "1-2.3.4", "1-", "0-1",
          "31002A000F51383634333738", "31002a000f51383634333738", "\xC3\xA4\xE2\x82\xAC",
          "\xED\xA0\x80", "\x1B[2J", "a\\b\"c\n", "\xF0\x9F\x98\x80", "\xC0\x80"})
        seeds.push_back(bytesOf(text));
    return seeds;
}

} // namespace fuzz
