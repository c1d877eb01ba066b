// The grid and the four sizes of text.
#pragma once

#include <QFont>
#include <cstdint>

namespace gui {

/// All distances are multiples of this, in device-independent pixels.
inline constexpr int gridPx = 8;

/// 0.85, 1, 1.25 and 1.6 of the platform's size.
enum class TypeSize : std::uint8_t { Caption, Body, Lead, Title };

double scaleOf(TypeSize size);

/// The application's font in that size; Title is semi-bold.
QFont scaledFont(TypeSize size);

} // namespace gui
