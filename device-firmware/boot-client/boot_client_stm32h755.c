/* Sources: RM0399 chapters 4 (FLASH), 7 (PWR), 9 (RCC) and 49 (IWDG), ARMv7-M B3. */
#include "boot-client/boot_client_stm32h755.h"

#define REGISTER(address) (*(volatile uint32_t*)(uintptr_t)(address))
#define RAM_FUNCTION __attribute__((section(".RamFunc"), noinline, long_call))
#define IN_CALLER __attribute__((always_inline)) /* and so in the caller's section */

/* Bank 2's registers lie 0x100 behind bank 1's (RM0399 4.9). */
#define FLASH_KEYR(bank) REGISTER(0x52002004u + 0x100u * (bank))
#define FLASH_CR(bank) REGISTER(0x5200200Cu + 0x100u * (bank))
#define FLASH_SR(bank) REGISTER(0x52002010u + 0x100u * (bank))
#define FLASH_CCR(bank) REGISTER(0x52002014u + 0x100u * (bank))
#define FLASH_ECC_FA(bank) REGISTER(0x52002060u + 0x100u * (bank))
#define RCC_APB4ENR REGISTER(0x580244F4u)
#define PWR_CR1 REGISTER(0x58024800u)
#define RTC_BACKUP(number) REGISTER(0x58004050u + 4u * (number))
#define IWDG1_KR REGISTER(0x58004800u)
#define SCB_AIRCR REGISTER(0xE000ED0Cu)
#define SCB_CCR REGISTER(0xE000ED14u)
#define SCB_CFSR REGISTER(0xE000ED28u)
#define SCB_DCIMVAC REGISTER(0xE000EF5Cu)

static const uint32_t bank_bytes = 0x00100000u;

static const uint32_t cr_lock = 1u << 0;
static const uint32_t cr_pg = 1u << 1;
static const uint32_t cr_program_mask = 0x0000073Cu; /* SER, BER, PSIZE, SNB */
static const uint32_t cr_psize_x64 = 3u << 4;
static const uint32_t sr_qw = 1u << 2;
static const uint32_t sr_program_errors = 0x006E0000u; /* WRPERR PGSERR STRBERR INCERR OPERR */
static const uint32_t sr_ecc_flags = 3u << 25;         /* SNECCERR DBECCERR */
static const uint32_t sr_double_ecc = 1u << 26;
static const uint32_t all_flags = 0x1FEF0000u;
/* A word takes at most 0.58 ms (x8); each turn at least ten cycles, so over 2 ms at 480 MHz. */
static const uint32_t poll_limit = 100000u;

static const uint32_t ccr_bfhfnmign = 1u << 8;
static const uint32_t ccr_dcache_on = 1u << 16;
static const uint32_t cfsr_bus_fault = 0x0000FF00u;

static inline IN_CALLER void barrier(void)
{
    __asm volatile("dsb\n\tisb" ::: "memory");
}

static unsigned bank_of(uint32_t address)
{
    return (address - H755_FLASH_BASE) / bank_bytes;
}

static void invalidate_cache_line(uint32_t address)
{
    barrier();
    if ((SCB_CCR & ccr_dcache_on) != 0) SCB_DCIMVAC = address & ~31u;
    barrier();
}

static uint32_t stm32_read_backup(void* context, unsigned number)
{
    (void)context;
    RCC_APB4ENR |= 1u << 16; /* RTCAPBEN */
    (void)RCC_APB4ENR;       /* the clock runs two cycles later */
    return RTC_BACKUP(number);
}

static void stm32_write_backup(void* context, unsigned number, uint32_t value)
{
    (void)context;
    RCC_APB4ENR |= 1u << 16;
    PWR_CR1 |= 1u << 8; /* DBP: backup domain writable */
    for (uint32_t i = 0; i < poll_limit && (PWR_CR1 & 1u << 8) == 0; ++i) {
    }
    RTC_BACKUP(number) = value;
    barrier();
}

/* One flash word, read with bus faults masked: an ECC error shows in SR instead (RM0399 4.7.7;
 * BFHFNMIGN acts only at priority -1, hence FAULTMASK). */
static void read_masked(uint32_t address, uint32_t out[8])
{
    uint32_t fault_mask;
    __asm volatile("mrs %0, faultmask\n\tcpsid f" : "=r"(fault_mask)::"memory");
    SCB_CCR |= ccr_bfhfnmign;
    barrier();
    for (unsigned i = 0; i < 8; ++i)
        out[i] = REGISTER(address + 4 * i);
    barrier();
    SCB_CCR &= ~ccr_bfhfnmign;
    SCB_CFSR = cfsr_bus_fault;
    __asm volatile("msr faultmask, %0\n\tisb" ::"r"(fault_mask) : "memory");
}

/* ECC_FA latches the first failing word only, and speculative reads set the flags as well, so a
 * report about another word says nothing about this one: read again. */
