// The bootloader's crypto, with the time that the chip would need for it charged to the clock.
#pragma once

#include "bootloader/crypto.h"
#include "virtual/clock.h"

namespace virtual_h755 {

class TimedCrypto final : public boot::Crypto {
public:
    explicit TimedCrypto(Clock& clock) : m_clock(clock) {}

    void start(boot::Sha256& hash) const override { m_crypto.start(hash); }
    void update(boot::Sha256& hash, boot::ByteView bytes) const override;
    boot::Digest finish(boot::Sha256& hash) const override { return m_crypto.finish(hash); }
    bool verify(const boot::PublicKey& key, const boot::Digest& digest,
                const boot::RawSignature& signature) const override;

private:
    void charge(std::uint64_t picoseconds) const;

    boot::BearSslCrypto m_crypto;
    Clock& m_clock;
    mutable std::uint64_t m_owedPicoseconds = 0;
};

} // namespace virtual_h755
