// The bootloader's crypto on a board that was recreated from a report.
#pragma once

#include "bootloader/crypto.h"

#include <algorithm>
#include <vector>

namespace virtual_h755 {

/// Takes images with one of these hashes for signed: stand-ins of images whose signatures have been
/// checked on the board that the report is about. All else is as `crypto` says.
class StandInCrypto final : public boot::Crypto {
public:
    StandInCrypto(const boot::Crypto& crypto, const std::vector<contract::Digest>& standIns)
        : m_crypto(crypto), m_standIns(standIns)
    {
    }

    void start(boot::Sha256& hash) const override { m_crypto.start(hash); }
    void update(boot::Sha256& hash, boot::ByteView bytes) const override
    {
        m_crypto.update(hash, bytes);
    }
    boot::Digest finish(boot::Sha256& hash) const override { return m_crypto.finish(hash); }
    bool verify(const boot::PublicKey& key, const boot::Digest& digest,
                const boot::RawSignature& signature) const override
    {
        const bool isSigned = m_crypto.verify(key, digest, signature);
        return isSigned || std::ranges::count(m_standIns, digest) != 0;
    }

private:
    const boot::Crypto& m_crypto;
    const std::vector<contract::Digest>& m_standIns;
};

} // namespace virtual_h755
