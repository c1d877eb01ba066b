#include "bundler/command.h"
#include "bundler/file.h"
#include "core/bundle/set_check.h"
#include "core/bundle/verified_bundle.h"

namespace bundler {

using namespace contract;

Result<> exportImage(const ExportImageOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.bundle));
    const Core core = options.core == "m7" ? Core::M7 : Core::M4;
    const Slot slot = options.slot == "a" ? Slot::A : Slot::B;
    if (!updater::holdsImageFor(bundle.streamHeader(), slot))
        return updater::fail(updater::ErrorCode::BadArguments,
                             "the release is linked for slot A only");
    const Bytes image =
        updater::imageFromStream(bundle.stream(), bundle.streamHeader(), core, slot);
    TRY(writeFile(options.output, image));
    out << image.size() << " bytes in " << options.output.string() << '\n';
    return {};
}

} // namespace bundler
