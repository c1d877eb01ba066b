// Images signed by MCUboot's imgtool with our TLVs: tests/data/imgtool/README.md.
#include "core/bundle/image_check.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace contract;
using Bytes = std::vector<std::uint8_t>;

namespace {

Bytes imageFile(const char* name)
{
    std::ifstream file(std::string(H755_IMGTOOL_DIR "/") + name, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    REQUIRE_FALSE(bytes.empty());
    return bytes;
}

ImageFault faultOf(const Bytes& image, Core core, updater::CheckedImage& out)
{
    return updater::checkImage(image, core, Slot::A, updater::brandingTrust(), out);
}

} // namespace

TEST_CASE("a set signed by imgtool is accepted", "[imgtool]")
{
    const Bytes m7Bytes = imageFile("m7_a.bin");
    const Bytes m4Bytes = imageFile("m4_a.bin");
    updater::CheckedImage m7;
    updater::CheckedImage m4;
    REQUIRE(faultOf(m7Bytes, Core::M7, m7) == ImageFault::None);
    REQUIRE(faultOf(m4Bytes, Core::M4, m4) == ImageFault::None);
    CHECK(sameSet(m7.tlvs, m4.tlvs));
    CHECK(m7.tlvs.companion == m4.tlvs.hash);
    CHECK(m7.tlvs.securityCounter == 7);
    CHECK(m7.tlvs.releaseVersion == Version{1, 2, 3, 4});
}

TEST_CASE("a set signed by imgtool with any bit flipped is refused", "[imgtool]")
{
    const auto [name, core] =
        GENERATE(table<const char*, Core>({{"m7_a.bin", Core::M7}, {"m4_a.bin", Core::M4}}));
    const Bytes image = imageFile(name);
    for (std::size_t i = 0; i < image.size(); ++i) {
        Bytes bad = image;
        bad[i] ^= static_cast<std::uint8_t>(1U << i % 8);
        updater::CheckedImage ignored;
        CAPTURE(name, i);
        REQUIRE(faultOf(bad, core, ignored) != ImageFault::None);
    }
}
