#include "bundler/dfu_file.h"

#include "contract/journal_word.h" // crc32

namespace bundler {

using namespace contract;

namespace {

/// In the order of the file; appendix B counts from its end.
struct DfuSuffix {
    std::uint16_t bcdDevice = 0xFFFF; // any release
    std::uint16_t productId = 0;
    std::uint16_t vendorId = 0;
    std::uint16_t bcdDfu = 0x0100;
    ByteArray<3> signature{'U', 'F', 'D'};
    std::uint8_t suffixBytes = 16;

    static constexpr std::size_t encodedBytes = 12;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.bcdDevice);
        field(self.productId);
        field(self.vendorId);
        field(self.bcdDfu);
        field(self.signature);
        field(self.suffixBytes);
    }
};
static_assert(fillsItsBytes<DfuSuffix>());

} // namespace

std::vector<std::uint8_t> dfuFile(ByteView content, std::uint16_t vendorId, std::uint16_t productId)
{
    std::vector<std::uint8_t> file(content.begin(), content.end());
    const DfuSuffix suffix{.productId = productId, .vendorId = vendorId};
    const auto suffixBytes = encode(suffix);
    file.insert(file.end(), suffixBytes.begin(), suffixBytes.end());
    const std::uint32_t crc = ~crc32(file); // here without the final inversion
    file.resize(file.size() + 4);
    Encoder encoder{ByteSpan{file}.last(4)};
    encoder(crc);
    return file;
}

} // namespace bundler
