#include "core/report/system_name.h"

#include <array>
#include <filesystem>
#include <windows.h>

namespace updater {
namespace {

constexpr const wchar_t* versionKey = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
constexpr DWORD firstBuildOfWindows11 = 22'000;

std::string versionText(const wchar_t* name)
{
    std::array<wchar_t, 128> text{};
    DWORD bytes = sizeof text;
    if (RegGetValueW(HKEY_LOCAL_MACHINE, versionKey, name, RRF_RT_REG_SZ, nullptr, text.data(),
                     &bytes) != ERROR_SUCCESS)
        return {};
    return std::filesystem::path(text.data()).string(); // as UTF-8
}

/// GetVersionEx tells old programs of older systems.
OSVERSIONINFOW version()
{
    using GetVersion = LONG(WINAPI*)(OSVERSIONINFOW*);
    OSVERSIONINFOW info{};
    info.dwOSVersionInfoSize = sizeof info;
    const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    const FARPROC found = ntdll == nullptr ? nullptr : GetProcAddress(ntdll, "RtlGetVersion");
    if (found != nullptr) {
        // By way of void*, since no function pointer converts to another without a warning.
        reinterpret_cast<GetVersion>(reinterpret_cast<void*>(found))(&info);
    }
    return info;
}

std::string machineName()
{
    SYSTEM_INFO info{};
    GetNativeSystemInfo(&info);
    switch (info.wProcessorArchitecture) {
    case PROCESSOR_ARCHITECTURE_AMD64: return "x86_64";
    case PROCESSOR_ARCHITECTURE_ARM64: return "aarch64";
    default: return "processor type " + std::to_string(info.wProcessorArchitecture);
    }
}

} // namespace

SystemName systemName()
{
    const OSVERSIONINFOW info = version();
    std::string name = versionText(L"ProductName"); // "Windows 10 Pro", on Windows 11 as well
    const std::size_t ten = name.find("Windows 10");
    if (info.dwBuildNumber >= firstBuildOfWindows11 && ten != std::string::npos)
        name.replace(ten, 10, "Windows 11");
    const std::string release = versionText(L"DisplayVersion");
    if (!release.empty()) name += ' ' + release;
    return {name.empty() ? "Windows" : name,
            "Windows NT " + std::to_string(info.dwMajorVersion) + '.' +
                std::to_string(info.dwMinorVersion) + '.' + std::to_string(info.dwBuildNumber),
            machineName()};
}

} // namespace updater
