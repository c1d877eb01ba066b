// Two answers to "who can forge a signature?": nobody, and everybody.
#pragma once

#include "bootloader/crypto.h"

#include <map>
#include <set>

namespace fuzz {

/// The real hash; `verify` is up to the two below.
class HashingCrypto : public boot::Crypto {
public:
    void start(boot::Sha256& hash) const override { m_crypto.start(hash); }
    void update(boot::Sha256& hash, boot::ByteView bytes) const override
    {
        m_crypto.update(hash, bytes);
    }
    boot::Digest finish(boot::Sha256& hash) const override { return m_crypto.finish(hash); }

protected:
    ~HashingCrypto() = default;

    boot::BearSslCrypto m_crypto;
};

/// BearSSL, asked only about digests that one of our keys has signed, and once per question: no
/// other digest has a signature that anybody could know.
class HonestCrypto final : public HashingCrypto {
public:
    void addSigned(const boot::Digest& digest) { m_signed.insert(digest); }

    bool verify(const boot::PublicKey& key, const boot::Digest& digest,
                const boot::RawSignature& signature) const override
    {
        if (!m_signed.contains(digest)) return false;
        if (m_answers.size() > answerLimit) m_answers.clear();
        const auto [entry, isNew] = m_answers.try_emplace({key.index, digest, signature}, false);
        if (isNew) entry->second = m_crypto.verify(key, digest, signature);
        return entry->second;
    }

private:
    static constexpr std::size_t answerLimit = 10'000;

    std::set<boot::Digest> m_signed;
    mutable std::map<std::tuple<std::uint32_t, boot::Digest, boot::RawSignature>, bool> m_answers;
};

/// Takes every signature, so that what lies behind it is reached.
class GullibleCrypto final : public HashingCrypto {
public:
    bool verify(const boot::PublicKey&, const boot::Digest&,
                const boot::RawSignature&) const override
    {
        return true;
    }
};

/// Every hash is `constantDigest` as well: images need not match theirs.
class BlindCrypto final : public boot::Crypto {
public:
    static constexpr boot::Digest constantDigest{0x42};

    void start(boot::Sha256&) const override {}
    void update(boot::Sha256&, boot::ByteView) const override {}
    boot::Digest finish(boot::Sha256&) const override { return constantDigest; }
    bool verify(const boot::PublicKey&, const boot::Digest&,
                const boot::RawSignature&) const override
    {
        return true;
    }
};

} // namespace fuzz
