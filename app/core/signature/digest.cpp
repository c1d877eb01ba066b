#include "core/signature/digest.h"

#include <exception>
#include <memory>
#include <openssl/evp.h>

namespace updater {

// A SHA-256 that does not work leaves nothing that could be trusted or reported: the program ends.
static void demand(int opensslReturn)
{
    if (opensslReturn != 1) std::terminate();
}

Digest sha256(std::initializer_list<ByteView> parts)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    Digest digest{};
    demand(context != nullptr ? 1 : 0);
    demand(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr));
    for (const ByteView part : parts)
        demand(EVP_DigestUpdate(context.get(), part.data(), part.size()));
    demand(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr));
    return digest;
}

Digest sha256(ByteView bytes)
{
    return sha256({bytes});
}

} // namespace updater
