#include "bundler/command.h"
#include "core/bundle/text_forms.h"
#include "core/report/json_line.h"
#include "core/signature/private_key.h"

namespace bundler {

Result<> pubkey(const PubkeyOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::PrivateKey key, updater::PrivateKey::fromPemFile(options.key));
    out << updater::JsonLine()
               .number("index", options.index)
               .text("name", options.name)
               .text("point", updater::hexText(key.publicKey().point()))
               .text("keyHash", updater::hexText(key.publicKey().hash()))
               .str()
        << '\n';
    return {};
}

} // namespace bundler
