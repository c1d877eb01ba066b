#include "core/signature/private_key.h"

#include <array>
#include <fstream>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace updater {

namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using MemoryFile = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr std::streamsize maximumPemBytes = 16 * 1024;

/// Without this, OpenSSL would ask for a passphrase on the terminal.
int noPassphrase(char*, int, int, void*)
{
    return 0;
}

bool isP256(const EVP_PKEY& key)
{
    std::array<char, 32> group{};
    return EVP_PKEY_is_a(&key, "EC") == 1 &&
           EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) == 1 &&
           std::string_view(group.data()) == "prime256v1";
}

std::optional<KeyPoint> pointOf(EVP_PKEY& key)
{
    KeyPoint point{};
    std::size_t bytes = 0;
    // A PEM may carry the compressed form; images name keys by the uncompressed one.
    EVP_PKEY_set_utf8_string_param(&key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                   "uncompressed");
    const int done = EVP_PKEY_get_octet_string_param(&key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
                                                     point.data(), point.size(), &bytes);
    return done == 1 && bytes == point.size() ? std::optional{point} : std::nullopt;
}

} // namespace

PrivateKey::PrivateKey(std::shared_ptr<evp_pkey_st> key, PublicKey publicKey)
    : m_key(std::move(key)), m_publicKey(std::move(publicKey))
{
}

Result<PrivateKey> PrivateKey::fromKey(std::shared_ptr<evp_pkey_st> key)
{
    if (!key || !isP256(*key)) return fail(ErrorCode::BadArguments, "not a P-256 private key");
    const std::optional<KeyPoint> point = pointOf(*key);
    if (!point) return fail(ErrorCode::BadArguments, "the private key has no public half");
    TRY_ASSIGN(PublicKey publicKey, PublicKey::fromPoint(*point));
    return PrivateKey(std::move(key), std::move(publicKey));
}

Result<PrivateKey> PrivateKey::generate()
{
    return fromKey({EVP_EC_gen("P-256"), &EVP_PKEY_free});
}

Result<PrivateKey> PrivateKey::fromPem(std::string_view pem)
{
    const MemoryFile file(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    return fromKey(
        {PEM_read_bio_PrivateKey(file.get(), nullptr, &noPassphrase, nullptr), &EVP_PKEY_free});
}

Result<PrivateKey> PrivateKey::fromPemFile(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string pem(maximumPemBytes, '\0');
    file.read(pem.data(), maximumPemBytes);
    if (file.gcount() == 0) return fail(ErrorCode::FileNotReadable, path.string());
    pem.resize(static_cast<std::size_t>(file.gcount()));
    auto key = fromPem(pem);
    if (!key) return fail(key.error().code, path.string() + ": " + key.error().detail);
    return key;
}

Result<std::string> PrivateKey::toPem() const
{
    const MemoryFile file(BIO_new(BIO_s_mem()), &BIO_free);
    char* text = nullptr;
    if (!file || PEM_write_bio_PKCS8PrivateKey(file.get(), m_key.get(), nullptr, nullptr, 0,
                                               nullptr, nullptr) != 1) {
        return fail(ErrorCode::InternalError, "OpenSSL cannot write the key");
    }
    const long bytes = BIO_get_mem_data(file.get(), &text);
    return std::string(text, static_cast<std::size_t>(bytes));
}

Result<std::vector<std::uint8_t>> PrivateKey::sign(const Digest& digest) const
{
    // Nobody accepts a signature over an all-zero digest (PublicKey::verify), so none is made.
    if (digest == Digest{}) return fail(ErrorCode::InternalError, "an all-zero digest");
    const KeyContext context(EVP_PKEY_CTX_new(m_key.get(), nullptr), &EVP_PKEY_CTX_free);
    std::vector<std::uint8_t> signature(80); // a P-256 signature has at most 72
    std::size_t bytes = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_sign(context.get(), signature.data(), &bytes, digest.data(), digest.size()) != 1) {
        return fail(ErrorCode::InternalError, "OpenSSL cannot sign");
    }
    signature.resize(bytes);
    return signature;
}

Result<RawSignature> PrivateKey::signRaw(const Digest& digest) const
{
    TRY_ASSIGN(const std::vector<std::uint8_t> der, sign(digest));
    const std::optional<RawSignature> raw = readDerSignature(der);
    if (!raw) return fail(ErrorCode::InternalError, "OpenSSL wrote a malformed signature");
    return *raw;
}

} // namespace updater
