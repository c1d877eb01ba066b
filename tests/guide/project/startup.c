/* What a CubeMX project brings along, as far as the guide's project needs it: start-up code for
 * newlib, which finds its memory through the linker script's symbols. */
#include <stdint.h>

extern uint32_t _sidata, _sdata, _edata, _sbss, _ebss, _estack;

int main(void);
void Reset_Handler(void);
void Default_Handler(void);
void SysTick_Handler(void);
void __libc_init_array(void);

void Reset_Handler(void)
{
    const uint32_t* from = &_sidata;
    for (uint32_t* to = &_sdata; to != &_edata;)
        *to++ = *from++;
    for (uint32_t* to = &_sbss; to != &_ebss;)
        *to++ = 0;
    __libc_init_array();
    (void)main();
    Default_Handler();
}

void Default_Handler(void)
{
    for (;;) {
    }
}

__attribute__((weak)) void SysTick_Handler(void)
{
    Default_Handler();
}

__attribute__((section(".isr_vector"), used)) void (*const g_pfnVectors[166])(void) = {
    (void (*)(void))(uintptr_t)&_estack,
    Reset_Handler,
    Default_Handler,
    [15] = SysTick_Handler,
};
