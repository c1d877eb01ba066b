#include "bundler/command.h"
#include "bundler/factory_image.h"
#include "bundler/file.h"
#include "bundler/intel_hex_writer.h"

namespace bundler {

namespace {

Result<> writeText(const path& file, const std::string& text)
{
    return writeFile(file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

} // namespace

Result<> factory(const FactoryOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const updater::VerifiedBundle bundle, updater::openBundle(options.bundle));
    TRY_ASSIGN(Bytes file, readFile(options.bootloader));
    const contract::FlashMap& map = updater::brandingTrust().map;
    TRY_ASSIGN(const Bytes bootloader, readBootloader(std::move(file), map));
    TRY_ASSIGN(const std::vector<FlashPiece> pieces, factoryImage(bootloader, bundle, map));
    path optionBytes = options.output;
    optionBytes += ".option-bytes.txt";
    TRY(writeText(options.output, intelHex(pieces)));
    TRY(writeText(optionBytes, optionByteList()));
    for (const FlashPiece& piece : pieces)
        out << piece.bytes.size() << " bytes at 0x" << std::hex << piece.address << std::dec
            << '\n';
    out << options.output.string() << ": program and verify this first\n"
        << optionBytes.string() << ": then set these, and cycle the power\n";
    return {};
}

} // namespace bundler
