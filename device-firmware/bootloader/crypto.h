// SHA-256 and ECDSA P-256 on the device: BearSSL behind a small wall. An interface because the
// virtual board charges its clock for the work; the algorithm is the same everywhere.
#pragma once

#include "bootloader/board.h"
#include "bootloader/identity.h"

namespace boot {

/// State of a running SHA-256. Copyable; no cleanup needed.
struct Sha256 {
    alignas(8) std::array<std::uint8_t, 128> storage{};
};

using RawSignature = contract::ByteArray<64>; ///< r then s, big-endian

class Crypto {
public:
    virtual void start(Sha256& hash) const = 0;
    virtual void update(Sha256& hash, ByteView bytes) const = 0;
    virtual Digest finish(Sha256& hash) const = 0;

    /// True if `signature` over `digest` was made with the key. r = 0, s = 0 and an all-zero digest
    /// are refused here, because BearSSL accepts r = 0 for a zero digest.
    virtual bool verify(const PublicKey& key, const Digest& digest,
                        const RawSignature& signature) const = 0;

    Digest sha256(ByteView bytes) const;

protected:
    ~Crypto() = default;
};

class BearSslCrypto final : public Crypto {
public:
    void start(Sha256& hash) const override;
    void update(Sha256& hash, ByteView bytes) const override;
    Digest finish(Sha256& hash) const override;
    bool verify(const PublicKey& key, const Digest& digest,
                const RawSignature& signature) const override;
};

/// r and s of an ASN.1 DER ECDSA-Sig-Value; false unless it is exactly one such value for P-256.
bool readDerSignature(ByteView der, RawSignature& out);

} // namespace boot
