#include "stm32h755/memory_guard.h"

#include "stm32h755/core.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"

#include "contract/flash_map.h"

namespace stm32h755 {

namespace {

/// Where regions overlap, the higher number wins.
enum Region : std::uint32_t { external = 0, nullPointers = 1, firstBank = 2, regions = 16 };

/// A region of 2^power bytes.
constexpr std::uint32_t bytes(std::uint32_t power)
{
    return inField(MPU_RASR_SIZE, power - 1);
}

/// Of 4 GB, all subregions are spared but 0x6000'0000 to 0xDFFF'FFFF.
constexpr std::uint32_t externalMemory = bytes(32) | inField(MPU_RASR_SRD, 0x87);

/// Regions without access permissions: AP = 0 and no execution.
void deny(std::uint32_t region, std::uint32_t address, std::uint32_t size)
{
    barrier();
    write32(MPU_RNR, region);
    write32(MPU_RBAR, address);
    write32(MPU_RASR, MPU_RASR_XN | size | MPU_RASR_ENABLE);
    barrier();
}

void allow(std::uint32_t region)
{
    barrier();
    write32(MPU_RNR, region);
    write32(MPU_RASR, 0);
    barrier();
}

} // namespace

void startMemoryGuard()
{
    stopMemoryGuard();
    deny(external, 0, externalMemory);
    deny(nullPointers, 0, bytes(7));
    write32(MPU_CTRL, MPU_CTRL_PRIVDEFENA | MPU_CTRL_ENABLE);
    setBits(SCB_SHCSR, SCB_SHCSR_MEMFAULTENA | SCB_SHCSR_BUSFAULTENA | SCB_SHCSR_USGFAULTENA);
    barrier();
}

void stopMemoryGuard()
{
    barrier();
    write32(MPU_CTRL, 0);
    for (std::uint32_t region = 0; region < regions; ++region)
        allow(region);
    clearBits(SCB_SHCSR, SCB_SHCSR_MEMFAULTENA | SCB_SHCSR_BUSFAULTENA | SCB_SHCSR_USGFAULTENA);
    barrier();
}

void denyBank(unsigned bank)
{
    const contract::FlashMap& map = contract::h755FlashMap;
    deny(firstBank + bank, map.baseAddress + bank * map.bankBytes(), bytes(20));
}

void allowBank(unsigned bank)
{
    allow(firstBank + bank);
}

} // namespace stm32h755
