// What the sanitizer does by default costs more than the fuzzed code: each input makes a device
// with half a megabyte of memory.
extern "C" const char* __asan_default_options();

extern "C" const char* __asan_default_options()
{
    return "quarantine_size_mb=4:allocator_release_to_os_interval_ms=-1:"
           "max_malloc_fill_size=0:max_free_fill_size=0:malloc_context_size=4";
}
