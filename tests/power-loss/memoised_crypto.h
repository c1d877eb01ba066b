// BearSSL, asked once per question: thousands of restarts verify the same few images.
#pragma once

#include "bootloader/crypto.h"

#include <map>
#include <unordered_map>

namespace power_loss {

/// Hash states are BearSSL's own, also after a remembered step, so they may be copied and mixed.
class MemoisedCrypto final : public boot::Crypto {
public:
    void start(boot::Sha256& hash) const override
    {
        hash.storage.fill(0); // what BearSSL leaves there is no part of the question
        m_crypto.start(hash);
    }
    void update(boot::Sha256& hash, boot::ByteView bytes) const override;
    boot::Digest finish(boot::Sha256& hash) const override { return m_crypto.finish(hash); }
    bool verify(const boot::PublicKey& key, const boot::Digest& digest,
                const boot::RawSignature& signature) const override;

private:
    struct Fingerprint {
        std::uint64_t low;
        std::uint64_t high;
        bool operator==(const Fingerprint&) const = default;
    };
    struct Fold {
        std::size_t operator()(const Fingerprint& print) const { return print.low; }
    };
    static Fingerprint fingerprintOf(const boot::Sha256& before, boot::ByteView bytes);

    boot::BearSslCrypto m_crypto;
    mutable std::unordered_map<Fingerprint, boot::Sha256, Fold> m_steps; ///< state after the bytes
    mutable std::map<std::tuple<std::uint32_t, boot::Digest, boot::RawSignature>, bool> m_answers;
};

} // namespace power_loss
