#include "memoised_crypto.h"

#include <catch2/catch.hpp>

using power_loss::MemoisedCrypto;

TEST_CASE("a remembered hash is BearSSL's, whatever it was remembered after", "[power-loss]")
{
    const MemoisedCrypto memoised;
    const boot::BearSslCrypto real;
    std::vector<std::uint8_t> bytes(3000, 0xFF);
    for (std::size_t change = 0; change < 200; ++change) {
        bytes[change * 37 % bytes.size()] = static_cast<std::uint8_t>(change % 3);
        const auto hash = [&](const boot::Crypto& crypto) {
            boot::Sha256 state;
            crypto.start(state);
            crypto.update(state, boot::ByteView{bytes}.first(100 + change));
            crypto.update(state, boot::ByteView{bytes}.subspan(change, 2000));
            crypto.update(state, boot::ByteView{bytes}.first(change));
            return crypto.finish(state);
        };
        const boot::Digest expected = hash(real);
        REQUIRE(hash(memoised) == expected);
        REQUIRE(hash(memoised) == expected); // from memory
    }
}
