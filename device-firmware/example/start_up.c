/* Vector table and start-up for both cores. The bootloader has set up the supply; clocks stay as
 * found. */
#include <stddef.h>
#include <stdint.h>

extern uint32_t stack_top;
extern uint32_t data_start, data_end, data_load;
extern uint32_t bss_start, bss_end;
/* Only the M7's linker script has code in RAM. */
extern uint32_t ram_code_start __attribute__((weak));
extern uint32_t ram_code_end __attribute__((weak));
extern uint32_t ram_code_load __attribute__((weak));

int main(void);
void reset_handler(void);
void unexpected_handler(void);
void sys_tick_handler(void);

const char firmware_version[] __attribute__((used, section(".version"))) = EXAMPLE_VERSION;

/* There is no C library here, but the compiler may call these. */
void* memcpy(void* restrict to, const void* restrict from, size_t bytes)
{
    uint8_t* out = to;
    const uint8_t* in = from;
    for (size_t i = 0; i < bytes; ++i)
        out[i] = in[i];
    return to;
}

void* memmove(void* to, const void* from, size_t bytes)
{
    uint8_t* out = to;
    const uint8_t* in = from;
    if (out > in) {
        while (bytes-- > 0)
            out[bytes] = in[bytes];
        return to;
    }
    for (size_t i = 0; i < bytes; ++i)
        out[i] = in[i];
    return to;
}

void* memset(void* to, int value, size_t bytes)
{
    uint8_t* out = to;
    for (size_t i = 0; i < bytes; ++i)
        out[i] = (uint8_t)value;
    return to;
}

static void copy_words(uint32_t* to, const uint32_t* end, const uint32_t* from)
{
    while (to != end)
        *to++ = *from++;
}

void reset_handler(void)
{
    copy_words(&data_start, &data_end, &data_load);
    copy_words(&ram_code_start, &ram_code_end, &ram_code_load);
    for (uint32_t* word = &bss_start; word != &bss_end; ++word)
        *word = 0;
    (void)main();
    unexpected_handler();
}

/* Waits for the watchdog, which ends a trial and restarts a confirmed release. */
void unexpected_handler(void)
{
    for (;;) {
    }
}

__attribute__((weak)) void sys_tick_handler(void)
{
    unexpected_handler();
}

typedef void (*vector)(void);

enum { core_vectors = 16, interrupt_vectors = 150 };

static const struct {
    uint32_t* stack_top;
    vector core[core_vectors - 1];
    vector interrupts[interrupt_vectors];
} vector_table __attribute__((used, section(".vectors"))) = {
    .stack_top = &stack_top,
    .core = {[0] = reset_handler,
             [1] = unexpected_handler, /* NMI */
             [2] = unexpected_handler, /* HardFault */
             [3] = unexpected_handler, /* MemManage */
             [4] = unexpected_handler, /* BusFault */
             [5] = unexpected_handler, /* UsageFault */
             [10] = unexpected_handler,
             [13] = unexpected_handler,
             [14] = sys_tick_handler},
};
