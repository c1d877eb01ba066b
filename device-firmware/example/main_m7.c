/* The M7's part: checks itself and the M4, then confirms, and keeps the watchdog fed. It has no USB
 * stack; boot_client.h says what a stack has to add for the updater to find the running device. */
#include "boot-client/boot_client_stm32h755.h"
#include "heartbeat.h"
#include "wave.h"

#define SYST_CSR (*(volatile uint32_t*)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t*)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t*)0xE000E018u)

enum { core_clock_hz = 64000000, confirm_deadline_ms = 10000 }; /* HSI, the clock after reset */

static volatile uint32_t elapsed_ms;

void sys_tick_handler(void);
void sys_tick_handler(void)
{
    ++elapsed_ms;
}

static uint32_t now_ms(void* context)
{
    (void)context;
    return elapsed_ms;
}

static void start_tick(void)
{
    SYST_RVR = core_clock_hz / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; /* core clock, interrupt, on */
    __asm volatile("cpsie i" ::: "memory");
}

int main(void)
{
    struct h755_port port;
    struct h755_client client;
    start_tick();
    h755_stm32_port(&port, now_ms);
    h755_client_init(&client, &port, EXAMPLE_PRODUCT_ID, confirm_deadline_ms);

    const uint32_t first_beat = HEARTBEAT;
    const bool is_intact = wave_is_intact();
    bool is_settled = false;
    for (;;) {
        h755_client_poll(&client);
        if (!is_settled && is_intact && HEARTBEAT != first_beat) {
            is_settled = h755_client_confirm(&client);
            if (is_settled) h755_client_healthy(&client);
        }
    }
}
