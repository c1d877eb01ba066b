#include "bundler/bootloader_file.h"

#include "bundler/intel_hex.h"

#include <string_view>

namespace bundler {

using updater::ErrorCode;
using updater::fail;

updater::Result<Bytes> readBootloader(Bytes file, const contract::FlashMap& map)
{
    constexpr std::string_view elfMagic{"\x7F"
                                        "ELF"};
    const std::string_view text{reinterpret_cast<const char*>(file.data()), file.size()};
    if (text.starts_with(elfMagic))
        return fail(ErrorCode::BundleImage, "the bootloader as .hex or .bin, not as ELF");
    if (text.starts_with(':')) {
        TRY_ASSIGN(file, readIntelHex(text, map.bootloader));
    }
    TRY(updater::checkBootloader(file, map));
    return file;
}

} // namespace bundler
