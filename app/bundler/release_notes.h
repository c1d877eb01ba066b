// The folder that `create --notes` reads.
#pragma once

#include "core/result.h"

#include <filesystem>
#include <map>
#include <string>

namespace bundler {

/// Text of every <language>.md in `folder`, by language. Any other file is refused (BadArguments),
/// so that a misspelled one is not left out in silence.
updater::Result<std::map<std::string, std::string>> readNotes(const std::filesystem::path& folder);

} // namespace bundler
