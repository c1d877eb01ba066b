/* For the customer's firmware on the M4 (C99). */
#ifndef H755_BOOT_CLIENT_M4_H
#define H755_BOOT_CLIENT_M4_H

#ifdef __cplusplus
extern "C" {
#endif

/* Tells the M7's firmware (h755_client_is_m4_healthy) that this core runs its part of the set and
 * has checked what matters to it. Call it once per start. VTOR must hold the address of this
 * firmware's vector table, as the bootloader leaves it. Needs privileged mode. */
void h755_m4_report_healthy(void);

#ifdef __cplusplus
}
#endif

#endif
