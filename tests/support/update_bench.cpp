#include "support/update_bench.h"

#include <stdexcept>

namespace test_support {

using virtual_h755::VirtualDevice;

updater::VerifiedBundle verifiedRelease(const ReleaseSpec& spec,
                                        const bundler::BundleFields& fields,
                                        const contract::FlashMap& map)
{
    auto bundle = updater::verifyBundle(makeBundle(map, spec, fields), trustFor(map));
    if (!bundle) throw std::runtime_error("release refused: " + bundle.error().detail);
    return *bundle;
}

ReleaseSpec firstRelease()
{
    ReleaseSpec spec;
    spec.payloadBytes = {40'000, 56'000};
    return spec;
}

ReleaseSpec secondRelease()
{
    ReleaseSpec spec = firstRelease();
    spec.version = {1, 1, 0, 0};
    spec.seed = 2;
    return spec;
}

void Transcript::report(const updater::ProgressReport& report)
{
    reports.push_back(report);
    if (onReport) onReport(report);
}

std::unique_ptr<VirtualDevice> makeDevice(virtual_h755::Clock& clock, std::uint8_t number,
                                          const boot::Identity& identity,
                                          const contract::FlashMap& map)
{
    auto device = std::make_unique<VirtualDevice>(map, identity, clock);
    device->board().mutableFacts().uniqueId = {number, 0x55, 0x07};
    device->board().mutableFacts().hardwareRevision = 1;
    device->powerOn();
    device->run(200'000);
    return device;
}

UpdateBench::UpdateBench()
{
    transport.add(*device, "1-1");
}

updater::Result<updater::UpdateOutcome> UpdateBench::update(const updater::VerifiedBundle& bundle)
{
    return updater::update(transport, selector, bundle, transcript, stop.get_token(), deadlines);
}

void UpdateBench::install(const ReleaseSpec& spec)
{
    const auto outcome = update(verifiedRelease(spec));
    if (!outcome) throw std::runtime_error("not installed: " + outcome.error().detail);
    transcript.reports.clear();
}

std::vector<std::uint8_t> UpdateBench::slots() const
{
    std::vector<std::uint8_t> bytes;
    for (const contract::Core core : contract::cores) {
        for (const contract::Slot slot : contract::slots) {
            const contract::Region& region = smallMap.slot(core, slot);
            const auto part = device->flash().peek(region.address, region.bytes);
            bytes.insert(bytes.end(), part.begin(), part.end());
        }
    }
    return bytes;
}

} // namespace test_support
