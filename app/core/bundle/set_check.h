// Takes a set stream apart as the device will, and checks both slots' images.
#pragma once

#include "contract/set_stream.h"
#include "core/bundle/trust.h"
#include "core/bundle/zip_archive.h"

namespace updater {

/// Reads and checks the signed header at the start of `stream`: format, key, signature, product,
/// bounds.
Result<contract::StreamHeader> checkStreamHeader(contract::ByteView stream, const Trust& trust);

/// False for slot B of a release that is linked for slot A only.
bool holdsImageFor(const contract::StreamHeader& header, contract::Slot slot);

/// The complete check: header, slot data, padding, and all images against each other and the
/// header.
Result<contract::StreamHeader> checkSetStream(contract::ByteView stream, const Trust& trust);

/// One core's bare image for a slot that the stream holds one for; `checkSetStream` has accepted
/// it.
Bytes imageFromStream(contract::ByteView stream, const contract::StreamHeader& header,
                      contract::Core core, contract::Slot slot);

} // namespace updater
