/* Sources: RM0399 chapters 7 (PWR) and 9 (RCC). Each core has its own clock enables. */
#include "boot-client/boot_client_m4.h"

#include "contract/hand_off.h"

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t*)(uintptr_t)(address))
#define RCC_C2_APB4ENR REGISTER(0x580245B4u)
#define PWR_CR1 REGISTER(0x58024800u)
#define RTC_BACKUP(number) REGISTER(0x58004050u + 4u * (number))
#define SCB_VTOR REGISTER(0xE000ED08u)

static const uint32_t rtc_bus_clock = 1u << 16;
static const uint32_t backup_writable = 1u << 8; /* DBP */
static const uint32_t poll_limit = 100000u;

void h755_m4_report_healthy(void)
{
    RCC_C2_APB4ENR |= rtc_bus_clock;
    (void)RCC_C2_APB4ENR; /* the clock runs two cycles later */
    if ((PWR_CR1 & backup_writable) == 0) PWR_CR1 |= backup_writable; /* the M7 writes it, too */
    for (uint32_t i = 0; i < poll_limit && (PWR_CR1 & backup_writable) == 0; ++i) {
    }
    RTC_BACKUP(H755_BACKUP_M4_HEALTH) = H755_M4_HEALTH_MAGIC ^ SCB_VTOR;
    __asm volatile("dsb" ::: "memory");
}
