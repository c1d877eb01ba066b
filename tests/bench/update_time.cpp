// How long an update of nearly full slots takes on the datasheet-timed device, against what the
// flash alone needs. app/core's update loop and the bootloader run in one process on virtual time:
// every control transfer, erase, program, hash and signature check costs the device what the chip
// would need, so the figures are the same on every machine. Exits with 1 if an update exceeds the
// limit.
#include "bundler/bundle_writer.h"
#include "core/update/update.h"
#include "support/in_process_transport.h"
#include "support/release_fixture.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

#include <cstdio>
#include <functional>
#include <stdexcept>

using namespace contract;
using updater::Activity;
using virtual_h755::FlashTiming;

namespace {

constexpr double allowedRatio = 1.10;
constexpr double allowedResumeRatio = 0.60;
constexpr std::array<std::uint32_t, 2> payloadBytes{380'000, 510'000}; // 97 % of both slots

updater::VerifiedBundle makeBundle(const Version& version, std::uint32_t seed)
{
    const bundler::SignedSet set = test_support::makeRelease(
        h755FlashMap, {.version = version, .payloadBytes = payloadBytes, .seed = seed});
    auto packed = bundler::packBundle(set, {}, test_support::developmentKey(0));
    if (!packed) throw std::runtime_error(packed.error().detail);
    auto verified = updater::verifyBundle(std::move(*packed));
    if (!verified) throw std::runtime_error(verified.error().detail);
    return std::move(*verified);
}

/// Notes when each activity began.
class Stopwatch final : public updater::Progress {
public:
    explicit Stopwatch(const virtual_h755::Clock& clock) : m_clock(clock) {}

    void report(const updater::ProgressReport& report) override
    {
        std::uint64_t& startUs = m_startUs.at(static_cast<std::size_t>(report.activity));
        if (startUs == 0) startUs = m_clock.nowUs();
    }
    void notice(updater::Notice) override {}
    double secondsBetween(Activity from, Activity to) const
    {
        return static_cast<double>(start(to) - start(from)) / 1e6;
    }

private:
    std::uint64_t start(Activity activity) const
    {
        return m_startUs.at(static_cast<std::size_t>(activity));
    }

