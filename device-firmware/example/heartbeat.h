/* One word in SRAM4, which both cores reach: the M4 counts, the M7 sees that it runs. */
#ifndef EXAMPLE_HEARTBEAT_H
#define EXAMPLE_HEARTBEAT_H

#include <stdint.h>

#define HEARTBEAT (*(volatile uint32_t*)0x38000000u)

#endif
