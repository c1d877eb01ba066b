#include "bundler/command.h"
#include "bundler/file.h"
#include "core/bundle/text_forms.h"
#include "core/signature/private_key.h"

namespace bundler {

Result<> keygen(const KeygenOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::PrivateKey key, updater::PrivateKey::generate());
    TRY_ASSIGN(const std::string pem, key.toPem());
    TRY(writeNewPrivateFile(options.output, pem));
    out << "new key " << updater::hexText(key.publicKey().hash()) << " in "
        << options.output.string() << '\n';
    return {};
}

} // namespace bundler
