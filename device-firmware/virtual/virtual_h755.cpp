// virtual-h755: runs a command that sees virtual devices on USB.
#include "virtual/virtual_device.h"
#include "virtual/workbench_program.h"

int main(int argc, char** argv)
{
    using namespace virtual_h755;
    const auto make = [](const contract::FlashMap& map, const boot::Identity& identity,
                         Clock& clock, const DeviceOptions& options) -> std::unique_ptr<Device> {
        return std::make_unique<VirtualDevice>(map, identity, clock, options);
    };
    return runWorkbench(argc, argv, make,
                        "Runs a command that sees virtual H755 devices on USB.\n"
                        "virtual-h755 [options] -- COMMAND...");
}
