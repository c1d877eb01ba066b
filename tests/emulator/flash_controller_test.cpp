// Each rule of the FLASH registers (RM0399 chapter 4), kept and broken.
#include "emulator/flash_controller.h"

#include "emulator/register_table.h"

#include <catch2/catch.hpp>

using namespace emulator;
using virtual_h755::Cell;
using virtual_h755::RuleViolation;

namespace {

constexpr std::uint32_t place = 0x0804'0000; // sector 2 of bank 1
constexpr std::uint32_t psize = "FLASH_CR_PSIZE_X64"_reg;
constexpr std::uint32_t operationUs = 10;

struct Bench {
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel model{contract::h755FlashMap, clock, {operationUs, operationUs, true}};
    bool isGuarded = true;
    FlashController flash{model, [this](std::uint8_t) { return isGuarded; }};

    Bench() { flash.reset(); }
    std::uint32_t read(std::uint32_t address) { return flash.read(address - flash.base, 4); }
    void write(std::uint32_t address, std::uint32_t value)
    {
        flash.write(address - flash.base, value, 4);
    }
    void unlock()
    {
        write("FLASH_KEYR1"_reg, "FLASH_KEY1"_reg);
        write("FLASH_KEYR1"_reg, "FLASH_KEY2"_reg);
    }
    void erase(std::uint32_t sector)
    {
        write("FLASH_CR1"_reg, psize | "FLASH_CR_SER"_reg | sector << 8 | "FLASH_CR_START"_reg);
    }
    void program(std::uint32_t address, std::uint32_t value = 0x1234'5678)
    {
        for (std::uint32_t offset = 0; offset < 32; offset += 4)
            flash.stores(address + offset, value, 4);
    }
    std::uint32_t status() { return read("FLASH_SR1"_reg); }
    /// Sector 2 is erased and PG set.
    void prepare()
    {
        unlock();
        erase(2);
        clock.sleepUs(operationUs);
        REQUIRE((status() & "FLASH_SR_QW"_reg) == 0);
        write("FLASH_CCR1"_reg, "FLASH_CCR_CLR_ALL"_reg);
        write("FLASH_CR1"_reg, psize | "FLASH_CR_PG"_reg);
    }
};

} // namespace

TEST_CASE("The keys open a bank's control register, and only they", "[flash]")
{
    Bench bench;
    CHECK((bench.read("FLASH_CR1"_reg) & "FLASH_CR_LOCK"_reg) != 0);
    SECTION("right")
    {
        bench.unlock();
        CHECK((bench.read("FLASH_CR1"_reg) & "FLASH_CR_LOCK"_reg) == 0);
        CHECK((bench.read("FLASH_CR2"_reg) & "FLASH_CR_LOCK"_reg) != 0);
    }
    SECTION("a wrong key locks it until the next reset")
    {
        CHECK_THROWS_AS(bench.write("FLASH_KEYR1"_reg, 1), IllegalAccess);
        CHECK_THROWS_AS(bench.unlock(), IllegalAccess);
        bench.flash.reset();
        CHECK_NOTHROW(bench.unlock());
    }
    SECTION("keys to an open register lock it")
    {
        bench.unlock();
        CHECK_THROWS_AS(bench.unlock(), IllegalAccess);
        CHECK((bench.read("FLASH_CR1"_reg) & "FLASH_CR_LOCK"_reg) != 0);
    }
    SECTION("another register between the keys")
    {
        bench.write("FLASH_KEYR1"_reg, "FLASH_KEY1"_reg);
        CHECK_THROWS_AS(bench.write("FLASH_CCR1"_reg, 0), IllegalAccess);
    }
    SECTION("locked, it takes nothing")
    {
        CHECK_THROWS_AS(bench.write("FLASH_CR1"_reg, psize | "FLASH_CR_PG"_reg), IllegalAccess);
    }
}

TEST_CASE("A word is programmed once all of its 32 bytes have come", "[flash]")
{
    Bench bench;
    bench.prepare();
    for (std::uint32_t offset = 0; offset < 28; offset += 4)
        bench.flash.stores(place + offset, offset, 4);
    CHECK(bench.status() == "FLASH_SR_WBNE"_reg);
    bench.flash.stores(place + 28, 28, 4);
    CHECK((bench.status() & "FLASH_SR_QW"_reg) != 0);
    bench.clock.sleepUs(operationUs);
    CHECK(bench.status() == "FLASH_SR_EOP"_reg);
    CHECK(bench.flash.window()[place + 28 - 0x0800'0000] == 28);
}

TEST_CASE("Errors of a program sequence show as their flags", "[flash]")
{
    Bench bench;
    SECTION("PGSERR: a store without PG, and then nothing goes until it is cleared")
    {
        bench.flash.stores(place, 1, 4);
        CHECK(bench.status() == "FLASH_SR_PGSERR"_reg);
        const std::uint64_t before = bench.model.operations();
        bench.unlock();
        bench.write("FLASH_CR1"_reg, psize | "FLASH_CR_PG"_reg);
        bench.program(place);
        CHECK(bench.model.operations() == before);
    }
    SECTION("INCERR: another word before the first is full")
    {
        bench.prepare();
        bench.flash.stores(place, 1, 4);
        bench.flash.stores(place + 32, 1, 4);
        CHECK((bench.status() & "FLASH_SR_INCERR"_reg) != 0);
    }
    SECTION("STRBERR: the same byte twice")
    {
        bench.prepare();
        bench.flash.stores(place, 1, 4);
        bench.flash.stores(place, 1, 1);
        CHECK((bench.status() & "FLASH_SR_STRBERR"_reg) != 0);
    }
    SECTION("WRPERR: a protected sector")
    {
        bench.unlock();
        bench.erase(0);
        CHECK((bench.status() & "FLASH_SR_WRPERR"_reg) != 0);
        bench.write("FLASH_CCR1"_reg, "FLASH_SR_WRPERR"_reg);
        CHECK((bench.status() & "FLASH_SR_WRPERR"_reg) == 0);
    }
    SECTION("OPERR: a worn sector")
    {
        bench.model.failIn({0x0804'0000, 0x20000}, 1);
        bench.unlock();
        bench.erase(2);
        bench.clock.sleepUs(operationUs);
        CHECK((bench.status() & "FLASH_SR_OPERR"_reg) != 0);
    }
}

TEST_CASE("What the product never does with the flash is refused", "[flash]")
{
    Bench bench;
    bench.unlock();
    CHECK_THROWS_AS(bench.write("FLASH_CR1"_reg, psize | "FLASH_CR_BER"_reg), IllegalAccess);
    CHECK_THROWS_AS(bench.write("FLASH_CR1"_reg, psize | "FLASH_CR_START"_reg), IllegalAccess);
    CHECK_THROWS_AS(bench.write("FLASH_OPTKEYR"_reg, 0x0819'2A3B), IllegalAccess);
    CHECK_THROWS_AS(bench.write("FLASH_OPTCR"_reg, 2), IllegalAccess);
    CHECK_THROWS_AS(bench.write("FLASH_OPTSR_PRG"_reg, 0), IllegalAccess);
    CHECK_THROWS_AS(bench.write("FLASH_SR1"_reg, 1U << 31), IllegalAccess);
    CHECK_THROWS_AS(bench.read("FLASH_KEYR1"_reg), IllegalAccess);
    CHECK_THROWS_AS(bench.flash.read(0x3F0, 4), IllegalAccess);
    CHECK_THROWS_AS(bench.flash.read("FLASH_SR1"_reg - bench.flash.base, 1), IllegalAccess);
}

TEST_CASE("A busy bank is neither read nor executed", "[flash]")
{
    Bench bench;
    bench.unlock();
    bench.erase(2);
    CHECK_THROWS_AS(bench.flash.loads(place, 4), RuleViolation);
    CHECK_THROWS_AS(bench.flash.fetches(0x0800'0000, 2), RuleViolation);
    CHECK(bench.flash.loads(0x0810'0000, 4)); // the other bank
    CHECK(bench.flash.unguardedBusyPolls() == 0);
    bench.isGuarded = false;
    (void)bench.status();
    CHECK(bench.flash.unguardedBusyPolls() == 1);
    bench.clock.sleepUs(operationUs);
    CHECK(bench.flash.loads(place, 4));
}

TEST_CASE("An unreadable word is a bus error with its address latched", "[flash]")
{
    Bench bench;
    const std::uint32_t word = 0x0810'0040; // word 2 of bank 2
    bench.model.damage(word, Cell::Bad);
    bench.model.damage(word + 64, Cell::Bad);
    CHECK_FALSE(bench.flash.loads(word + 4, 4));
    CHECK_FALSE(bench.flash.loads(word + 64, 4));
    CHECK_FALSE(bench.flash.fetches(word, 2));
    CHECK(bench.read("FLASH_SR2"_reg) == "FLASH_SR_DBECCERR"_reg);
    CHECK(bench.read("FLASH_ECC_FA2"_reg) == 2);
    bench.write("FLASH_CCR2"_reg, "FLASH_SR_DBECCERR"_reg);
    CHECK(bench.read("FLASH_SR2"_reg) == 0);
    bench.model.damage(word + 128, Cell::OneBit);
    CHECK(bench.flash.loads(word + 128, 4));
    CHECK(bench.read("FLASH_SR2"_reg) == "FLASH_SR_SNECCERR"_reg);
    CHECK(bench.read("FLASH_ECC_FA2"_reg) == 6);
}

TEST_CASE("Too few wait states for a clock are refused", "[flash]")
{
    Bench bench;
    CHECK_NOTHROW(bench.flash.checkWaitStates(200, 1)); // 7 after reset
    bench.write("FLASH_ACR"_reg, 0x22);
    CHECK_NOTHROW(bench.flash.checkWaitStates(200, 1));
    CHECK_THROWS_AS(bench.flash.checkWaitStates(200, 3), IllegalAccess);
    bench.write("FLASH_ACR"_reg, 0x12);
    CHECK_THROWS_AS(bench.flash.checkWaitStates(200, 1), IllegalAccess);
    bench.write("FLASH_ACR"_reg, 0);
    CHECK_THROWS_AS(bench.flash.checkWaitStates(64, 3), IllegalAccess);
}
