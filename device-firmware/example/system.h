/* What firmware usually has from its framework: a tick and the chip's number. For the M7. */
#ifndef EXAMPLE_SYSTEM_H
#define EXAMPLE_SYSTEM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Counts milliseconds from now on, at the clock after reset (HSI, 64 MHz). */
void start_tick(void);
uint32_t elapsed_ms(void);

/* Byte 0 to 11 of the unique device id. */
uint8_t unique_id_byte(unsigned number);

#ifdef __cplusplus
}
#endif

#endif
