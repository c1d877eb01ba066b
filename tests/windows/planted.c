// A library that nobody should load: it leaves a mark where it was.
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        WCHAR name[MAX_PATH + 16];
        const DWORD length = GetModuleFileNameW(library, name, MAX_PATH);
        lstrcpyW(name + length, L".loaded");
        CloseHandle(CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    }
    return TRUE;
}
