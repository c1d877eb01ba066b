#include "emulator/emulator_bench.h"

#include "bundler/linked_image.h"
#include "contract/vendor_requests.h"
#include "emulator/elf_image.h"

#include <fstream>
#include <iterator>

namespace emulator {

using contract::Slot;
using test_support::developmentKey;
using virtual_h755::ControlOutcome;

namespace {

bundler::Bytes payload(Size size, contract::Core core, Slot slot)
{
    const std::string path =
        std::string(H755_EXAMPLES_DIR "/example-") + (size == Size::Small ? "1.0.0-" : "1.1.0-") +
        (core == contract::Core::M7 ? "m7_" : "m4_") + (slot == Slot::A ? "a" : "b") + ".elf";
    std::ifstream input(path, std::ios::binary);
    if (!input) throw std::runtime_error(path + " is missing: build preset `device` first");
    bundler::Bytes elf{std::istreambuf_iterator<char>(input), {}};
    auto image = bundler::readElf(std::move(elf), contract::h755FlashMap.slot(core, slot));
    if (!image) throw std::runtime_error(path + ": " + image.error().detail);
    return image->payload;
}

bundler::CorePayloads payloads(Size size, contract::Core core)
{
    return {payload(size, core, Slot::A), payload(size, core, Slot::B)};
}

} // namespace

updater::VerifiedBundle exampleRelease(Size size, const contract::Version& version)
{
    test_support::ReleaseSpec spec;
    spec.version = version;
    const auto set =
        bundler::buildSet(contract::h755FlashMap, test_support::fieldsOf(spec),
                          {payloads(size, contract::Core::M7), payloads(size, contract::Core::M4)},
                          developmentKey(spec.keyIndex));
    if (!set) throw std::runtime_error("release: " + set.error().detail);
    const auto box = bundler::packBundle(*set, {}, developmentKey(spec.keyIndex));
    if (!box) throw std::runtime_error("bundle: " + box.error().detail);
    auto bundle = updater::verifyBundle(*box, test_support::trustFor(contract::h755FlashMap));
    if (!bundle) throw std::runtime_error("refused: " + bundle.error().detail);
    return *bundle;
}

EmulatorBench::EmulatorBench(const virtual_h755::FlashTiming& timing, bool remembers)
{
    virtual_h755::DeviceOptions options;
    options.flashTiming = timing;
    device = std::make_unique<EmulatedDevice>(H755_BOOTLOADER_ELF, contract::h755FlashMap, clock,
                                              options);
    static RememberedCalls calls(findFunction(H755_BOOTLOADER_ELF, "br_ecdsa_i31_vrfy_raw"));
    if (remembers) device->chip().remember(&calls);
    transport.add(*device, "1-1");
    device->powerOn();
}

EmulatorBench::EmulatorBench(const virtual_h755::FlashContents& contents,
                             const virtual_h755::BackupRegisters& backup,
                             const virtual_h755::FlashTiming& timing)
    : EmulatorBench(timing)
{
    device->powerOff(virtual_h755::Tear::Clean);
    device->flash().restore(contents);
    device->backupRegisters() = backup;
    device->powerOn();
}

updater::Result<updater::UpdateOutcome> EmulatorBench::update(const updater::VerifiedBundle& bundle)
{
    runUntil([this] { return device->isAttached(); }, 20'000);
    return updater::update(transport, {}, bundle, transcript, stop.get_token(), {});
}

void EmulatorBench::install(const updater::VerifiedBundle& bundle)
{
    const auto outcome = update(bundle);
    if (!outcome) throw std::runtime_error("not installed: " + outcome.error().detail);
}

virtual_h755::BoardState boardWith(const updater::VerifiedBundle& release)
{
    EmulatorBench bench;
    bench.install(release);
    bench.device->powerOff(virtual_h755::Tear::Clean);
    virtual_h755::BoardState result(contract::h755FlashMap);
    result.flash = bench.device->flash().snapshot();
    result.backup = bench.device->backupRegisters();
    return result;
}

bool EmulatorBench::runUntil(const std::function<bool()>& condition, std::uint32_t limitMs)
{
    for (std::uint32_t ms = 0; ms < limitMs && !condition(); ++ms)
        device->run(1000);
    return condition();
}

bool EmulatorBench::reachesApplication(std::uint32_t limitMs)
{
    return runUntil([this] { return device->mode() == virtual_h755::Mode::Application; }, limitMs);
}

bool EmulatorBench::reachesUpdateMode(std::uint32_t limitMs)
{
    return runUntil(
        [this] { return device->mode() == virtual_h755::Mode::Bootloader && device->isAttached(); },
        limitMs);
}

contract::DeviceStatus EmulatorBench::status()
{

    contract::ByteArray<contract::DeviceStatus::encodedBytes> bytes{};
    const boot::SetupPacket request{contract::vendor::deviceIn,
                                    static_cast<std::uint8_t>(contract::vendor::Request::GetStatus),
                                    0, 0, static_cast<std::uint16_t>(bytes.size())};
    const ControlOutcome outcome = device->control(request, bytes);
    if (outcome.kind != ControlOutcome::Kind::Done || outcome.bytes != bytes.size())
        throw std::runtime_error("no status");
    return contract::decode<contract::DeviceStatus>(bytes);
}

} // namespace emulator
