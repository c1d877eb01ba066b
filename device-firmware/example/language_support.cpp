// What the compiler may refer to in C++ code, where there is no C++ library.
extern "C" void unexpected_handler();

extern "C" [[noreturn]] void __cxa_pure_virtual();
extern "C" [[noreturn]] void __cxa_pure_virtual()
{
    unexpected_handler();
    for (;;) {
    }
}
