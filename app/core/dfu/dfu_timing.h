// How long the host waits for what, in one place. EP0 answers within 50 ms in every state
// (docs/protocol.md), so these bounds only end waits for a device that is broken or gone.
#pragma once

#include <cstdint>

namespace updater::dfu_timing {

inline constexpr std::uint32_t transferMs = 5'000;    ///< one control transfer
inline constexpr std::uint32_t longestPollMs = 5'000; ///< bwPollTimeout may say up to 4.6 hours
/// dfuDNBUSY or dfuMANIFEST in a row. The longest honest wait is for two erases of 4 s each and the
/// final check.
inline constexpr std::uint32_t busyMs = 120'000;

// The chip's ROM loader does its work within GETSTATUS.
inline constexpr std::uint32_t romStatusMs = 10'000; ///< an erase takes 0.9 to 4 s
inline constexpr std::uint32_t romTransferMs = 5'000;
/// From the start of an erase to its sure end: 4 s in the worst case (data sheet, x8).
inline constexpr std::uint32_t romEraseMs = 4'500;

} // namespace updater::dfu_timing
