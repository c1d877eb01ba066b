/* One period of a sine, computed by the compiler: constant data of any size, reached through
 * pointers that an update to slot B has to move. */
#ifndef EXAMPLE_WAVE_H
#define EXAMPLE_WAVE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Sample `index` (modulo the number of samples): 2^31 + 2^30 * sin. */
uint32_t wave_sample(uint32_t index);

/* True if every sample, read through the row pointers, is what the compiler computed. */
bool wave_is_intact(void);

#ifdef __cplusplus
}
#endif

#endif
