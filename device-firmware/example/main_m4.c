/* The M4's part: as long as its own constants are intact it counts where the M7 can see it. */
#include "heartbeat.h"
#include "wave.h"

int main(void)
{
    while (wave_is_intact())
        HEARTBEAT = HEARTBEAT + 1;
    return 1;
}
