/* The registers behind boot-client on the STM32H755's M7. */
#ifndef H755_BOOT_CLIENT_STM32H755_H
#define H755_BOOT_CLIENT_STM32H755_H

#include "boot-client/boot_client.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fills `port`; `now_ms` is the firmware's own tick. Flash programming runs from RAM, because
 * journal and application share bank 1: the linker script must place the section .RamFunc there, as
 * ST's do. Interrupts are off for about 0.1 ms per programmed word and for a few microseconds per
 * read. `port->context` is not used: who wraps one of the functions may put its own there. Needs
 * privileged mode; the M4 must not program flash at the same time. */
void h755_stm32_port(struct h755_port* port, uint32_t (*now_ms)(void* context));

#ifdef __cplusplus
}
#endif

#endif
