// What befalls one update: armed on the bench before it, or done by hand when progress says so.
#pragma once

#include "plan/bench.h"
#include "plan/device_program.h"
#include "plan/random_source.h"

namespace plan {

class UpdateAccident {
public:
    UpdateAccident(const Accident& accident, Bench& bench, const Unit& unit, RandomSource& random,
                   std::stop_token stop);

    /// Why this bench cannot do it; empty if it can.
    std::string obstacle() const;

    Result<> arm();
    /// What to do at this progress of the update; also brings cable and power back.
    updater::ChildFate watch(const Progress& progress);
    /// After the update.
    Result<> disarm(const ProgramRun& run);

    bool isNone() const { return m_accident.kind == AccidentKind::None; }
    bool hasHappened() const { return m_hasHappened; }
    /// "cutAtOperation 4711 bad".
    std::string text() const;

private:
    bool isArmed() const { return m_bench.canArm(m_accident.kind); }
    bool returnsItself() const
    {
        return isArmed() && m_accident.returns && !m_accident.onAnotherPort;
    }
    Result<> strike();
    Result<> bringBack();

    const Accident& m_accident;
    Bench& m_bench;
    const Unit& m_unit;
    std::stop_token m_stop;
    DrawnAccident m_drawn;
    bool m_hasHappened = false;
    bool m_isBack = false;
    Result<> m_trouble; ///< of the bench, while the update ran
};

} // namespace plan
