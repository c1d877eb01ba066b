// The release that came with the installer, so that an update needs no network.
#pragma once

#include <QString>

namespace gui {

/// The newest .h755 (by name, which carries the version) in share/h755-updater/releases beside the
/// program; empty if there is none. It is verified like any other file.
QString shippedRelease();

} // namespace gui
