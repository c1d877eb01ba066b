#include "bundler/command.h"
#include "core/bundle/set_check.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/verified_bundle.h"
#include "core/report/json_line.h"

namespace bundler {

using namespace contract;
using updater::hexText;
using updater::JsonLine;
using updater::Manifest;
using updater::versionText;

namespace {

JsonLine imageJson(const StreamHeader& header, Core core)
{
    const CoreParts& part = header.part(core);
    const auto& hashes = header.imageHashes[index(core)];
    JsonLine json;
    json.text("core", core == Core::M7 ? "m7" : "m4")
        .text("version", versionText(header.coreVersions[index(core)]))
        .number("bodyBytes", part.bodyBytes)
        .number("patchBytes", part.patchBytes)
        .text("hashA", hexText(hashes[0]));
    if (updater::holdsImageFor(header, Slot::B)) json.text("hashB", hexText(hashes[1]));
    return json;
}

std::vector<JsonLine> entriesJson(const Manifest& manifest)
{
    std::vector<JsonLine> entries;
    for (const updater::ManifestEntry& entry : manifest.entries) {
        entries.push_back(JsonLine()
                              .text("name", entry.name)
                              .number("bytes", entry.bytes)
                              .text("sha256", hexText(entry.sha256)));
    }
    return entries;
}

std::string asJson(const updater::VerifiedBundle& bundle)
{
    const Manifest& manifest = bundle.manifest();
    const StreamHeader& header = bundle.streamHeader();
    const std::array<JsonLine, 2> images{imageJson(header, Core::M7), imageJson(header, Core::M4)};
    return JsonLine("bundle")
        .text("version", versionText(manifest.releaseVersion))
        .text("setId", hexText(manifest.setId))
        .number("product", manifest.product.productId)
        .number("hardwareMinimum", manifest.product.hardwareMinimum)
        .number("hardwareMaximum", manifest.product.hardwareMaximum)
        .number("securityCounter", manifest.securityCounter)
        .number("keyIndex", manifest.keyIndex)
        .number("flags", header.flags)
        .flag("singleLink", bundle.isSingleLink())
        .text("minimumBootloader", versionText(manifest.minimumBootloader))
        .text("requiresFrom", versionText(manifest.requiresFrom))
        .text("channel", manifest.channel)
        .text("date", manifest.date)
        .text("streamHeaderHash", hexText(bundle.streamHeaderHash()))
        .objects("images", images)
        .objects("entries", entriesJson(manifest))
        .str();
}

void printImage(const StreamHeader& header, Core core, std::ostream& out)
{
    const CoreParts& part = header.part(core);
    const auto& hashes = header.imageHashes[index(core)];
    out << (core == Core::M7 ? "M7 " : "M4 ") << versionText(header.coreVersions[index(core)])
        << ": " << part.bodyBytes << " bytes\n  slot A " << hexText(hashes[0]) << '\n';
    if (!updater::holdsImageFor(header, Slot::B)) return;
    out << "  slot B " << hexText(hashes[1]) << ", patch " << part.patchBytes << " bytes\n";
}

void printText(const updater::VerifiedBundle& bundle, std::ostream& out)
{
    const Manifest& manifest = bundle.manifest();
    out << "release " << versionText(manifest.releaseVersion) << " (" << manifest.channel << ", "
        << manifest.date << ")\n"
        << "set " << hexText(manifest.setId) << '\n'
        << "product " << manifest.product.productId << ", hardware "
        << manifest.product.hardwareMinimum << " to " << manifest.product.hardwareMaximum << '\n'
        << "security counter " << manifest.securityCounter << ", key " << manifest.keyIndex << '\n'
        << "needs bootloader " << versionText(manifest.minimumBootloader) << ", updates from "
        << versionText(manifest.requiresFrom) << '\n';
    if (bundle.isSingleLink()) out << updater::singleLinkNotice << '\n';
    for (const Core core : cores)
        printImage(bundle.streamHeader(), core, out);
    for (const updater::ManifestEntry& entry : manifest.entries)
        out << entry.name << ": " << entry.bytes << " bytes, " << hexText(entry.sha256) << '\n';
}

} // namespace

Result<> inspect(const InspectOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.bundle));
    if (options.json) {
        out << asJson(bundle) << '\n';
    } else {
        printText(bundle, out);
    }
    return {};
}

} // namespace bundler
