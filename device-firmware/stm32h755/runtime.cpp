// What the compiler's code may refer to and this program never calls.
#include "stm32h755/core.h"

extern "C" [[noreturn]] void __cxa_pure_virtual()
{
    stm32h755::resetSystem();
}
