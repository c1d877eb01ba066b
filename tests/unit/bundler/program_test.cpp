// The program without firmware to pack: keys, and what it refuses before it reads an ELF file.
#include "bundler/program.h"

#include "core/bundle/verified_bundle.h"

#include "elf_writer.h"
#include "hex_writer.h"
#include "support/release_fixture.h"
#include "temporary_folder.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace bundler_test;
using namespace contract;
using Arguments = std::vector<std::string>;

namespace {

struct Outcome {
    int exitCode = 0;
    std::string out;
    std::string err;
};

Outcome run(Arguments arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const int exitCode = bundler::runProgram(std::move(arguments), out, err);
    return {exitCode, out.str(), err.str()};
}

const std::string developmentPem = H755_KEYS_DIR "/development-current.pem";

Arguments createWith(const TemporaryFolder& folder, const Arguments& extra)
{
    Arguments arguments{
        "create", "--m7", "a.elf,b.elf", "--m4", "c.elf,d.elf", "-o", folder.file("release.h755")};
    for (const char* option : {"--version", "--counter", "--key"}) {
        if (std::find(extra.begin(), extra.end(), option) != extra.end()) continue;
        arguments.push_back(option);
        arguments.push_back(option == std::string("--version")   ? "1.0.0"
                            : option == std::string("--counter") ? "1"
                                                                 : developmentPem);
    }
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    return arguments;
}

/// What --m7 and --m4 get.
struct Firmware {
    std::string m7;
    std::string m4;
};

Arguments createFrom(const Firmware& files, const std::string& output)
{
    return {"create",    "--m7", files.m7, "--m4", files.m4, "--version",   "1.0.0",
            "--counter", "1",    "-o",     output, "--key",  developmentPem};
}

constexpr std::uint32_t payloadStart(Core core)
{
    return h755FlashMap.slot(core, Slot::A).address + imageHeaderBytes;
}

/// Vectors and some bytes behind them, as the payload of an image that starts at `start`.
bundler::Bytes payloadAt(std::uint32_t start)
{
    bundler::Bytes bytes(4096);
    for (std::size_t i = 64; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7);
    Encoder encoder{ByteSpan{bytes}};
    encoder(std::uint32_t{0x2002'0000});
    for (int vector = 1; vector < 16; ++vector)
        encoder(start + 64 + 1);
    return bytes;
}

std::string textOf(const bundler::Bytes& bytes)
{
    return {bytes.begin(), bytes.end()};
}

std::string rawFirmwareAt(std::uint32_t start)
{
    return textOf(payloadAt(start));
}
std::string hexFirmwareAt(std::uint32_t start)
{
    return writeHex(start, payloadAt(start));
}
std::string elfFirmwareAt(std::uint32_t start)
{
    return textOf(writeElf({.segments = {{start, start, payloadAt(start)}}}));
}

std::string rawFirmware(Core core)
{
    return rawFirmwareAt(payloadStart(core));
}
std::string hexFirmware(Core core)
{
    return hexFirmwareAt(payloadStart(core));
}
std::string elfFirmware(Core core)
{
    return elfFirmwareAt(payloadStart(core));
}

} // namespace

TEST_CASE("keygen makes a key that only its owner can read", "[program]")
{
    const TemporaryFolder folder;
    const std::string pem = folder.file("key.pem");
    REQUIRE(run({"keygen", "-o", pem}).exitCode == 0);
    using std::filesystem::perms;
    CHECK(std::filesystem::status(pem).permissions() == (perms::owner_read | perms::owner_write));
    CHECK(updater::PrivateKey::fromPemFile(pem));
}

TEST_CASE("keygen never touches a file that exists", "[program]")
{
    const TemporaryFolder folder;
    const std::string pem = folder.write("key.pem", "precious");
    const Outcome again = run({"keygen", "-o", pem});
    CHECK(again.exitCode == 2);
    CHECK(again.err.find("error HX-0203") == 0);
    CHECK(folder.read("key.pem") == "precious");
}

TEST_CASE("pubkey prints the entry that branding.json has for that key", "[program]")
{
    const Outcome entry = run({"pubkey", developmentPem, "--index", "0", "--name", "current"});
    CHECK(entry.exitCode == 0);
    CHECK(entry.out ==
          "{\"index\":0,\"name\":\"current\",\"point\":"
          "\"0472328e807fa51da680babdbf2af669965a65129837580d3a340804a6ca8847733f0d57dbcfa214d386bf"
          "77521166489d578c15d537f4fc696915cd5ba3c39346\",\"keyHash\":"
          "\"3896bd6943d83cc9bd955289ec4a58c45040baad244549638049beed8cb752d6\"}\n");
}

TEST_CASE("a command line that makes no sense is refused with exit code 2", "[program]")
{
    CHECK(run({}).exitCode == 2);
    CHECK(run({"sign"}).exitCode == 2);
    CHECK(run({"create"}).exitCode == 2);
    CHECK(run({"keygen"}).exitCode == 2);
    CHECK(run({"export-image", "x", "--core", "m5", "--slot", "a", "-o", "y"}).exitCode == 2);
    CHECK(run({"--help"}).exitCode == 0);
}

TEST_CASE("create refuses facts that no release can have", "[program]")
{
    const TemporaryFolder folder;
    const auto extra =
        GENERATE(Arguments{"--version", "1.10.0"}, Arguments{"--version", "1.0"},
                 Arguments{"--m7-version", "100.0.0"}, Arguments{"--m4-version", "x"},
                 Arguments{"--requires-from", "1"}, Arguments{"--minimum-bootloader", ""},
                 Arguments{"--date", "2026-02-30"}, Arguments{"--counter", "-1"},
                 Arguments{"--counter", "4294967296"}, Arguments{"--key-index", "1"},
                 Arguments{"--hardware-min", "3", "--hardware-max", "2"},
                 Arguments{"--hardware-max", "65536"});
    CAPTURE(extra);
    const Outcome refused = run(createWith(folder, extra));
    CHECK(refused.exitCode == 2);
    CHECK(refused.err.find("error HX-0201") == 0);
    CHECK_FALSE(std::filesystem::exists(folder.file("release.h755")));
}

TEST_CASE("create with a key that branding.json does not have needs its index", "[program]")
{
    const TemporaryFolder folder;
    REQUIRE(run({"keygen", "-o", folder.file("k.pem")}).exitCode == 0);
    const Outcome refused = run(createWith(folder, {"--key", folder.file("k.pem")}));
    CHECK(refused.err.find("--key-index") != std::string::npos);
}

TEST_CASE("two links that are no ELF files are refused", "[program]")
{
    const TemporaryFolder folder;
    const std::string raw = folder.write("firmware.bin", std::string(4096, 'x'));
    const Outcome refused =
        run(createFrom({raw + ',' + raw, raw + ',' + raw}, folder.file("release.h755")));
    CHECK(refused.exitCode == 5);
    CHECK(refused.err.find("not an ELF file") != std::string::npos);
}

TEST_CASE("one core with one link and the other with two is refused", "[program]")
{
    const TemporaryFolder folder;
    const std::string m7 = folder.write("m7.bin", rawFirmware(Core::M7));
    const auto [first, second] = GENERATE_COPY(table<std::string, std::string>(
        {{m7, m7 + ',' + m7}, {m7 + ',' + m7, m7}, {m7 + ',' + m7 + ',' + m7, m7}}));
    const Outcome refused = run(createFrom({first, second}, folder.file("release.h755")));
    CHECK(refused.err.find("error HX-0201") == 0);
    CHECK(refused.err.find("linked for slot A and for slot B") != std::string::npos);
}

TEST_CASE("raw firmware linked for slot A becomes a release that says so", "[program]")
{
    const TemporaryFolder folder;
    const Firmware files{folder.write("m7.bin", rawFirmware(Core::M7)),
                         folder.write("m4.bin", rawFirmware(Core::M4))};
    const std::string release = folder.file("release.h755");
    const std::string notice = "linked for slot A only: cannot go back by itself";

    const Outcome made = run(createFrom(files, release));
    INFO(made.err);
    REQUIRE(made.exitCode == 0);
    CHECK(made.out.find(notice) != std::string::npos);
    CHECK(run({"verify", release}).out.find(notice) != std::string::npos);
    CHECK(run({"inspect", release}).out.find(notice) != std::string::npos);
    const std::string json = run({"inspect", "--json", release}).out;
    CHECK(json.find("\"singleLink\":true") != std::string::npos);
    CHECK(json.find("hashB") == std::string::npos);

    const auto image = folder.file("image");
    CHECK(run({"export-image", release, "--core", "m7", "--slot", "a", "-o", image}).exitCode == 0);
    CHECK(folder.read("image").substr(imageHeaderBytes, 4096) == rawFirmware(Core::M7));
    CHECK(run({"export-image", release, "--core", "m7", "--slot", "b", "-o", image}).exitCode == 2);
}

TEST_CASE("ELF, Intel HEX and raw bytes of one firmware make one set", "[program]")
{
    const TemporaryFolder folder;
    std::vector<std::string> releases;
    for (auto* content : {rawFirmware, hexFirmware, elfFirmware}) {
        const std::string name = std::to_string(releases.size());
        const Firmware files{folder.write(name + " m7", content(Core::M7)),
                             folder.write(name + " m4", content(Core::M4))};
        releases.push_back(folder.file(name + ".h755"));
        const Outcome made = run(createFrom(files, releases.back()));
        INFO(made.err);
        REQUIRE(made.exitCode == 0);
    }
    const auto setOf = [](const std::string& file) {
        return updater::openBundle(file)->manifest().setId;
    };
    CHECK(setOf(releases[1]) == setOf(releases[0]));
    CHECK(setOf(releases[2]) == setOf(releases[0]));
}

TEST_CASE("firmware that is not linked for slot A is refused", "[program]")
{
    const TemporaryFolder folder;
    Firmware files{folder.write("m7", rawFirmware(Core::M7)),
                   folder.write("m4", rawFirmware(Core::M4))};
    std::string why = "M7 link A: stack or reset vector points nowhere; the image starts at "
                      "0x08020400";
    SECTION("raw bytes for the other core")
    {
        files.m7 = files.m4;
    }
    SECTION("raw bytes for the start of the slot, where the image header goes")
    {
        files.m7 = folder.write("early", rawFirmwareAt(0x0802'0000));
    }
    SECTION("raw bytes for slot B")
    {
        files.m7 = folder.write("b", rawFirmwareAt(0x0808'0400));
    }
    SECTION("Intel HEX for slot B")
    {
        files.m4 = folder.write("b.hex", hexFirmwareAt(0x0818'0400));
        why = "line 2: 0x08180400 is outside the slot's payload, 0x08100400 to 0x0817ffff";
    }
    SECTION("an ELF file for slot B")
    {
        files.m4 = folder.write("b.elf", elfFirmwareAt(0x0818'0400));
        why = "linked outside its slot";
    }
    SECTION("nothing")
    {
        files.m7 = folder.write("empty", "");
    }
    SECTION("longer than the slot")
    {
        files.m7 = folder.write("long", rawFirmware(Core::M7) + std::string(384 * 1024, 'x'));
        why = "longer than its slot";
    }
    const Outcome refused = run(createFrom(files, folder.file("release.h755")));
    CHECK(refused.exitCode == 5);
    INFO(refused.err);
    CHECK(refused.err.find(why) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.file("release.h755")));
}

TEST_CASE("a release that is none is refused by every command that reads one", "[program]")
{
    const TemporaryFolder folder;
    const std::string elf = folder.write("firmware.elf", "\x7f"
                                                         "ELF");
    CHECK(run({"verify", elf}).err.find("error HX-0502") == 0);
    CHECK(run({"inspect", elf}).exitCode == 5);
    CHECK(run({"export-dfu", elf, "-o", folder.file("x")}).exitCode == 5);
    CHECK(run({"export-image", elf, "--core", "m7", "--slot", "a", "-o", folder.file("x")})
              .exitCode == 5);
    CHECK(run({"verify", folder.file("missing")}).exitCode == 2);
    CHECK_FALSE(std::filesystem::exists(folder.file("x")));
}

TEST_CASE("a release can be inspected and taken apart", "[program]")
{
    const TemporaryFolder folder;
    const test_support::ReleaseSpec spec{.version = {1, 2, 3, 0}, .counter = 5};
    const auto bytes = test_support::makeBundle(contract::h755FlashMap, spec);
    const std::string bundle = folder.write("release.h755", {bytes.begin(), bytes.end()});
    const auto verified = updater::verifyBundle(bytes);
    REQUIRE(verified);
    const std::string stream(verified->stream().begin(), verified->stream().end());

    CHECK(run({"verify", bundle}).out.find("valid: release 1.2.3") == 0);
    CHECK(run({"inspect", bundle}).out.find("security counter 5, key 0") != std::string::npos);
    CHECK(run({"inspect", "--json", bundle}).out.find("\"securityCounter\":5") !=
          std::string::npos);
    CHECK(run({"export-dfu", bundle, "-o", folder.file("x.dfu")}).exitCode == 0);
    CHECK(folder.read("x.dfu").substr(0, stream.size()) == stream);
    CHECK(folder.read("x.dfu").size() == stream.size() + 16);
    CHECK(run({"export-image", bundle, "--core", "m4", "--slot", "b", "-o", folder.file("m4.bin")})
              .exitCode == 0);
    CHECK(folder.read("m4.bin").substr(0, 8) == std::string("\x3d\xb8\xf3\x96\x00\x00\x18\x08", 8));
}
