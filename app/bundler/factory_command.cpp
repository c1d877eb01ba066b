#include "bundler/bootloader_file.h"
#include "bundler/command.h"
#include "bundler/file.h"
#include "bundler/intel_hex_writer.h"
#include "core/factory/factory_bundle.h"
#include "core/factory/option_bytes.h"

namespace bundler {

namespace {

Result<> writeText(const path& file, const std::string& text)
{
    return writeFile(file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

/// For programmers of any make.
Result<> writeHex(const FactoryOptions& options, const std::vector<updater::FlashPiece>& image,
                  std::ostream& out)
{
    path optionBytes = options.output;
    optionBytes += ".option-bytes.txt";
    TRY(writeText(options.output, intelHex(image)));
    TRY(writeText(optionBytes, updater::optionByteList()));
    for (const updater::FlashPiece& piece : image)
        out << piece.bytes.size() << " bytes at 0x" << std::hex << piece.address << std::dec
            << '\n';
    out << options.output.string() << ": program and verify this first\n"
        << optionBytes.string() << ": then set these, and cycle the power\n";
    return {};
}

} // namespace

Result<> factory(const FactoryOptions& options, std::ostream& out)
{
    const contract::FlashMap& map = updater::brandingTrust().map;
    TRY_ASSIGN(Bytes file, readFile(options.bootloader));
    TRY_ASSIGN(const Bytes bootloader, readBootloader(std::move(file), map));
    TRY_ASSIGN(const Bytes releaseBytes, updater::readBundleFile(options.bundle));
    if (options.key.empty()) {
        TRY_ASSIGN(const updater::VerifiedBundle release, updater::verifyBundle(releaseBytes));
        TRY_ASSIGN(const auto image, updater::factoryImage(bootloader, release, map));
        return writeHex(options, image, out);
    }
    TRY_ASSIGN(const auto key, updater::PrivateKey::fromPemFile(options.key));
    TRY_ASSIGN(const Bytes packed, updater::packFactoryBundle(bootloader, releaseBytes, key));
    TRY(writeFile(options.output, packed));
    out << options.output.string() << ": for h755ctl provision, " << packed.size() << " bytes\n";
    return {};
}

} // namespace bundler
