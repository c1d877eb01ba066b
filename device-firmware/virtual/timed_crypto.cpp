#include "virtual/timed_crypto.h"

namespace virtual_h755 {

namespace {

// Counted on the bootloader's own Cortex-M7 code: 38.5 instructions for each byte of SHA-256 and
// 11.6 million for one ECDSA P-256 verification. 400 MHz; 1.5 cycles an instruction is an
// assumption on the safe side, for code and data in tightly coupled memory.
constexpr std::uint64_t picosecondsPerInstruction = 1'500'000 / 400;
constexpr std::uint64_t hashPicosecondsPerByte = 77 * picosecondsPerInstruction / 2;
constexpr std::uint64_t verifyPicoseconds = 11'600'000 * picosecondsPerInstruction;

} // namespace

void TimedCrypto::update(boot::Sha256& hash, boot::ByteView bytes) const
{
    m_crypto.update(hash, bytes);
    charge(bytes.size() * hashPicosecondsPerByte);
}

bool TimedCrypto::verify(const boot::PublicKey& key, const boot::Digest& digest,
                         const boot::RawSignature& signature) const
{
    charge(verifyPicoseconds);
    return m_crypto.verify(key, digest, signature);
}

void TimedCrypto::charge(std::uint64_t picoseconds) const
{
    constexpr std::uint64_t picosecondsPerUs = 1'000'000;
    m_owedPicoseconds += picoseconds;
    m_clock.sleepUs(m_owedPicoseconds / picosecondsPerUs);
    m_owedPicoseconds %= picosecondsPerUs;
}

} // namespace virtual_h755
