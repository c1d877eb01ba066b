// Options that name files.
#pragma once

#include "core/file.h"

#include <CLI/CLI.hpp>

namespace cli {

/// As CLI11's add_option; the path is in UTF-8 on every system.
inline CLI::Option* addPath(CLI::App& app, const std::string& name, std::filesystem::path& path,
                            const std::string& description)
{
    return app.add_option_function<std::string>(
        name, [&path](const std::string& text) { path = updater::pathOf(text); }, description);
}

} // namespace cli
