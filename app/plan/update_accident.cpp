#include "plan/update_accident.h"

#include "plan/device_state.h"

namespace plan {

using updater::ChildFate;

namespace {

constexpr int killedExit = 128 + 9; // SIGKILL

const std::vector<std::string>& allTears()
{
    static const std::vector<std::string> tears{"clean", "good", "blank", "bad", "flaky"};
    return tears;
}

std::vector<Ability> abilitiesFor(const Accident& accident)
{
    std::vector<Ability> needed;
    switch (accident.kind) {
    case AccidentKind::UnplugAtByte: needed = {Ability::CountBytes, Ability::UnplugCable}; break;
    case AccidentKind::UnplugAtBlock: needed = {Ability::UnplugCable}; break;
    case AccidentKind::CutAtOperation: needed = {Ability::CutAtOperation}; break;
    case AccidentKind::CutAtBlock: needed = {Ability::SwitchPower}; break;
    case AccidentKind::KillAtBlock:
    case AccidentKind::None: break;
    }
    if (accident.onAnotherPort) needed.push_back(Ability::UseAnotherPort);
    return needed;
}

} // namespace

UpdateAccident::UpdateAccident(const Accident& accident, Bench& bench, const Unit& unit,
                               RandomSource& random, std::stop_token stop)
    : m_accident(accident), m_bench(bench), m_unit(unit), m_stop(std::move(stop))
{
    if (isNone()) return;
    m_drawn.kind = accident.kind;
    m_drawn.at = random.draw(accident.at);
    m_drawn.tear = accident.tear == "random" ? random.oneOf(allTears()) : accident.tear;
    if (returnsItself()) m_drawn.returnAfterMs = accident.returnAfterMs;
}

std::string UpdateAccident::obstacle() const
{
    for (const Ability ability : abilitiesFor(m_accident)) {
        if (const std::optional<std::string> why = m_bench.obstacle(ability, m_unit)) return *why;
    }
    return {};
}

std::string UpdateAccident::text() const
{
    if (isNone()) return {};
    std::string text = std::string(word(m_drawn.kind)) + ' ' + std::to_string(m_drawn.at);
    if (m_drawn.kind == AccidentKind::CutAtOperation) text += ' ' + m_drawn.tear;
    return text;
}

Result<> UpdateAccident::arm()
{
    if (isNone() || !isArmed()) return {};
    return m_bench.arm(m_unit, m_drawn);
}

ChildFate UpdateAccident::watch(const Progress& progress)
{
    if (isNone() || !m_trouble) return ChildFate::GoesOn;
    if (isArmed()) {
        const bool isGone = progress.activity == "waiting-for-device";
        if (isGone && m_accident.returns && !returnsItself() && !m_isBack) m_trouble = bringBack();
        return ChildFate::GoesOn;
    }
    if (m_hasHappened || progress.blocksSent < m_drawn.at) return ChildFate::GoesOn;
    m_hasHappened = true;
    if (m_accident.kind == AccidentKind::KillAtBlock) return ChildFate::Killed;
    m_trouble = strike();
    return ChildFate::GoesOn;
}

Result<> UpdateAccident::strike()
{
    const bool isCut = m_accident.kind == AccidentKind::CutAtBlock;
    TRY(isCut ? m_bench.powerOff(m_unit) : m_bench.unplug(m_unit));
    return m_accident.returns ? bringBack() : Result<>();
}

Result<> UpdateAccident::bringBack()
{
    m_isBack = true;
    sleepFor(m_accident.returnAfterMs, m_stop);
    if (m_accident.kind == AccidentKind::CutAtBlock) return m_bench.powerOn(m_unit);
    return m_bench.plug(m_unit, m_accident.onAnotherPort);
}

Result<> UpdateAccident::disarm(const ProgramRun& run)
{
    if (isNone()) return {};
    TRY(m_trouble);
    if (m_accident.kind == AccidentKind::KillAtBlock) m_hasHappened = run.exitCode == killedExit;
    if (!isArmed()) return {};
    TRY_ASSIGN(m_hasHappened, m_bench.disarm(m_unit));
    return {};
}

} // namespace plan
