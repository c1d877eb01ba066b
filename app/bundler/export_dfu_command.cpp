#include "bundler/command.h"
#include "bundler/dfu_file.h"
#include "bundler/file.h"
#include "core/bundle/verified_bundle.h"

namespace bundler {

Result<> exportDfu(const ExportDfuOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.bundle));
    const Bytes file = dfuFile(bundle.stream(), branding::vendorId, branding::bootloaderProductId);
    TRY(writeFile(options.output, file));
    out << file.size() << " bytes in " << options.output.string() << '\n';
    return {};
}

} // namespace bundler
