#include "core/bundle/image_check.h"

#include "branding/branding.h"
#include "bundle_parts.h"
#include "bundler/image_builder.h"

#include <catch2/catch.hpp>

using namespace contract;
using namespace bundle_test;
using test_support::developmentKey;

namespace {

const Region slotA = tinyMap.slot(Core::M7, Slot::A);

ImageTlvs sampleTlvs()
{
    ImageTlvs tlvs;
    tlvs.product = {branding::productId, 0, 9};
    return tlvs;
}

Bytes imageOf(const bundler::ImageFields& fields, const Bytes& payload,
              const updater::PrivateKey& key = developmentKey(0))
{
    const auto image = bundler::buildImage(fields, payload, key);
    Bytes bytes = image->body;
    bytes.insert(bytes.end(), image->tlvs.begin(), image->tlvs.end());
    return bytes;
}

bundler::ImageFields sampleFields()
{
    return {Core::M7, slotA.address, {1, 0, 0, 0}, sampleTlvs()};
}

Bytes samplePayload()
{
    return test_support::makePayloads(tinyMap, Core::M7, tinySpec).slotA;
}

ImageFault faultOf(const Bytes& image, Slot slot = Slot::A)
{
    updater::CheckedImage checked;
    return updater::checkImage(image, Core::M7, slot, test_support::trustFor(tinyMap), checked);
}

Bytes sampleImage()
{
    return imageOf(sampleFields(), samplePayload());
}

} // namespace

TEST_CASE("an image made by the builder is accepted in its slot only", "[image-check]")
{
    CHECK(faultOf(sampleImage()) == ImageFault::None);
    CHECK(faultOf(sampleImage(), Slot::B) == ImageFault::LoadAddress);
}

TEST_CASE("an image with any bit of any byte flipped is refused", "[image-check]")
{
    const Bytes image = sampleImage();
    for (std::size_t i = 0; i < image.size(); ++i) {
        Bytes bad = image;
        bad[i] ^= static_cast<std::uint8_t>(1U << i % 8);
        CAPTURE(i);
        REQUIRE(faultOf(bad) != ImageFault::None);
    }
}

TEST_CASE("an image cut anywhere is refused", "[image-check]")
{
    const Bytes image = sampleImage();
    for (std::size_t bytes = 0; bytes < image.size(); ++bytes)
        REQUIRE(faultOf(Bytes(image.begin(), image.begin() + long(bytes))) != ImageFault::None);
}

TEST_CASE("bytes behind the last TLV are refused", "[image-check]")
{
    Bytes image = sampleImage();
    image.push_back(0xFF);
    CHECK(faultOf(image) == ImageFault::TlvArea);
}

TEST_CASE("an image signed by a key that is not ours is refused", "[image-check]")
{
    const auto stranger = updater::PrivateKey::generate();
    CHECK(faultOf(imageOf(sampleFields(), samplePayload(), *stranger)) == ImageFault::Key);
}

TEST_CASE("an image for another product is refused", "[image-check]")
{
    auto fields = sampleFields();
    ++fields.tlvs.product.productId;
    CHECK(faultOf(imageOf(fields, samplePayload())) == ImageFault::Product);
}

TEST_CASE("an image whose vector table points elsewhere is refused", "[image-check]")
{
    Bytes payload = samplePayload();
    SECTION("stack")
    {
        payload[3] = 0x08;
    }
    SECTION("reset vector")
    {
        payload[6] ^= 0xFF;
    }
    CHECK(faultOf(imageOf(sampleFields(), payload)) == ImageFault::VectorTable);
}

TEST_CASE("a fill that is not erased flash is refused", "[image-check]")
{
    Bytes image = sampleImage();
    image[imageHeaderBytes - 1] = 0;
    CHECK(faultOf(image) == ImageFault::Padding);
}

TEST_CASE("an image longer than its slot is refused", "[image-check]")
{
    Bytes payload = samplePayload();
    payload.resize(slotA.bytes - imageHeaderBytes - 64);
    CHECK(faultOf(imageOf(sampleFields(), payload)) == ImageFault::Size);
}

TEST_CASE("every image fault has its own name", "[image-check]")
{
    CHECK(updater::imageFaultName(ImageFault::Signature) == "Signature");
    CHECK(updater::imageFaultName(ImageFault::VectorTable) == "VectorTable");
    CHECK(updater::imageFaultName(static_cast<ImageFault>(99)) == "unknown");
}
