// Streams whose header says what no builder of ours would say.
#pragma once

#include "fuzz_input.h"
#include "releases.h"

namespace fuzz {

struct Stream {
    Bytes bytes;
    contract::StreamHeader header;
};

/// One field of the header as the input says: lengths that overlap, exceed or wrap, other levels.
void editHeader(contract::StreamHeader& header, Input& input);

/// A release with an edited header, sealed as far as the input wants (length, slot data hash) but
/// for the signature. Slot data and bodies are the release's, cut or filled up to the lengths.
Stream craftStream(const bundler::SignedSet& set, Input& input);

} // namespace fuzz
