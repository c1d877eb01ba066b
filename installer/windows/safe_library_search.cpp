// Part of every Windows program of ours. Libraries that are loaded later, by name, come from the
// system's folder or from beside the program: never from the current folder, where a downloaded
// release may lie beside somebody's DLL, and never from PATH.
#include <windows.h>

namespace {

/// Before any other constructor: one of them could load a library.
[[gnu::constructor(101)]] void searchOnlyInSafeFolders()
{
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_APPLICATION_DIR);
}

} // namespace
