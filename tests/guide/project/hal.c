/* As much of ST's HAL as the guide's project calls: the tick, at the clock after reset. */
#include <stdint.h>

#define SYST_CSR (*(volatile uint32_t*)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t*)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t*)0xE000E018u)

int HAL_Init(void);
uint32_t HAL_GetTick(void);
void SysTick_Handler(void);

static volatile uint32_t ticks;

void SysTick_Handler(void)
{
    ++ticks;
}

int HAL_Init(void)
{
    SYST_RVR = 64000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; /* core clock, interrupt, on */
    return 0;
}

uint32_t HAL_GetTick(void)
{
    return ticks;
}
