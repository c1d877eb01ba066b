#include "core/bundle/trust.h"

#include "branding/branding.h"

#include <algorithm>

namespace updater {

const TrustedKey* Trust::keyWith(const Digest& hash) const
{
    const auto found =
        std::ranges::find_if(keys, [&](const TrustedKey& k) { return k.key.hash() == hash; });
    return found == keys.end() ? nullptr : &*found;
}

/// A key of branding.json that is not a point of the curve trusts nobody.
static Trust fromBranding()
{
    Trust trust{branding::productId, contract::h755FlashMap, {}};
    for (const branding::Key& key : branding::keys) {
        auto point = PublicKey::fromPoint(key.point);
        if (point) trust.keys.push_back({key.index, std::move(*point)});
    }
    return trust;
}

const Trust& brandingTrust()
{
    static const Trust trust = fromBranding();
    return trust;
}

} // namespace updater
