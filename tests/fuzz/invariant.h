// What must hold whatever the input is. A violation aborts, which every fuzzer counts as a crash.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace fuzz {

inline void invariant(bool holds, const char* sentence)
{
    if (holds) return;
    std::fprintf(stderr, "INVARIANT VIOLATED: %s\n", sentence);
    std::abort();
}

} // namespace fuzz
