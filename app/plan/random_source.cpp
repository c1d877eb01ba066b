#include "plan/random_source.h"

#include "core/signature/digest.h"

namespace plan {
namespace {

std::uint64_t mixed(std::uint64_t seed, const std::string& unit)
{
    const std::string text = std::to_string(seed) + '/' + unit;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const updater::Digest digest = updater::sha256({bytes, text.size()});
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8 | digest[i];
    return number;
}

} // namespace

RandomSource::RandomSource(std::uint64_t seed, const std::string& unit)
    : m_numbers(mixed(seed, unit))
{
}

// Not std::uniform_int_distribution, which differs between libraries. The ranges are so small
// beside 2^64 that no number is noticeably more likely.
std::uint64_t RandomSource::draw(const Amount& amount)
{
    if (amount.isFixed()) return amount.from;
    return amount.from + m_numbers() % (amount.to - amount.from + 1);
}

const std::string& RandomSource::oneOf(const std::vector<std::string>& words)
{
    return words[draw({0, words.size() - 1})];
}

} // namespace plan
