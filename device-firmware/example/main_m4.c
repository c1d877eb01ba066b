/* The M4's part: if its own constants are intact it says so to the M7, and that is all. */
#include "boot-client/boot_client_m4.h"
#include "wave.h"

int main(void)
{
    if (!wave_is_intact()) return 1;
    h755_m4_report_healthy();
    for (;;)
        __asm volatile("wfi");
}
