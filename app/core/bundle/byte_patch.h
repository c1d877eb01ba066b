// The byte patch that turns a slot-A body into the slot-B body (contract/set_stream.h).
#pragma once

#include "contract/set_stream.h"

namespace updater {

/// Patches `body` in place. False, with `body` half patched, if the patch is malformed or reaches
/// beyond the body.
bool applyPatch(contract::ByteSpan body, contract::ByteView patch);

} // namespace updater
