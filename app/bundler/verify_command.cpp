#include "bundler/command.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/verified_bundle.h"

namespace bundler {

Result<> verify(const VerifyOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.bundle));
    out << "valid: release " << updater::versionText(bundle.manifest().releaseVersion) << ", set "
        << updater::hexText(bundle.manifest().setId) << '\n';
    if (bundle.isSingleLink()) out << updater::singleLinkNotice << '\n';
    return {};
}

} // namespace bundler
