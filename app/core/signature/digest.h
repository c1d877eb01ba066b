// SHA-256 on the host (FIPS 180-4, through OpenSSL).
#pragma once

#include "contract/layout.h"

#include <initializer_list>

namespace updater {

using contract::ByteView;
using contract::Digest;

/// SHA-256 of the parts as if they were one piece.
Digest sha256(std::initializer_list<ByteView> parts);
Digest sha256(ByteView bytes);

} // namespace updater
