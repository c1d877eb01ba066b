#include "cli/command.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/verified_bundle.h"

namespace cli {

using updater::versionText;

Result<> verify(const Command& command, const std::filesystem::path& file)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(file));
    const updater::Manifest& manifest = bundle.manifest();
    JsonLine json("bundle");
    json.text("version", versionText(manifest.releaseVersion))
        .text("m7Version", versionText(manifest.coreVersions[0]))
        .text("m4Version", versionText(manifest.coreVersions[1]))
        .text("setId", updater::hexText(manifest.setId))
        .number("product", manifest.product.productId)
        .number("hardwareMinimum", manifest.product.hardwareMinimum)
        .number("hardwareMaximum", manifest.product.hardwareMaximum)
        .number("securityCounter", manifest.securityCounter)
        .number("keyIndex", manifest.keyIndex)
        .text("minimumBootloader", versionText(manifest.minimumBootloader))
        .text("requiresFrom", versionText(manifest.requiresFrom))
        .text("channel", manifest.channel)
        .text("date", manifest.date)
        .number("streamBytes", bundle.stream().size())
        .flag("singleLink", bundle.isSingleLink());
    std::string text = "valid: release " + versionText(manifest.releaseVersion) + " of " +
                       manifest.date + " for product " +
                       std::to_string(manifest.product.productId) + ", security counter " +
                       std::to_string(manifest.securityCounter);
    if (bundle.isSingleLink()) text.append("\n").append(updater::singleLinkNotice);
    command.output.result(json, text);
    return {};
}

} // namespace cli
