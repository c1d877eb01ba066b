// h755-bundle on what arm-none-eabi really links: the example firmware of preset `device`.
#include "bundler/program.h"
#include "core/bundle/set_check.h"
#include "core/bundle/verified_bundle.h"
#include "temporary_folder.h"

#include "bundler/linked_image.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace bundler_test;

namespace {

std::string links(const std::string& name)
{
    const std::string path = H755_EXAMPLE_DIR "/" + name;
    return path + "_a.elf," + path + "_b.elf";
}

struct Outcome {
    int exitCode = 0;
    std::string err;
};

Outcome create(const std::string& output, const std::string& m7, const std::string& m4,
               const std::vector<std::string>& extra = {})
{
    std::vector<std::string> arguments{"create",
                                       "--m7",
                                       links(m7),
                                       "--m4",
                                       links(m4),
                                       "--version",
                                       "1.1.0",
                                       "--counter",
                                       "1",
                                       "--key",
                                       H755_KEYS_DIR "/development-current.pem",
                                       "-o",
                                       output};
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    std::ostringstream out;
    std::ostringstream err;
    const int exitCode = bundler::runProgram(std::move(arguments), out, err);
    return {exitCode, err.str()};
}

bundler::LinkedImage linkOf(const std::string& file, contract::Core core, contract::Slot slot)
{
    std::ifstream stream(H755_EXAMPLE_DIR "/" + file, std::ios::binary);
    const std::string elf{std::istreambuf_iterator<char>(stream), {}};
    auto image =
        bundler::readElf({elf.begin(), elf.end()}, contract::h755FlashMap.slot(core, slot));
    REQUIRE(image);
    return *std::move(image);
}

} // namespace

TEST_CASE("the example firmware becomes a release whose images are its links", "[example]")
{
    using namespace contract;
    const TemporaryFolder folder;
    const std::string version = GENERATE("1.0.0", "1.1.0");
    const std::string name = "example-" + version;
    const Outcome made = create(folder.file("release.h755"), name + "-m7", name + "-m4");
    INFO(made.err);
    REQUIRE(made.exitCode == 0);
    const auto bundle = updater::openBundle(folder.file("release.h755"));
    REQUIRE(bundle);
    for (const Core core : cores) {
        for (const Slot slot : slots) {
            const std::string file =
                name + (core == Core::M7 ? "-m7" : "-m4") + (slot == Slot::A ? "_a.elf" : "_b.elf");
            const auto payload = linkOf(file, core, slot).payload;
            const auto image =
                updater::imageFromStream(bundle->stream(), bundle->streamHeader(), core, slot);
            const ByteView found = ByteView{image}.subspan(imageHeaderBytes, payload.size());
            CHECK(std::equal(payload.begin(), payload.end(), found.begin()));
        }
    }
}

TEST_CASE("the example's symbols and code are found in its link", "[example]")
{
    const auto link = linkOf("example-1.0.0-m7_b.elf", contract::Core::M7, contract::Slot::B);
    CHECK(link.placeOf(8) == "vector_table+0x8");
    std::size_t instructions = 0;
    std::size_t bytes = 0;
    for (const bundler::Unit& unit : link.units()) {
        instructions += unit.isCode;
        bytes += unit.bytes;
    }
    CHECK(instructions > 500);
    CHECK(bytes == link.payload.size());
}

TEST_CASE("firmware with slot A's address as a constant is refused by symbol and offset",
          "[example]")
{
    const TemporaryFolder folder;
    const auto [name, place] = GENERATE(table<std::string, std::string>(
        {{"planted-word-m7", "planted_vector_table+0x0 points into slot A (0x08020400)"},
         {"planted-instructions-m7",
          "planted_set_vector_table+0x4 points into slot A (0x08020000)"}}));
    const Outcome refused = create(folder.file("release.h755"), name, "example-1.0.0-m4");
    CHECK(refused.exitCode == 5);
    CHECK(refused.err.find("error HX-0516") == 0);
    CHECK(refused.err.find("M7 link B: " + place) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.file("release.h755")));
    CHECK(create(folder.file("release.h755"), name, "example-1.0.0-m4",
                 {"--allow-pointer", "planted_vector_table", "--allow-pointer",
                  "planted_set_vector_table"})
              .exitCode == 0);
}

TEST_CASE("links that were not made for their slots are refused", "[example]")
{
    const TemporaryFolder folder;
    const std::string output = folder.file("release.h755");
    CHECK(create(output, "example-1.0.0-m4", "example-1.0.0-m4").exitCode == 5);
    CHECK(create(output, "example-1.0.0-m7", "example-1.0.0-m7").exitCode == 5);
}

TEST_CASE("the same firmware gives the same bytes apart from signatures", "[example]")
{
    const TemporaryFolder folder;
    for (const char* name : {"1.h755", "2.h755"})
        REQUIRE(create(folder.file(name), "example-1.0.0-m7", "example-1.0.0-m4").exitCode == 0);
    const auto first = updater::openBundle(folder.file("1.h755"));
    const auto second = updater::openBundle(folder.file("2.h755"));
    REQUIRE((first && second));
    CHECK(first->manifest().setId == second->manifest().setId);
    CHECK(first->streamHeader().imageHashes == second->streamHeader().imageHashes);
    const std::size_t bodies = std::size_t{first->streamHeader().firstBodyBlock()} * 4096;
    CHECK(std::ranges::equal(first->stream().subspan(bodies), second->stream().subspan(bodies)));
}
