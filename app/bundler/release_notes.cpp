#include "bundler/release_notes.h"

#include "bundler/file.h"

namespace bundler {

using updater::ErrorCode;
using updater::fail;
using Notes = std::map<std::string, std::string>;

static bool isLanguage(const std::string& text)
{
    return !text.empty() && text.size() <= 16 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

updater::Result<Notes> readNotes(const std::filesystem::path& folder)
{
    Notes notes;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string language = entry.path().stem().string();
        if (entry.path().extension() != ".md" || !isLanguage(language))
            return fail(ErrorCode::BadArguments,
                        entry.path().string() + " is not named <language>.md");
        TRY_ASSIGN(const Bytes text, readFile(entry.path()));
        notes.emplace(language, std::string(text.begin(), text.end()));
    }
    if (error) return fail(ErrorCode::FileNotReadable, folder.string());
    return notes;
}

} // namespace bundler
