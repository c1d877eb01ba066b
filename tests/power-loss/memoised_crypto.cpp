#include "memoised_crypto.h"

#include <cstring>

namespace power_loss {

namespace {

constexpr std::size_t worthwhileBytes = 256; // below, BearSSL is as fast as looking it up
constexpr std::size_t mostSteps = 200'000;   // bounds the memory to some 50 MB

std::uint64_t fold(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const std::uint8_t* from)
{
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// Two independent lanes of multiply-and-fold over 16 bytes a turn; the rest is zero-padded.
void absorb(std::uint64_t& low, std::uint64_t& high, boot::ByteView bytes)
{
    std::array<std::uint8_t, 16> rest{};
    while (!bytes.empty()) {
        const std::uint8_t* from = bytes.data();
        const std::size_t count = std::min<std::size_t>(bytes.size(), rest.size());
        if (count < rest.size()) {
            std::memcpy(rest.data(), from, count);
            from = rest.data();
        }
        const std::uint64_t first = load(from);
        const std::uint64_t second = load(from + 8);
        low = fold(low ^ first ^ 0xA076'1D64'78BD'642F, second ^ 0xE703'7ED1'A0B4'28DB);
        high = fold(high ^ second ^ 0x8EBC'6AF0'9C88'C6E3, first ^ 0x5899'65CC'7537'4CC3) + low;
        bytes = bytes.subspan(count);
    }
}

} // namespace

MemoisedCrypto::Fingerprint MemoisedCrypto::fingerprintOf(const boot::Sha256& before,
                                                          boot::ByteView bytes)
{
    Fingerprint print{bytes.size(), ~bytes.size()};
    absorb(print.low, print.high, before.storage);
    absorb(print.low, print.high, bytes);
    return print;
}

void MemoisedCrypto::update(boot::Sha256& hash, boot::ByteView bytes) const
{
    if (bytes.size() < worthwhileBytes) return m_crypto.update(hash, bytes);
    const Fingerprint print = fingerprintOf(hash, bytes);
    const auto known = m_steps.find(print);
    if (known != m_steps.end()) {
        hash = known->second;
        return;
    }
    if (m_steps.size() == mostSteps) m_steps.clear();
    m_crypto.update(hash, bytes);
    m_steps.emplace(print, hash);
}

bool MemoisedCrypto::verify(const boot::PublicKey& key, const boot::Digest& digest,
                            const boot::RawSignature& signature) const
{
    const auto [entry, isNew] = m_answers.try_emplace({key.index, digest, signature}, false);
    if (isNew) entry->second = m_crypto.verify(key, digest, signature);
    return entry->second;
}

} // namespace power_loss
