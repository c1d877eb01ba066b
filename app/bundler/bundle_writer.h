// Packs a signed set into a release bundle.
#pragma once

#include "bundler/set_builder.h"

#include <map>
#include <string>

namespace bundler {

/// What only the manifest says.
struct BundleFields {
    contract::Version requiresFrom{};
    std::string channel = "stable";
    std::string date = "1980-01-01"; ///< fixed unless told, so that builds are reproducible
    std::map<std::string, std::string> notes{}; ///< Markdown by language, "en"
};

/// A complete .h755 file. The result is not verified here; `updater::verifyBundle` does that.
updater::Result<Bytes> packBundle(const SignedSet& set, const BundleFields& fields,
                                  const updater::PrivateKey& key);

} // namespace bundler
