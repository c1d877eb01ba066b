#include "plan/statistics.h"

#include <algorithm>
#include <map>

namespace plan {
namespace {

std::uint64_t atPercent(const std::vector<std::uint64_t>& sorted, std::uint64_t percent)
{
    const std::uint64_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::uint64_t>(rank, 1) - 1];
}

/// Values by name, with the names in the order of their first appearance.
class Collector {
public:
    void add(const std::string& name, std::uint64_t value)
    {
        const auto [entry, isNew] = m_values.try_emplace(name);
        if (isNew) m_order.push_back(name);
        entry->second.push_back(value);
    }

    std::vector<PhaseQuantiles> quantiles() const
    {
        std::vector<PhaseQuantiles> all;
        all.reserve(m_order.size());
        for (const std::string& name : m_order)
            all.push_back({name, quantilesOf(m_values.at(name))});
        return all;
    }

private:
    std::map<std::string, std::vector<std::uint64_t>> m_values;
    std::vector<std::string> m_order;
};

} // namespace

Quantiles quantilesOf(std::vector<std::uint64_t> values)
{
    if (values.empty()) return {};
    std::ranges::sort(values);
    return {values.size(), atPercent(values, 50), atPercent(values, 95), atPercent(values, 99),
            values.back()};
}

std::vector<PhaseQuantiles> phaseQuantiles(const std::vector<StepResult>& steps)
{
    Collector collector;
    for (const StepResult& step : steps) {
        if (step.outcome != Outcome::Passed) continue;
        collector.add(step.kind, step.ms);
        for (const Phase& phase : step.phases)
            collector.add(step.kind + '/' + phase.name, phase.ms);
    }
    return collector.quantiles();
}

std::uint64_t yieldPercent(const std::vector<UnitResult>& units)
{
    if (units.empty()) return 0;
    const auto passed = static_cast<std::uint64_t>(
        std::ranges::count(units, Outcome::Passed, &UnitResult::outcome));
    return passed * 100 / units.size();
}

} // namespace plan
