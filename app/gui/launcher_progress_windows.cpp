#include "gui/launcher_progress.h"

#include <QApplication>
#include <QWidget>
#include <memory>
#include <shobjidl.h>

namespace gui {
namespace {

struct Release {
    void operator()(IUnknown* object) const { object->Release(); }
};

/// The taskbar; null where there is none. Qt has initialised COM for this thread.
std::unique_ptr<ITaskbarList3, Release> taskbar()
{
    void* made = nullptr;
    if (CoCreateInstance(CLSID_TaskbarList, nullptr, CLSCTX_INPROC_SERVER, IID_ITaskbarList3,
                         &made) != S_OK)
        return nullptr;
    std::unique_ptr<ITaskbarList3, Release> bar(static_cast<ITaskbarList3*>(made));
    if (bar->HrInit() != S_OK) bar.reset();
    return bar;
}

} // namespace

void LauncherProgress::show(std::optional<int> percent)
{
    if (percent == m_shown) return;
    m_shown = percent;
    const auto bar = taskbar();
    if (!bar) return;
    constexpr ULONGLONG hundredPercent = 100;
    for (const QWidget* const window : QApplication::topLevelWidgets()) {
        if (!window->isVisible() || !window->isWindow()) continue;
        const auto handle = reinterpret_cast<HWND>(window->winId());
        bar->SetProgressState(handle, percent ? TBPF_NORMAL : TBPF_NOPROGRESS);
        if (percent)
            bar->SetProgressValue(handle, static_cast<ULONGLONG>(*percent), hundredPercent);
    }
}

} // namespace gui
