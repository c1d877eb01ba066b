// USB2_OTG_FS on PA11 and PA12 (RM0399 chapter 60) and what feeds it (chapters 7, 9, 10, 12). Names
// as in ST's header, OTG_ for the core's.
#pragma once

#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

inline constexpr std::uint32_t RCC_CR_HSI48ON = 1U << 12;
inline constexpr std::uint32_t RCC_CR_HSI48RDY = 1U << 13;
inline constexpr std::uint32_t RCC_D2CCIP2R = 0x5802'4454;
inline constexpr std::uint32_t RCC_D2CCIP2R_USBSEL = 3U << 20; // all ones: HSI48
inline constexpr std::uint32_t RCC_AHB1RSTR = 0x5802'4480;
inline constexpr std::uint32_t RCC_AHB1RSTR_USB2OTGFSRST = 1U << 27;
inline constexpr std::uint32_t RCC_APB1HRSTR = 0x5802'4494;
inline constexpr std::uint32_t RCC_APB1HRSTR_CRSRST = 1U << 1;
inline constexpr std::uint32_t RCC_AHB1ENR = 0x5802'44D8;
inline constexpr std::uint32_t RCC_AHB1ENR_USB2OTGFSEN = 1U << 27;
inline constexpr std::uint32_t RCC_AHB4ENR_GPIOAEN = 1U << 0;
inline constexpr std::uint32_t RCC_APB1HENR = 0x5802'44EC;
inline constexpr std::uint32_t RCC_APB1HENR_CRSEN = 1U << 1;
inline constexpr std::uint32_t RCC_AHB1LPENR = 0x5802'4500;
inline constexpr std::uint32_t RCC_AHB1LPENR_USB2OTGFSULPILPEN = 1U << 28;

inline constexpr std::uint32_t PWR_CR3_USB33DEN = 1U << 24;
inline constexpr std::uint32_t PWR_CR3_USB33RDY = 1U << 26;

inline constexpr std::uint32_t CRS_CR = 0x4000'8400;
inline constexpr std::uint32_t CRS_CR_CEN = 1U << 5;
inline constexpr std::uint32_t CRS_CR_AUTOTRIMEN = 1U << 6;
inline constexpr std::uint32_t CRS_CFGR = 0x4000'8404;
inline constexpr std::uint32_t CRS_CFGR_SYNCSRC = 3U << 28; // all ones: start of frame of USB2

inline constexpr std::uint32_t GPIOA_MODER_MODE11 = 3U << 22;
inline constexpr std::uint32_t GPIOA_MODER_MODE12 = 3U << 24;
inline constexpr std::uint32_t GPIOA_OSPEEDR = 0x5802'0008;
inline constexpr std::uint32_t GPIOA_OSPEEDR_OSPEED11 = 3U << 22;
inline constexpr std::uint32_t GPIOA_OSPEEDR_OSPEED12 = 3U << 24;
inline constexpr std::uint32_t GPIOA_AFRH = 0x5802'0024;
inline constexpr std::uint32_t GPIOA_AFRH_AFSEL11 = 0xFU << 12;
inline constexpr std::uint32_t GPIOA_AFRH_AFSEL12 = 0xFU << 16;

