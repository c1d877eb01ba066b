// Every register and field that the models know, typed from the reference sheet and ST's CMSIS
// header, independently of the port's own headers: register_table_test.cpp compares the two.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace emulator {

/// An address, or a field's mask, by the name that it has in ST's CMSIS header.
struct RegisterFact {
    std::string_view name;
    std::uint32_t value;
};

#include "emulator/register_facts_core.inc"
#include "emulator/register_facts_flash.inc"
#include "emulator/register_facts_system.inc"
#include "emulator/register_facts_usb.inc"

inline constexpr std::array<std::span<const RegisterFact>, 4> registerTable{
    std::span<const RegisterFact>{coreFacts}, std::span<const RegisterFact>{flashFacts},
    std::span<const RegisterFact>{systemFacts}, std::span<const RegisterFact>{usbFacts}};

constexpr const RegisterFact* findFact(std::string_view name)
{
    for (const std::span<const RegisterFact> facts : registerTable) {
        for (const RegisterFact& fact : facts) {
            if (fact.name == name) return &fact;
        }
    }
    return nullptr;
}

/// "RCC_CR"_reg: the value of that fact; what the table does not have does not compile.
consteval std::uint32_t operator""_reg(const char* name, std::size_t length)
{
    const RegisterFact* const fact = findFact({name, length});
    if (fact == nullptr) throw "no such register";
    return fact->value;
}

} // namespace emulator
