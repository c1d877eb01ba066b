#include "core/bundle/manifest.h"

#include "core/bundle/manifest_json.h"
#include "core/bundle/text_forms.h"

#include <algorithm>

namespace updater {

using nlohmann::json;

namespace {

constexpr std::size_t maximumEntries =
    62; // what the archive can hold beside manifest and signature

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isChannel(std::string_view text)
{
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
    });
}

/// Whether the archive may hold it is the archive reader's question.
bool isEntryName(std::string_view text)
{
    return !text.empty() && text.size() <= 64;
}

Result<> readProduct(const json& value, contract::ProductRange& out)
{
    ObjectReader reader(value, "product");
    reader.number("id", out.productId);
    reader.number("hardwareMinimum", out.hardwareMinimum);
    reader.number("hardwareMaximum", out.hardwareMaximum);
    if (out.hardwareMinimum > out.hardwareMaximum) reader.refuse("hardwareMaximum");
    return reader.finish();
}

Result<> readCores(const json& value, std::array<contract::Version, 2>& out)
{
    ObjectReader reader(value, "cores");
    reader.version("m7", out[0]);
    reader.version("m4", out[1]);
    return reader.finish();
}

Result<> readEntries(const json& value, std::vector<ManifestEntry>& out)
{
    if (!value.is_array() || value.size() > maximumEntries)
        return fail(ErrorCode::BundleManifest, "entries");
    for (const json& element : value) {
        ManifestEntry entry;
        ObjectReader reader(element, "entries");
        reader.text("name", entry.name, &isEntryName);
        reader.number("bytes", entry.bytes);
        reader.hex("sha256", entry.sha256);
        TRY(reader.finish());
        out.push_back(std::move(entry));
    }
    return {};
}

Result<Manifest> readManifest(const json& root)
{
    Manifest manifest;
    std::uint32_t format = 0;
    ObjectReader reader(root, "manifest");
    reader.number("format", format);
    if (root.is_object() && format > manifestFormatVersion)
        return fail(ErrorCode::BundleFormatVersion, "manifest format " + std::to_string(format));
    if (format != manifestFormatVersion) reader.refuse("format");
    TRY(readProduct(reader.child("product"), manifest.product));
    reader.version("release", manifest.releaseVersion);
    TRY(readCores(reader.child("cores"), manifest.coreVersions));
    reader.hex("setId", manifest.setId);
    reader.number("securityCounter", manifest.securityCounter);
    reader.number("keyIndex", manifest.keyIndex);
    reader.version("minimumBootloader", manifest.minimumBootloader);
    reader.version("requiresFrom", manifest.requiresFrom);
    reader.text("channel", manifest.channel, &isChannel);
    reader.text("date", manifest.date, &isDate);
    TRY(readEntries(reader.child("entries"), manifest.entries));
    TRY(reader.finish());
    return manifest;
}

} // namespace

Result<Manifest> parseManifest(contract::ByteView text)
{
    if (text.size() > maximumManifestBytes)
        return fail(ErrorCode::BundleManifest, "longer than 64 KB");
    TRY_ASSIGN(const json root, parseStrictJson(text, maximumManifestDepth));
    return readManifest(root);
}

std::string manifestText(const Manifest& manifest)
{
    nlohmann::ordered_json entries = nlohmann::ordered_json::array();
    for (const ManifestEntry& entry : manifest.entries) {
        entries.push_back(
            {{"name", entry.name}, {"bytes", entry.bytes}, {"sha256", hexText(entry.sha256)}});
    }
    const nlohmann::ordered_json root{
        {"format", manifestFormatVersion},
        {"product",
         {{"id", manifest.product.productId},
          {"hardwareMinimum", manifest.product.hardwareMinimum},
          {"hardwareMaximum", manifest.product.hardwareMaximum}}},
        {"release", versionText(manifest.releaseVersion)},
        {"cores",
         {{"m7", versionText(manifest.coreVersions[0])},
          {"m4", versionText(manifest.coreVersions[1])}}},
        {"setId", hexText(manifest.setId)},
        {"securityCounter", manifest.securityCounter},
        {"keyIndex", manifest.keyIndex},
        {"minimumBootloader", versionText(manifest.minimumBootloader)},
        {"requiresFrom", versionText(manifest.requiresFrom)},
        {"channel", manifest.channel},
        {"date", manifest.date},
        {"entries", entries},
    };
    return root.dump(2) + "\n";
}

} // namespace updater
