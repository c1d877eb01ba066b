#include "system.h"

#define SYST_CSR (*(volatile uint32_t*)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t*)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t*)0xE000E018u)
#define UNIQUE_ID ((const volatile uint32_t*)0x1FF1E800u)

enum { core_clock_hz = 64000000 };

static volatile uint32_t ticks;

void sys_tick_handler(void);
void sys_tick_handler(void)
{
    ++ticks;
}

void start_tick(void)
{
    SYST_RVR = core_clock_hz / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; /* core clock, interrupt, on */
    __asm volatile("cpsie i" ::: "memory");
}

uint32_t elapsed_ms(void)
{
    return ticks;
}

uint8_t unique_id_byte(unsigned number)
{
    return (uint8_t)(UNIQUE_ID[number / 4] >> (8 * (number % 4)));
}
