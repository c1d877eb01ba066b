#include "virtual/rom_arguments.h"

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace virtual_h755 {

namespace {

const std::map<std::string, RomBehaviour>& versions()
{
    static const std::map<std::string, RomBehaviour> known{
        {"9.0", rom90}, {"9.1", rom91}, {"9.2", rom92}};
    return known;
}

const std::map<std::string, RomChip>& chips()
{
    static const std::map<std::string, RomChip> known{
        {"h755", h755Chip}, {"h743-single", h743SingleBankChip}, {"h723", h723Chip}};
    return known;
}

std::vector<std::uint8_t> readFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file || bytes.empty()) throw std::runtime_error("cannot read " + path);
    return bytes;
}

void changeOptionBytes(const RomArguments& arguments, contract::OptionBytes& options)
{
    constexpr std::uint8_t level0 = 0xAA;
    constexpr std::uint8_t level1 = 0x55;
    if (arguments.readProtection)
        options.readProtection = *arguments.readProtection == 0 ? level0 : level1;
    for (const unsigned sector : arguments.protectedSectors) {
        std::uint8_t& bank =
            sector < 8 ? options.writeProtectionBank1 : options.writeProtectionBank2;
        bank = static_cast<std::uint8_t>(bank & ~(1U << sector % 8));
    }
}

} // namespace

void addOptions(CLI::App& app, RomArguments& arguments)
{
    app.add_option("--rom", arguments.version,
                   "A board from the factory, BOOT0 held: its ROM loader has this version (9.0, "
                   "9.1, 9.2), and the bootloader runs only if it is in the flash")
        ->check(CLI::IsMember(&versions()));
    app.add_option("--chip", arguments.chip, "What the ROM loader says it is in")
        ->check(CLI::IsMember(&chips()));
    app.add_option("--serial", arguments.serial, "The ROM loader's serial number")
        ->check(CLI::Validator(
            [](std::string& text) {
                return text.size() <= 64 ? std::string{} : "at most 64 characters";
            },
            "TEXT"));
    app.add_flag("--rom-hides-system-memory", arguments.refusesSystemMemory,
                 "The ROM loader lets nobody read its version and the unique id");
    app.add_option("--rdp", arguments.readProtection, "Read protection level")
        ->check(CLI::Range(0, 1));
    app.add_option("--write-protect", arguments.protectedSectors, "Sector 0 to 15; more than once")
        ->allow_extra_args(false)
        ->check(CLI::Range(0, 15));
    app.add_option("--bootloader", arguments.bootloaderPath,
                   "With --rom: sector 0 must hold exactly this file for the bootloader to run");
}

void apply(const RomArguments& arguments, WorkbenchOptions& bench)
{
    DeviceOptions& device = bench.device;
    if (!arguments.version.empty()) {
        device.rom.behaviour = versions().at(arguments.version);
        device.isBoot0High = true;
        device.needsBootloader = true;
        bench.hasFactoryOptionBytes = true;
    }
    device.rom.chip = chips().at(arguments.chip);
    device.rom.serial = arguments.serial;
    device.rom.refusesSystemMemory = arguments.refusesSystemMemory;
    if (!arguments.bootloaderPath.empty())
        device.bootloaderImage = readFile(arguments.bootloaderPath);
    bench.changeOptionBytes = [arguments](contract::OptionBytes& options) {
        changeOptionBytes(arguments, options);
    };
}

} // namespace virtual_h755
