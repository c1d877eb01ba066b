#include "soak.h"

#include "scene.h"

#include <random>

namespace power_loss {

using namespace contract;
using virtual_h755::Tear;
using End = Aftermath::End;

namespace {

constexpr std::array<Release, 6> choice{Release::First,   Release::Second, Release::Plain,
                                        Release::Crasher, Release::Hanger, Release::Silent};
constexpr std::array<ResetCause, 6> causes{ResetCause::PowerOn,  ResetCause::PowerOn,
                                           ResetCause::Pin,      ResetCause::Software,
                                           ResetCause::Watchdog, ResetCause::Fault};

Expectation emptyDevice()
{
    Expectation expected;
    expected.reasons = {UpdateReason::NoValidSet};
    return expected;
}

class Soak {
public:
    Soak(const World& world, std::uint64_t seed)
        : m_world(world), m_seed(seed), m_random(seed),
          m_scene(world, Remains(world.map()), emptyDevice(), seed)
    {
        m_scene.powerOn();
    }

    void round(Tally& tally, std::uint32_t number);

private:
    std::uint32_t below(std::uint32_t limit)
    {
        return std::uniform_int_distribution<std::uint32_t>{0, limit - 1}(m_random);
    }
    template <typename Values>
    auto oneOf(const Values& values)
    {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }
    void act();
    void sendSome();
    void armCut();
    Aftermath restart();
    void updateNow(Aftermath& found);
    Expectation tolerant() const;
    std::string optionsAt(std::uint32_t round) const;

    const World& m_world;
    const std::uint64_t m_seed;
    std::mt19937_64 m_random;
    Scene m_scene;
};

void Soak::act()
try {
    switch (below(8)) {
    case 0:
    case 1:
    case 2: m_scene.update(oneOf(choice)); break;
    case 3: m_scene.selectSet(oneOf(choice)); break;
    case 4: m_scene.device().reset(oneOf(causes)); break;
    case 5: m_scene.runMs(below(400)); break;
    default: sendSome(); break;
    }
} catch (const FlowBroken&) {
    // The power went, or the device refused: both may happen to a host that acts at random.
}

void Soak::sendSome()
{
    const Release release = oneOf(choice);
    m_scene.enterUpdateMode();
    m_scene.begin(release);
    m_scene.sendBlocks(release, below(m_world[release].header.totalBlocks()));
    m_scene.runMs(below(3000));
}

void Soak::armCut()
{
    constexpr std::array<Tear, 5> tears{Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad,
                                        Tear::TornFlaky};
    virtual_h755::FlashModel& flash = m_scene.device().flash();
    const Tear tear = oneOf(tears);
    flash.cutPowerAt(flash.operations() + 1 + below(below(2) == 0 ? 8 : 300), tear, oneOf(tears));
}

Aftermath Soak::restart()
{
    m_scene.device().flash().neverCutPower();
    m_scene.powerOff();
    if (below(2) == 0) m_scene.device().board().loseBackup();
    const std::uint32_t startsBefore = m_scene.device().starts();
    m_scene.powerOn(oneOf(causes));
    const End end = m_scene.settle();
    Aftermath found = m_scene.look();
    found.end = end;
    found.starts -= startsBefore;
    if (end != End::UpdateMode) return found;
    const auto status = m_scene.host().deviceStatus();
    if (status) found.reason = status->updateReason;
    return found;
}

void Soak::updateNow(Aftermath& found)
try {
    found.hasUpdated = false;
    m_scene.update(below(2) == 0 ? Release::First : Release::Second);
    found.hasUpdated = true;
} catch (const FlowBroken& broken) {
    found.trouble = broken.what();
}

/// Taps on the reset button and starts that are cut short lead to update mode, too, and so does a
/// trial that nobody can confirm.
Expectation Soak::tolerant() const
{
    Expectation expected = m_scene.expected();
    expected.tolerated.add(
        {UpdateReason::Requested, UpdateReason::DoubleReset, UpdateReason::UnhealthyStarts});
    if (!expected.mayRun.meets(expected.confirmedHere))
        expected.reasons.add(UpdateReason::TrialFailed);
    return expected;
}

void Soak::round(Tally& tally, std::uint32_t number)
{
    constexpr std::uint32_t updateEvery = 16;
    armCut();
    act();
    const ReleaseSet before = completeSets(m_world, m_scene.device().flash().snapshot());
    const Expectation expected = tolerant();
    Aftermath found = restart();
    if (number % updateEvery == 0) updateNow(found);
    tally.note(judge(m_world, expected, before, found), found, Release::Second, optionsAt(number));
}

std::string Soak::optionsAt(std::uint32_t round) const
{
    return "--soak " + std::to_string(m_seed) + " --map " +
           std::string(nameOf(m_world.geometry())) + " --rounds " + std::to_string(round);
}

} // namespace

Tally soak(const World& world, std::uint64_t seed, std::uint32_t rounds)
{
    Tally tally;
    try {
        Soak soak(world, seed);
        for (std::uint32_t round = 1; round <= rounds && tally.isGood(); ++round)
            soak.round(tally, round);
    } catch (const std::exception& broken) {
        tally.fail("soak " + std::to_string(seed) + ": " + broken.what());
    }
    return tally;
}

} // namespace power_loss
