#include "plan/record_chain.h"

#include "core/bundle/text_forms.h"
#include "core/signature/digest.h"

namespace plan {
namespace {

constexpr std::string_view member = ",\"chain\":\"";
constexpr std::size_t digits = 64;
constexpr std::size_t tailBytes = member.size() + digits + 2; // "}

updater::ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string next(std::string_view previous, std::string_view text)
{
    return updater::hexText(updater::sha256({bytesOf(previous), bytesOf(text)}));
}

} // namespace

std::string RecordChain::sealed(const updater::JsonLine& record)
{
    std::string line = record.str();
    line.pop_back();
    m_last = next(m_last, line);
    return line.append(member).append(m_last).append("\"}");
}

bool RecordChain::accept(std::string_view line)
{
    if (line.size() <= tailBytes || !line.ends_with("\"}")) return false;
    const std::string_view text = line.substr(0, line.size() - tailBytes);
    const std::string_view tail = line.substr(text.size());
    const std::string expected = next(m_last, text);
    if (!tail.starts_with(member) || tail.substr(member.size(), digits) != expected) return false;
    m_last = expected;
    return true;
}

} // namespace plan
