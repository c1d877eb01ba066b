// BearSSL, asked once per question: thousands of restarts verify the same few images.
#pragma once

#include "bootloader/crypto.h"

#include <map>

namespace power_loss {

class MemoisedCrypto final : public boot::Crypto {
public:
    void start(boot::Sha256& hash) const override { m_crypto.start(hash); }
    void update(boot::Sha256& hash, boot::ByteView bytes) const override
    {
        m_crypto.update(hash, bytes);
    }
    boot::Digest finish(boot::Sha256& hash) const override { return m_crypto.finish(hash); }
    bool verify(const boot::PublicKey& key, const boot::Digest& digest,
                const boot::RawSignature& signature) const override
    {
        const auto [entry, isNew] = m_answers.try_emplace({key.index, digest, signature}, false);
        if (isNew) entry->second = m_crypto.verify(key, digest, signature);
        return entry->second;
    }

private:
    boot::BearSslCrypto m_crypto;
    mutable std::map<std::tuple<std::uint32_t, boot::Digest, boot::RawSignature>, bool> m_answers;
};

} // namespace power_loss
