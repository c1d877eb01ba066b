#pragma once

#include "identity/branded_identity.h"

namespace virtual_h755 {

using boot::brandedIdentity;

} // namespace virtual_h755
