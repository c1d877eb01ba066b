// Clocks, supply, watchdog, pins and backup registers: what is allowed and what is refused.
#include "emulator/register_table.h"
#include "emulator/small_peripherals.h"

#include <catch2/catch.hpp>

using namespace emulator;
using contract::ResetCause;

namespace {

template <typename Model>
std::uint32_t read(Model& model, std::uint32_t address)
{
    return model.read(address - Model::base, 4);
}

template <typename Model>
void write(Model& model, std::uint32_t address, std::uint32_t value, unsigned bytes = 4)
{
    model.write(address - Model::base, value, bytes);
}

struct PowerBench {
    virtual_h755::SimulatedClock clock;
    PowerControl power{clock, [] {}};

    PowerBench()
    {
        clock.sleepUs(1000);
        power.powerOn();
    }
    bool isReady()
    {
        clock.sleepUs(1000);
        return (read(power, "PWR_CSR1"_reg) & "PWR_CSR1_ACTVOSRDY"_reg) != 0;
    }
};

struct ClockBench {
    virtual_h755::SimulatedClock clock;
    unsigned scale = 1;
    std::uint32_t releases = 0;
    ClockControl clocks{clock,
                        {[this] { return scale; }, [this] { clocks.checkLimits(scale); },
                         [](std::uint32_t, std::uint32_t) {}, [this] { ++releases; }}};

    void preparePll()
    {
        write(clocks, "RCC_PLLCKSELR"_reg, 16U << 4);
        write(clocks, "RCC_PLLCFGR"_reg, "RCC_PLLCFGR_DIVP1EN"_reg | 2U << 2);
        write(clocks, "RCC_PLL1DIVR"_reg, 199U | 1U << 9);
    }
};

} // namespace

TEST_CASE("The supply is written once per power-on", "[power]")
{
    PowerBench bench;
    CHECK_FALSE(bench.isReady());
    SECTION("right")
    {
        write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
        CHECK(bench.isReady());
        write(bench.power, "PWR_CR3"_reg, 0x02, 1); // ignored: locked
        CHECK((read(bench.power, "PWR_CR3"_reg) & 0xFF) == PowerControl::directSmps);
        bench.power.reset();
        CHECK(bench.isReady());
    }
    SECTION("no such combination: never ready until the next power-on")
    {
        write(bench.power, "PWR_CR3"_reg, 0x07, 1);
        CHECK_FALSE(bench.isReady());
        write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
        CHECK_FALSE(bench.isReady());
        bench.power.powerOn();
        write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
        CHECK(bench.isReady());
    }
    SECTION("a word that only wants USB33DEN is that one write")
    {
        write(bench.power, "PWR_CR3"_reg,
              read(bench.power, "PWR_CR3"_reg) | "PWR_CR3_USB33DEN"_reg);
        write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
        CHECK_FALSE(bench.isReady());
    }
    SECTION("a byte that sets USB33DEN is not")
    {
        bench.power.write("PWR_CR3_BYTE3"_reg - PowerControl::base, 1, 1);
        CHECK(bench.power.isUsbSupplied());
        write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
        CHECK(bench.isReady());
    }
    SECTION("another supply than the board's takes its voltage away")
    {
        CHECK_THROWS_AS(write(bench.power, "PWR_CR3"_reg, 0x02, 1), IllegalAccess);
    }
}

TEST_CASE("The voltage scale waits for the supply and takes time", "[power]")
{
    PowerBench bench;
    CHECK_THROWS_AS(write(bench.power, "PWR_D3CR"_reg, 0xC000), IllegalAccess);
    bench.power.reset();
    write(bench.power, "PWR_CR3"_reg, PowerControl::directSmps, 1);
    REQUIRE(bench.isReady());
    write(bench.power, "PWR_D3CR"_reg, 0xC000);
    CHECK(bench.power.voltageScale() == 3);
    CHECK((read(bench.power, "PWR_D3CR"_reg) & "PWR_D3CR_VOSRDY"_reg) == 0);
    bench.clock.sleepUs(1000);
    CHECK(bench.power.voltageScale() == 1);
    CHECK((read(bench.power, "PWR_D3CR"_reg) & "PWR_D3CR_VOSRDY"_reg) != 0);
}

TEST_CASE("PLL1 makes 400 MHz of HSI, at a voltage that bears it", "[clocks]")
{
    ClockBench bench;
    bench.clocks.resetBy(ResetCause::PowerOn);
    CHECK(bench.clocks.coreMegahertz() == 64);
    bench.preparePll();
    write(bench.clocks, "RCC_CR"_reg, 0x25 | "RCC_CR_PLL1ON"_reg);
    CHECK_THROWS_AS(write(bench.clocks, "RCC_CFGR"_reg, 3), IllegalAccess); // not ready yet
    bench.clocks.resetBy(ResetCause::PowerOn);
    bench.preparePll();
    write(bench.clocks, "RCC_CR"_reg, 0x25 | "RCC_CR_PLL1ON"_reg);
    bench.clock.sleepUs(1000);
    CHECK((read(bench.clocks, "RCC_CR"_reg) & "RCC_CR_PLL1RDY"_reg) != 0);
    CHECK_THROWS_AS(write(bench.clocks, "RCC_PLL1DIVR"_reg, 0), IllegalAccess);
    SECTION("with divided buses")
    {
        write(bench.clocks, "RCC_D1CFGR"_reg, 0x48);
        write(bench.clocks, "RCC_D2CFGR"_reg, 0x440);
        write(bench.clocks, "RCC_D3CFGR"_reg, 0x40);
        write(bench.clocks, "RCC_CFGR"_reg, 3);
        CHECK(bench.clocks.coreMegahertz() == 400);
        CHECK(bench.clocks.busMegahertz() == 200);
    }
    SECTION("without: too fast")
    {
        CHECK_THROWS_AS(write(bench.clocks, "RCC_CFGR"_reg, 3), IllegalAccess);
    }
    SECTION("in scale 3: too fast")
    {
        write(bench.clocks, "RCC_D1CFGR"_reg, 0x48);
        bench.scale = 3;
        CHECK_THROWS_AS(write(bench.clocks, "RCC_CFGR"_reg, 3), IllegalAccess);
    }
}

