// What the decision needs to know of a release.
#pragma once

#include "contract/set_stream.h"

#include <optional>

namespace updater {

struct BundleFacts {
    contract::SetId setId{};
    contract::ProductRange product;
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    std::uint16_t flags = 0; ///< contract::set_flags, as in the stream header
    contract::Version minimumBootloader;
    contract::Version releaseVersion;
    contract::Version requiresFrom; ///< oldest release that may update directly; 0.0.0 = any

    bool confirmsItself() const { return (flags & contract::set_flags::confirmsItself) != 0; }
    bool isSingleLink() const { return (flags & contract::set_flags::slotAOnly) != 0; }
};

} // namespace updater
