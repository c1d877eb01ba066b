// The run's dice: the same seed and unit give the same numbers, on every machine.
#pragma once

#include "plan/plan.h"

#include <random>

namespace plan {

class RandomSource {
public:
    RandomSource(std::uint64_t seed, const std::string& unit);

    std::uint64_t draw(const Amount& amount);
    const std::string& oneOf(const std::vector<std::string>& words);

private:
    std::mt19937_64 m_numbers;
};

} // namespace plan