static bool read_word(uint32_t address, uint32_t out[8])
{
    const unsigned bank = bank_of(address);
    const uint32_t word_index = (address - H755_FLASH_BASE) % bank_bytes / H755_FLASH_WORD_BYTES;
    for (int attempt = 0; attempt < 4; ++attempt) {
        FLASH_CCR(bank) = sr_ecc_flags;
        invalidate_cache_line(address);
        read_masked(address, out);
        const bool failed = (FLASH_SR(bank) & sr_double_ecc) != 0;
        const uint32_t failed_index = FLASH_ECC_FA(bank) & 0x7FFFu;
        FLASH_CCR(bank) = sr_ecc_flags;
        if (!failed) return true;
        if (failed_index == word_index) return false;
    }
    return false;
}

static bool stm32_read_flash(void* context, uint32_t address, void* out, size_t bytes)
{
    (void)context;
    uint8_t* to = out;
    uint32_t word[8];
    for (size_t i = 0; i < bytes; ++i) {
        const uint32_t place = address + (uint32_t)i;
        const uint32_t offset = place % H755_FLASH_WORD_BYTES;
        if ((i == 0 || offset == 0) && !read_word(place - offset, word)) return false;
        to[i] = (uint8_t)(word[offset / 4] >> (8 * (offset % 4)));
    }
    return true;
}

static inline IN_CALLER bool is_idle(unsigned bank)
{
    for (uint32_t i = 0; i < poll_limit; ++i) {
        if ((FLASH_SR(bank) & sr_qw) == 0) return true;
    }
    return false;
}

/* RM0399 4.3.9 */
static inline IN_CALLER bool program_idle_bank(unsigned bank, volatile uint32_t* target,
                                               const uint32_t word[8])
{
    FLASH_CCR(bank) = all_flags;
    if ((FLASH_CR(bank) & cr_lock) != 0) { /* keys to an unlocked register would lock it for good */
        FLASH_KEYR(bank) = 0x45670123u;
        FLASH_KEYR(bank) = 0xCDEF89ABu;
    }
    FLASH_CR(bank) = (FLASH_CR(bank) & ~cr_program_mask) | cr_psize_x64 | cr_pg;
    const bool is_ready = (FLASH_CR(bank) & cr_pg) != 0;
    barrier();
    for (unsigned i = 0; is_ready && i < 8; ++i)
        target[i] = word[i];
    barrier();
    const bool has_ended = is_idle(bank);
    const uint32_t errors = FLASH_SR(bank) & sr_program_errors;
    FLASH_CR(bank) &= ~cr_pg;
    FLASH_CR(bank) |= cr_lock;
    FLASH_CCR(bank) = all_flags;
    return is_ready && has_ended && errors == 0;
}

/* From RAM and with interrupts off: a fetch from the busy bank would stall the core. */
static RAM_FUNCTION bool program_word(unsigned bank, volatile uint32_t* target,
                                      const uint32_t word[8])
{
    uint32_t primask;
    __asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(primask)::"memory");
    const bool done = is_idle(bank) && program_idle_bank(bank, target, word);
    __asm volatile("msr primask, %0\n\tisb" ::"r"(primask) : "memory");
    return done;
}

static bool stm32_program_flash_word(void* context, uint32_t address,
                                     const uint8_t word[H755_FLASH_WORD_BYTES])
{
    (void)context;
    uint32_t words[8];
    for (unsigned i = 0; i < 8; ++i) {
        words[i] = (uint32_t)word[4 * i] | (uint32_t)word[4 * i + 1] << 8 |
                   (uint32_t)word[4 * i + 2] << 16 | (uint32_t)word[4 * i + 3] << 24;
    }
    const bool done = program_word(bank_of(address), (volatile uint32_t*)(uintptr_t)address, words);
    invalidate_cache_line(address);
    return done;
}

static void stm32_feed_watchdog(void* context)
{
    (void)context;
    IWDG1_KR = 0xAAAAu; /* without effect while the watchdog is not running */
}

static void stm32_reset(void* context)
{
    (void)context;
    barrier();
    SCB_AIRCR = (SCB_AIRCR & 0x0700u) | 0x05FA0004u; /* VECTKEY, SYSRESETREQ */
    barrier();
    for (;;) {
    }
}

void h755_stm32_port(struct h755_port* port, uint32_t (*now_ms)(void* context))
{
    const struct h755_port registers = {
        .read_backup = stm32_read_backup,
        .write_backup = stm32_write_backup,
        .read_flash = stm32_read_flash,
        .program_flash_word = stm32_program_flash_word,
        .feed_watchdog = stm32_feed_watchdog,
        .now_ms = now_ms,
        .reset = stm32_reset,
        .flash_base = H755_FLASH_BASE,
        .slot_offsets = H755_SLOT_OFFSETS,
    };
    *port = registers;
}
