// Words for what the chip's registers say (RM0399; ARMv7-M for the CFSR): for technicians. The
// value itself stands beside the words.
#pragma once

#include "contract/device_status.h"

#include <string>

namespace updater {

/// "0x1f", with `digits` hex digits.
std::string hexNumber(std::uint32_t value, int digits);

/// DBGMCU REV_ID: "V (0x2003)".
std::string siliconRevisionText(std::uint16_t revision);

/// "V9.0 (0x90)".
std::string romVersionText(std::uint8_t version);

/// RDP: "level 0 (0xaa)".
std::string readProtectionText(std::uint8_t readProtection);

/// WPSN of a bank: "sectors 0, 1 (0xfc)", "none (0xff)".
std::string writeProtectionText(std::uint8_t writeProtection);

/// BCM4: "no (0x00)", or that the M4 starts with the M7, which the product must not have.
std::string bootCm4Text(std::uint8_t bootCm4);

/// CFSR: "PRECISERR, BFARVALID (0x00008200)", "none (0x00000000)".
std::string faultStatusText(std::uint32_t faultStatus);

/// contract::set_flags: "confirms-itself (0x0001)".
std::string setFlagsText(std::uint16_t flags);

} // namespace updater
