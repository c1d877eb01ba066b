// The two vector tables: flash has the one that the chip starts with, RAM has the one that the
// bootloader runs with. No peripheral interrupt is ever enabled.
#include "stm32h755/fault_handlers.h"
#include "stm32h755/memory_layout.h"
#include "stm32h755/reset_handler.h"
#include "stm32h755/system_tick.h"

#include <array>

namespace stm32h755 {

namespace {

using Handler = void (*)();

/// Entries 1 to 15 of ARMv7-M B1.5.3.
using CoreVectors = std::array<Handler, 15>;
constexpr std::size_t resetEntry = 0;
constexpr std::size_t systemTickEntry = 14;

struct VectorTable {
    const std::uint32_t* stack;
    CoreVectors handlers;
};

constexpr CoreVectors vectors(Handler tick, Handler others)
{
    CoreVectors vectors{};
    vectors.fill(others);
    vectors[resetEntry] = resetHandler;
    vectors[systemTickEntry] = tick;
    return vectors;
}

[[gnu::section(".flash_vectors"), gnu::used]] constexpr VectorTable flashVectors{
    stackTop, vectors(earlyFaultHandler, earlyFaultHandler)};

[[gnu::section(".ram_vectors"), gnu::used]] constexpr VectorTable ramVectors{
    stackTop, vectors(systemTickHandler, faultHandler)};

} // namespace

} // namespace stm32h755
