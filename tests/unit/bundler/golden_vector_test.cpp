// An image that MCUboot's imgtool 2.4.0 made from a documented payload, rebuilt by our code:
// Python's random.seed(755).randbytes(300 * 1024), linked for 0x08020000, version 1.2.3+4, security
// counter 7, a dependency on image 1 version 1.2.3, and TLV 0xA0 with 5 bytes.
#include "bundler/image_builder.h"

#include <catch2/catch.hpp>

using namespace contract;
using bundler::Bytes;

namespace {

/// MT19937 seeded by an array, as Python seeds it (Matsumoto and Nishimura, 2002).
class PythonRandom {
public:
    explicit PythonRandom(std::uint32_t seed)
    {
        m_state[0] = 19'650'218;
        for (std::uint32_t i = 1; i < size; ++i)
            m_state[i] = 1'812'433'253U * mixed(i) + i;
        std::uint32_t at = 1;
        for (std::uint32_t round = 0; round < size; ++round) {
            m_state[at] = (m_state[at] ^ mixed(at) * 1'664'525U) + seed;
            at = next(at);
        }
        for (std::uint32_t round = 1; round < size; ++round) {
            m_state[at] = (m_state[at] ^ mixed(at) * 1'566'083'941U) - at;
            at = next(at);
        }
        m_state[0] = 0x8000'0000;
    }

    std::uint32_t word()
    {
        if (m_used == size) twist();
        std::uint32_t y = m_state[m_used++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C'5680;
        y ^= y << 15 & 0xEFC6'0000;
        return y ^ y >> 18;
    }

private:
    static constexpr std::uint32_t size = 624;

    std::uint32_t mixed(std::uint32_t at) const { return m_state[at - 1] ^ m_state[at - 1] >> 30; }
    std::uint32_t next(std::uint32_t at)
    {
        if (at + 1 < size) return at + 1;
        m_state[0] = m_state[size - 1];
        return 1;
    }
    void twist()
    {
        for (std::uint32_t i = 0; i < size; ++i) {
            const std::uint32_t y =
                (m_state[i] & 0x8000'0000) | (m_state[(i + 1) % size] & 0x7FFF'FFFF);
            m_state[i] = m_state[(i + 397) % size] ^ y >> 1 ^ ((y & 1) != 0 ? 0x9908'B0DF : 0);
        }
        m_used = 0;
    }

    std::array<std::uint32_t, size> m_state{};
    std::uint32_t m_used = size;
};

Bytes documentedPayload()
{
    PythonRandom random(755);
    Bytes payload(300 * 1024);
    Encoder encoder{ByteSpan{payload}};
    for (std::size_t i = 0; i < payload.size(); i += 4)
        encoder(random.word());
    return payload;
}

Bytes documentedTlvs()
{
    Bytes list;
    bundler::appendTlv(list, tlv::securityCounter, ByteArray<4>{7});
    bundler::appendTlv(list, 0x40, ByteArray<12>{1, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0});
    bundler::appendTlv(list, tlv::setId, ByteArray<5>{1, 2, 3, 4, 5});
    return bundler::tlvArea(protectedTlvMagic, list);
}

Bytes hexBytes(const char* text)
{
    Bytes bytes;
    for (; *text != 0; text += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string(text, 2), nullptr, 16)));
    return bytes;
}

bool startsAndEnds(const Digest& digest, const char* start, const char* end)
{
    const Bytes first = hexBytes(start);
    const Bytes last = hexBytes(end);
    return std::equal(first.begin(), first.end(), digest.begin()) &&
           std::equal(last.rbegin(), last.rend(), digest.rbegin());
}

} // namespace

TEST_CASE("our image code writes the header and hash that imgtool writes", "[golden-vector]")
{
    const Bytes payload = documentedPayload();
    REQUIRE(startsAndEnds(updater::sha256(payload), "0deee59f", "bbf56bd2"));

    const Bytes tlvs = documentedTlvs();
    CHECK(tlvs == hexBytes("08692500"
                           "5000040007000000"
                           "40000c00010000000102030000000000"
                           "a00005000102030405"));
    const ImageHeader header{.loadAddress = 0x0802'0000,
                             .protectedTlvBytes = static_cast<std::uint16_t>(tlvs.size()),
                             .payloadBytes = static_cast<std::uint32_t>(payload.size()),
                             .version = {1, 2, 3, 4}};
    const Bytes body = bundler::imageBody(header, payload);
    CHECK(Bytes(body.begin(), body.begin() + 32) == hexBytes("3db8f396000002080004250000b00400"
                                                             "00010000010203000400000000000000"));
    CHECK(std::all_of(body.begin() + 32, body.begin() + 0x400,
                      [](std::uint8_t byte) { return byte == 0xFF; }));
    CHECK(startsAndEnds(updater::sha256({body, tlvs}), "512d847a", "5a2c"));
}
