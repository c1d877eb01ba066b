#include "core/signature/private_key.h"

#include <catch2/catch.hpp>
#include <openssl/ec.h>
#include <openssl/pem.h>

using namespace updater;

namespace {

std::string pemOf(EVP_PKEY* key, const char* passphrase = nullptr)
{
    BIO* file = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(file, key, passphrase ? EVP_aes_128_cbc() : nullptr, passphrase,
                                  passphrase ? 4 : 0, nullptr, nullptr);
    char* text = nullptr;
    const long bytes = BIO_get_mem_data(file, &text);
    std::string pem(text, static_cast<std::size_t>(bytes));
    BIO_free(file);
    EVP_PKEY_free(key);
    return pem;
}

ErrorCode refusalOf(const std::string& pem)
{
    const auto key = PrivateKey::fromPem(pem);
    REQUIRE_FALSE(key);
    return key.error().code;
}

} // namespace

TEST_CASE("a generated key signs, and its PEM is the same key", "[private-key]")
{
    const auto key = PrivateKey::generate();
    REQUIRE(key);
    const auto copy = PrivateKey::fromPem(*key->toPem());
    REQUIRE(copy);
    const Digest digest = sha256(contract::ByteArray<1>{1});
    CHECK(key->publicKey().verifyDer(digest, *copy->sign(digest)));
}

TEST_CASE("an all-zero digest is not signed", "[private-key]")
{
    const auto key = PrivateKey::generate();
    CHECK_FALSE(key->sign(Digest{}));
    CHECK_FALSE(key->signRaw(Digest{}));
}

TEST_CASE("a PEM that is not a plain P-256 private key is refused", "[private-key]")
{
    CHECK(refusalOf("") == ErrorCode::BadArguments);
    CHECK(refusalOf("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") ==
          ErrorCode::BadArguments);
    CHECK(refusalOf(pemOf(EVP_EC_gen("P-384"))) == ErrorCode::BadArguments);
    CHECK(refusalOf(pemOf(EVP_RSA_gen(1024))) == ErrorCode::BadArguments);
    CHECK(refusalOf(pemOf(EVP_EC_gen("P-256"), "pass")) == ErrorCode::BadArguments);
}

TEST_CASE("a key file that cannot be read says so", "[private-key]")
{
    const auto key = PrivateKey::fromPemFile("/nonexistent/key.pem");
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::FileNotReadable);
}
