// emulated-h755: virtual-h755 with emulated chips that execute the bootloader's ARM ELF.
#include "emulator/elf_image.h"
#include "emulator/emulated_device.h"
#include "virtual/workbench_program.h"

#include <stdexcept>

int main(int argc, char** argv)
{
    using namespace virtual_h755;
    const auto make = [](const contract::FlashMap& map, const boot::Identity&, Clock& clock,
                         const DeviceOptions& options) -> std::unique_ptr<Device> {
        if (options.needsBootloader) throw std::runtime_error("--rom: not with emulated chips");
        DeviceOptions slow = options;
        slow.longestLagUs = 2'000;
        static emulator::RememberedCalls signatureChecks(
            emulator::findFunction(H755_BOOTLOADER_ELF, "br_ecdsa_i31_vrfy_raw"));
        auto device =
            std::make_unique<emulator::EmulatedDevice>(H755_BOOTLOADER_ELF, map, clock, slow);
        device->chip().remember(&signatureChecks);
        return device;
    };
    return runWorkbench(argc, argv, make,
                        "Runs a command that sees emulated H755 devices on USB.\n"
                        "emulated-h755 [options] -- COMMAND...");
}
