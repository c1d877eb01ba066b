#include "fixed_random.h"

// OpenSSL 3 has declared RAND_METHOD deprecated; its successor needs a provider of one's own.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/rand.h>

namespace fuzz {

namespace {

int fill(unsigned char* out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = static_cast<unsigned char>(37 * i + 1);
    return 1;
}

int status()
{
    return 1;
}

} // namespace

void fixRandomNumbers()
{
    static const RAND_METHOD method{nullptr, fill, nullptr, nullptr, fill, status};
    RAND_set_rand_method(&method);
}

} // namespace fuzz