    const virtual_h755::Clock& m_clock;
    std::array<std::uint64_t, static_cast<std::size_t>(Activity::Done) + 1> m_startUs{};
};

using SectorMap = std::array<std::uint32_t, 2>;

/// Sectors of the running download that the journal names as finished, [core].
SectorMap finishedSectors(const virtual_h755::VirtualDevice& device)
{
    SectorMap count{};
    const auto& download = device.journal().view().download;
    if (!download) return count;
    for (std::size_t i = 0; i < download->finishedCount; ++i)
        ++count[index(download->finished[i].core)];
    return count;
}

/// Cuts the power as soon as the device has got so far.
class CutWhen final : public updater::Progress {
public:
    CutWhen(virtual_h755::VirtualDevice& device, std::function<bool()> isTime)
        : m_device(device), m_isTime(std::move(isTime))
    {
    }
    void report(const updater::ProgressReport&) override
    {
        if (m_isTime()) m_device.powerOff();
    }
    void notice(updater::Notice) override {}

private:
    virtual_h755::VirtualDevice& m_device;
    std::function<bool()> m_isTime;
};

struct Figures {
    double transferSeconds = 0; ///< from the first request of the download to the activation
    double wholeSeconds = 0;    ///< from the running old release to the confirmed new one
};

void bring(test_support::InProcessTransport& bus, const updater::VerifiedBundle& bundle,
           Stopwatch& stopwatch)
{
    const auto outcome = updater::update(bus, {}, bundle, stopwatch, {}, {});
    if (!outcome) throw std::runtime_error(outcome.error().detail);
}

Figures measure(const FlashTiming& timing, const updater::VerifiedBundle& from,
                const updater::VerifiedBundle& to)
{
    virtual_h755::SimulatedClock clock;
    virtual_h755::DeviceOptions options;
    options.flashTiming = timing;
    virtual_h755::VirtualDevice device(h755FlashMap, virtual_h755::brandedIdentity(), clock,
                                       options);
    test_support::InProcessTransport bus(clock);
    bus.add(device, "1-1");
    device.powerOn();
    device.run(1'000'000);
    Stopwatch installation(clock);
    bring(bus, from, installation);

    const std::uint64_t startUs = clock.nowUs();
    Stopwatch update(clock);
    bring(bus, to, update);
    return {update.secondsBetween(Activity::Sending, Activity::Restarting),
            static_cast<double>(clock.nowUs() - startUs) / 1e6};
}

/// The same download when power has failed with half of the slower bank's sectors done.
Figures measureResume(const updater::VerifiedBundle& from, const updater::VerifiedBundle& to)
{
    virtual_h755::SimulatedClock clock;
    virtual_h755::VirtualDevice device(h755FlashMap, virtual_h755::brandedIdentity(), clock);
    test_support::InProcessTransport bus(clock);
    bus.add(device, "1-1");
    device.powerOn();
    device.run(1'000'000);
    Stopwatch installation(clock);
    bring(bus, from, installation);

    const auto isHalfDone = [&device] {
        const SectorMap done = finishedSectors(device);
        return done[index(Core::M4)] >= h755FlashMap.slotSectors(Core::M4) / 2;
    };
    CutWhen progress(device, isHalfDone);
    const auto broken = updater::update(bus, {}, to, progress, {}, {.returnMs = 1});
    if (broken) throw std::runtime_error("the power cut came too late");
    device.powerOn();
    device.run(1'000'000);
    const std::uint64_t startUs = clock.nowUs();
    Stopwatch rest(clock);
    bring(bus, to, rest);
    return {rest.secondsBetween(Activity::Sending, Activity::Restarting),
            static_cast<double>(clock.nowUs() - startUs) / 1e6};
}

/// What erasing and programming one core's image takes at least.
double flashSeconds(const StreamHeader& header, Core core, const FlashTiming& timing)
{
    const CoreParts& part = header.part(core);
    const std::uint32_t bytes = part.bodyBytes + part.tlvBytesA;
    const std::uint32_t sectors = (bytes + h755FlashMap.sectorBytes - 1) / h755FlashMap.sectorBytes;
    const std::uint32_t words = (bytes + flashWordBytes - 1) / flashWordBytes;
    return static_cast<double>(sectors * timing.eraseUs + words * timing.programUs) / 1e6;
}

int run()
{
    const updater::VerifiedBundle from = makeBundle({1, 0, 0, 0}, 1);
    const updater::VerifiedBundle to = makeBundle({1, 1, 0, 0}, 2);
    const FlashTiming parallel = FlashTiming::datasheet();
    FlashTiming sequential = parallel;
    sequential.banksInParallel = false;

    const double m7 = flashSeconds(to.streamHeader(), Core::M7, parallel);
    const double m4 = flashSeconds(to.streamHeader(), Core::M4, parallel);
    const double limit = std::max(m7, m4);
    const Figures figures = measure(parallel, from, to);
    const Figures oneByOne = measure(sequential, from, to);
    const double ratio = figures.transferSeconds / limit;

    std::printf("update of %u + %u KB, virtual time at datasheet speed\n", payloadBytes[0] / 1024,
                payloadBytes[1] / 1024);
    std::printf("  flash alone, bank 1 / bank 2      %6.2f s / %.2f s\n", m7, m4);
    std::printf("  limit (the slower bank)           %6.2f s\n", limit);
    std::printf("  download to activation            %6.2f s  = %.3f x the limit\n",
                figures.transferSeconds, ratio);
    std::printf("  with the banks one after another  %6.2f s  = %.3f x the limit\n",
                oneByOne.transferSeconds, oneByOne.transferSeconds / limit);
    std::printf("  old release to confirmed new one  %6.2f s\n", figures.wholeSeconds);
    const Figures resumed = measureResume(from, to);
    const double resumeRatio = resumed.transferSeconds / figures.transferSeconds;
    std::printf("  resumed with half of bank 2 done  %6.2f s  = %.3f x a fresh download\n",
                resumed.transferSeconds, resumeRatio);
    const bool isFastEnough = ratio <= allowedRatio && resumeRatio <= allowedResumeRatio;
    std::printf("%s: at most %.2f x the limit, resumed at most %.2f x fresh\n",
                isFastEnough ? "ok" : "TOO SLOW", allowedRatio, allowedResumeRatio);
    return isFastEnough ? 0 : 1;
}

} // namespace

int main()
try {
    return run();
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
}
