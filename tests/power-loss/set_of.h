// A set of enumerators.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace power_loss {

template <typename Enum>
class SetOf {
public:
    constexpr SetOf(std::initializer_list<Enum> members = {})
    {
        for (const Enum member : members)
            add(member);
    }

    constexpr bool has(Enum member) const { return (m_bits >> bit(member) & 1) != 0; }
    constexpr void add(Enum member) { m_bits |= std::uint32_t{1} << bit(member); }
    constexpr void add(SetOf more) { m_bits |= more.m_bits; }
    constexpr void keep(SetOf others) { m_bits &= others.m_bits; }
    constexpr void remove(SetOf others) { m_bits &= ~others.m_bits; }
    constexpr bool isEmpty() const { return m_bits == 0; }
    constexpr bool meets(SetOf other) const { return (m_bits & other.m_bits) != 0; }
    constexpr bool operator==(const SetOf&) const = default;

private:
    static constexpr unsigned bit(Enum member) { return static_cast<unsigned>(member); }

    std::uint32_t m_bits = 0;
};

} // namespace power_loss