inline constexpr std::uint32_t OTG_GOTGCTL = 0x4008'0000;
inline constexpr std::uint32_t OTG_GOTGCTL_BVALOEN = 1U << 6;
inline constexpr std::uint32_t OTG_GOTGCTL_BVALOVAL = 1U << 7;
inline constexpr std::uint32_t OTG_GAHBCFG = 0x4008'0008;
inline constexpr std::uint32_t OTG_GUSBCFG = 0x4008'000C;
inline constexpr std::uint32_t OTG_GUSBCFG_TOCAL = 7U << 0;
inline constexpr std::uint32_t OTG_GUSBCFG_PHYSEL = 1U << 6;
inline constexpr std::uint32_t OTG_GUSBCFG_TRDT = 0xFU << 10;
inline constexpr std::uint32_t OTG_GUSBCFG_FHMOD = 1U << 29;
inline constexpr std::uint32_t OTG_GUSBCFG_FDMOD = 1U << 30;
inline constexpr std::uint32_t OTG_GRSTCTL = 0x4008'0010;
inline constexpr std::uint32_t OTG_GRSTCTL_CSRST = 1U << 0;
inline constexpr std::uint32_t OTG_GRSTCTL_RXFFLSH = 1U << 4;
inline constexpr std::uint32_t OTG_GRSTCTL_TXFFLSH = 1U << 5;
inline constexpr std::uint32_t OTG_GRSTCTL_AHBIDL = 1U << 31;
inline constexpr std::uint32_t OTG_GINTSTS = 0x4008'0014;
inline constexpr std::uint32_t OTG_GINTSTS_CMOD = 1U << 0;
inline constexpr std::uint32_t OTG_GINTSTS_RXFLVL = 1U << 4;
inline constexpr std::uint32_t OTG_GINTSTS_USBRST = 1U << 12;
inline constexpr std::uint32_t OTG_GINTSTS_ENUMDNE = 1U << 13;
inline constexpr std::uint32_t OTG_GINTMSK = 0x4008'0018;
inline constexpr std::uint32_t OTG_GRXSTSR = 0x4008'001C;
inline constexpr std::uint32_t OTG_GRXSTSP = 0x4008'0020;
inline constexpr std::uint32_t OTG_GRXSTSP_EPNUM = 0xFU << 0;
inline constexpr std::uint32_t OTG_GRXSTSP_BCNT = 0x7FFU << 4;
inline constexpr std::uint32_t OTG_GRXSTSP_PKTSTS = 0xFU << 17;
inline constexpr std::uint32_t OTG_GRXFSIZ = 0x4008'0024;
inline constexpr std::uint32_t OTG_DIEPTXF0 = 0x4008'0028;
inline constexpr std::uint32_t OTG_GCCFG = 0x4008'0038;
inline constexpr std::uint32_t OTG_GCCFG_PWRDWN = 1U << 16; // 1: the transceiver is on

inline constexpr std::uint32_t OTG_DCFG = 0x4008'0800;
inline constexpr std::uint32_t OTG_DCFG_DSPD = 3U << 0; // all ones: full speed, own transceiver
inline constexpr std::uint32_t OTG_DCFG_NZLSOHSK = 1U << 2;
inline constexpr std::uint32_t OTG_DCFG_DAD = 0x7FU << 4;
inline constexpr std::uint32_t OTG_DCTL = 0x4008'0804;
inline constexpr std::uint32_t OTG_DCTL_SDIS = 1U << 1;
inline constexpr std::uint32_t OTG_DCTL_CGINAK = 1U << 8;
inline constexpr std::uint32_t OTG_DIEPCTL0 = 0x4008'0900;
inline constexpr std::uint32_t OTG_DIEPCTL0_STALL = 1U << 21;
inline constexpr std::uint32_t OTG_DIEPCTL0_CNAK = 1U << 26;
inline constexpr std::uint32_t OTG_DIEPCTL0_SNAK = 1U << 27;
inline constexpr std::uint32_t OTG_DIEPCTL0_EPDIS = 1U << 30;
inline constexpr std::uint32_t OTG_DIEPCTL0_EPENA = 1U << 31;
inline constexpr std::uint32_t OTG_DIEPINT0 = 0x4008'0908;
inline constexpr std::uint32_t OTG_DIEPINT0_XFRC = 1U << 0;
inline constexpr std::uint32_t OTG_DIEPINT0_EPDISD = 1U << 1;
inline constexpr std::uint32_t OTG_DIEPTSIZ0 = 0x4008'0910;
inline constexpr std::uint32_t OTG_DOEPCTL0 = 0x4008'0B00;
inline constexpr std::uint32_t OTG_DOEPCTL0_STALL = 1U << 21;
inline constexpr std::uint32_t OTG_DOEPCTL0_CNAK = 1U << 26;
inline constexpr std::uint32_t OTG_DOEPCTL0_SNAK = 1U << 27;
inline constexpr std::uint32_t OTG_DOEPCTL0_EPENA = 1U << 31;
inline constexpr std::uint32_t OTG_DOEPINT0 = 0x4008'0B08;
inline constexpr std::uint32_t OTG_DOEPINT0_XFRC = 1U << 0;
inline constexpr std::uint32_t OTG_DOEPINT0_STUP = 1U << 3;
inline constexpr std::uint32_t OTG_DOEPINT0_STPKTRX = 1U << 15;
inline constexpr std::uint32_t OTG_DOEPTSIZ0 = 0x4008'0B10;
inline constexpr std::uint32_t OTG_DOEPTSIZ0_STUPCNT = 3U << 29;
inline constexpr std::uint32_t OTG_PCGCCTL = 0x4008'0E00;
inline constexpr std::uint32_t OTG_FIFO0 = 0x4008'1000;

} // namespace stm32h755