TEST_CASE("Reset causes add up until they are cleared", "[clocks]")
{
    ClockBench bench;
    bench.clocks.resetBy(ResetCause::PowerOn);
    CHECK((read(bench.clocks, "RCC_RSR"_reg) & "RCC_RSR_PORRSTF"_reg) != 0);
    bench.clocks.resetBy(ResetCause::Watchdog);
    constexpr std::uint32_t both = "RCC_RSR_PORRSTF"_reg | "RCC_RSR_IWDG1RSTF"_reg;
    CHECK((read(bench.clocks, "RCC_RSR"_reg) & both) == both);
    write(bench.clocks, "RCC_RSR"_reg, "RCC_RSR_RMVF"_reg);
    CHECK(read(bench.clocks, "RCC_RSR"_reg) == 0);
}

TEST_CASE("Each core has clock enables of its own", "[clocks]")
{
    ClockBench bench;
    M4ClockControl m4(bench.clocks);
    bench.clocks.resetBy(ResetCause::PowerOn);
    write(bench.clocks, "RCC_AHB4ENR"_reg, 1);
    CHECK(m4.read("RCC_AHB4ENR"_reg - ClockControl::base, 4) == 0);
    m4.write("RCC_AHB4ENR"_reg - ClockControl::base, 4, 4);
    CHECK(read(bench.clocks, "RCC_AHB4ENR"_reg) == 1);
    CHECK(read(bench.clocks, "RCC_C2_AHB4ENR"_reg) == 4);
    CHECK_THROWS_AS(write(bench.clocks, "RCC_AHB4ENR"_reg, 1U << 31), IllegalAccess);
    write(bench.clocks, "RCC_GCR"_reg, "RCC_GCR_BOOT_C2"_reg);
    write(bench.clocks, "RCC_GCR"_reg, "RCC_GCR_BOOT_C2"_reg);
    CHECK(bench.releases == 1);
}

TEST_CASE("The watchdog expires unless it is fed, and takes settings with its key only",
          "[watchdog]")
{
    virtual_h755::SimulatedClock clock;
    Watchdog watchdog(clock);
    CHECK_THROWS_AS(write(watchdog, "IWDG1_PR"_reg, 4), IllegalAccess);
    CHECK_THROWS_AS(write(watchdog, "IWDG1_KR"_reg, 0x1234), IllegalAccess);
    CHECK_FALSE(watchdog.expiryUs());
    write(watchdog, "IWDG1_KR"_reg, 0xCCCC);
    write(watchdog, "IWDG1_KR"_reg, 0x5555);
    write(watchdog, "IWDG1_PR"_reg, 4);
    write(watchdog, "IWDG1_RLR"_reg, 3999);
    CHECK((read(watchdog, "IWDG1_SR"_reg) & "IWDG_SR_PVU"_reg) != 0);
    clock.sleepUs(1'000'000);
    CHECK(read(watchdog, "IWDG1_SR"_reg) == 0);
    CHECK(watchdog.expiryUs() == 8'000'000);
    write(watchdog, "IWDG1_KR"_reg, 0xAAAA);
    CHECK(watchdog.expiryUs() == 9'000'000);
}

TEST_CASE("Backup registers are written with DBP, and peripherals need their clock", "[backup]")
{
    PowerBench bench;
    virtual_h755::BackupRegisters registers{};
    BackupDomain backup(registers, bench.power);
    CHECK_THROWS_AS(write(backup, "RTC_BKP0R"_reg, 1), IllegalAccess);
    write(bench.power, "PWR_CR1"_reg, read(bench.power, "PWR_CR1"_reg) | "PWR_CR1_DBP"_reg);
    write(backup, "RTC_BKP0R"_reg + 4 * 31, 7);
    CHECK(registers[31] == 7);
    CHECK_THROWS_AS(read(backup, "RTC_BKP0R"_reg + 4 * 32), IllegalAccess);
    bool isClocked = false;
    ClockedPeripheral clocked(backup, "RTC", [&] { return isClocked; });
    CHECK_THROWS_AS(clocked.read(0x50, 4), IllegalAccess);
    isClocked = true;
    CHECK(clocked.read(0x50, 4) == 0);
}

TEST_CASE("A pin shows the board's level once it is an input", "[pins]")
{
    constexpr unsigned portC = 2;
    Port port(portC, [] { return 1U << 13; });
    CHECK(port.read(0x10, 4) == 0); // analog after reset
    port.write(0, 0xF3FF'FFFF, 4);
    CHECK(port.read(0x10, 4) == 1U << 13);
    CHECK(port.isMode(13, 0));
    CHECK_THROWS_AS(port.write(0x30, 0, 4), IllegalAccess);
}
