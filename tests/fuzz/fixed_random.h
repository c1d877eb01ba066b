#pragma once

namespace fuzz {

/// From now on OpenSSL's random numbers are always the same, and so are the signatures that it
/// makes: an input means the same in every process. Only for the labelled development keys.
void fixRandomNumbers();

} // namespace fuzz
