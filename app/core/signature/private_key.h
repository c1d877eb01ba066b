// A P-256 private key: signs releases on the vendor's side and test data in tests.
#pragma once

#include "core/signature/public_key.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace updater {

class PrivateKey {
public:
    /// A new random key.
    static Result<PrivateKey> generate();
    /// Reads an unencrypted PEM (PKCS#8 or SEC 1). BadArguments unless it is a P-256 key.
    static Result<PrivateKey> fromPem(std::string_view pem);
    /// The same from a file; FileNotReadable if it cannot be read.
    static Result<PrivateKey> fromPemFile(const std::filesystem::path& path);

    /// PKCS#8 PEM, unencrypted.
    Result<std::string> toPem() const;
    const PublicKey& publicKey() const { return m_publicKey; }

    /// Signs a digest that is not all zero. ASN.1 DER, 8 to 72 bytes; different each time.
    Result<std::vector<std::uint8_t>> sign(const Digest& digest) const;
    /// The same as r then s.
    Result<RawSignature> signRaw(const Digest& digest) const;

private:
    PrivateKey(std::shared_ptr<evp_pkey_st> key, PublicKey publicKey);
    static Result<PrivateKey> fromKey(std::shared_ptr<evp_pkey_st> key);

    std::shared_ptr<evp_pkey_st> m_key;
    PublicKey m_publicKey;
};

} // namespace updater
