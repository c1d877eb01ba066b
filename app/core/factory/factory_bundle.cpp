#include "core/factory/factory_bundle.h"

#include "core/bundle/manifest_json.h"
#include "core/bundle/manifest_signature.h"
#include "core/bundle/text_forms.h"

#include <array>

namespace updater {
namespace {

using namespace factory_entry;
using nlohmann::json;

constexpr std::uint32_t formatVersion = 1;
constexpr int maximumDepth = 3;

ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Bytes copyOf(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

json factsOf(ByteView part)
{
    return {{"bytes", part.size()}, {"sha256", hexText(sha256(part))}};
}

std::string manifestText(ByteView bootloaderBytes, ByteView releaseBytes, const Trust& trust)
{
    const json text = {{"format", formatVersion},
                       {"productId", trust.productId},
                       {"bootloader", factsOf(bootloaderBytes)},
                       {"release", factsOf(releaseBytes)}};
    return text.dump(2) + '\n';
}

/// The part is what was signed, byte for byte.
Result<> checkPart(ObjectReader& manifestReader, const char* field, ByteView part)
{
    const json& object = manifestReader.child(field);
    ObjectReader reader(object, field);
    std::uint32_t bytes = 0;
    Digest digest{};
    reader.number("bytes", bytes);
    reader.hex("sha256", digest);
    TRY(reader.finish());
    if (part.size() != bytes || sha256(part) != digest)
        return fail(ErrorCode::BundleEntryHash, field);
    return {};
}

Result<> checkManifest(ByteView text, ByteView bootloaderBytes, ByteView releaseBytes,
                       const Trust& trust)
{
    TRY_ASSIGN(const json value, parseStrictJson(text, maximumDepth));
    ObjectReader reader(value, "factory");
    std::uint32_t format = 0;
    std::uint32_t productId = 0;
    reader.number("format", format);
    reader.number("productId", productId);
    TRY(checkPart(reader, "bootloader", bootloaderBytes));
    TRY(checkPart(reader, "release", releaseBytes));
    TRY(reader.finish());
    if (format != formatVersion)
        return fail(ErrorCode::BundleFormatVersion, "factory format " + std::to_string(format));
    if (productId != trust.productId)
        return fail(ErrorCode::WrongProduct, "for product " + std::to_string(productId));
    return {};
}

/// The four entries in their order, and no other.
Result<std::array<ByteView, 4>> contentsOf(const std::vector<ZipEntry>& entries)
{
    constexpr std::array<std::string_view, 4> names{manifest, signature, bootloader, release};
    std::array<ByteView, 4> contents;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i >= entries.size() || entries[i].name != names[i])
            return fail(ErrorCode::BundleEntryMissing, std::string(names[i]));
        contents[i] = entries[i].bytes;
    }
    if (entries.size() != names.size())
        return fail(ErrorCode::BundleEntryUnnamed, entries[names.size()].name);
    return contents;
}

} // namespace

Result<Bytes> packFactoryBundle(const Bytes& bootloaderBytes, const Bytes& releaseBytes,
                                const PrivateKey& key, const Trust& trust)
{
    const std::string text = manifestText(bootloaderBytes, releaseBytes, trust);
    TRY_ASSIGN(const ManifestSignature signed_,
               signManifest(bytesOf(text), key, SignedText::Factory));
    const auto signatureBytes = contract::encode(signed_);
    const Bytes packed =
        writeZip(std::array<ZipEntry, 4>{{{std::string(manifest), bytesOf(text)},
                                          {std::string(signature), signatureBytes},
                                          {std::string(bootloader), bootloaderBytes},
                                          {std::string(release), releaseBytes}}});
    TRY(verifyFactoryBundle(packed, trust));
    return packed;
}

Result<FactoryBundle> verifyFactoryBundle(const Bytes& bytes, const Trust& trust)
{
    TRY_ASSIGN(const std::vector<ZipEntry> entries, readZip(bytes));
    TRY_ASSIGN(const auto contents, contentsOf(entries));
    const auto& [text, signatureBytes, bootloaderBytes, releaseBytes] = contents;
    TRY(verifyManifest(text, signatureBytes, trust, SignedText::Factory));
    TRY(checkManifest(text, bootloaderBytes, releaseBytes, trust));
    Bytes boot = copyOf(bootloaderBytes);
    TRY(checkBootloader(boot, trust.map));
    TRY_ASSIGN(VerifiedBundle bundle, verifyBundle(copyOf(releaseBytes), trust));
    TRY_ASSIGN(std::vector<FlashPiece> image, factoryImage(boot, bundle, trust.map));
    return FactoryBundle{std::move(boot), std::move(bundle), std::move(image)};
}

Result<FactoryBundle> openFactoryBundle(const std::filesystem::path& path, const Trust& trust)
{
    TRY_ASSIGN(const Bytes bytes, readBundleFile(path));
    return verifyFactoryBundle(bytes, trust);
}

} // namespace updater
