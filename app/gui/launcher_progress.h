// The progress bar on the program's icon in the dock or taskbar of GNOME (Ubuntu), KDE and others.
#pragma once

#include <optional>

namespace gui {

class LauncherProgress {
public:
    /// Each whole percent is told once; nothing for no bar.
    void show(std::optional<int> percent);

private:
    std::optional<int> m_shown;
};

} // namespace gui
