// The program without firmware to pack: keys, and what it refuses before it reads an ELF file.
#include "bundler/program.h"

#include "core/bundle/verified_bundle.h"

#include "support/release_fixture.h"
#include "temporary_folder.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace bundler_test;
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

TEST_CASE("create with one link or a file that is no ELF says what it needs", "[program]")
{
    const TemporaryFolder folder;
    const std::string raw = folder.write("firmware.bin", std::string(4096, 'x'));
    const Arguments common{"--m4", raw,     "--version",    "1.0.0", "--counter",
                           "1",    "--key", developmentPem, "-o",    folder.file("release.h755")};
    Arguments single{"create", "--m7", raw};
    single.insert(single.end(), common.begin(), common.end());
    CHECK(run(single).err.find("error HX-0606") == 0);
    Arguments notElf{"create", "--m7", raw + "," + raw};
    notElf.insert(notElf.end(), common.begin(), common.end());
    CHECK(run(notElf).err.find("not an ELF file") != std::string::npos);
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
