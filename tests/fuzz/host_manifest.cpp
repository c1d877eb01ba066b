// manifest.json with any bytes: what is read must be what would be written.
#include "core/bundle/manifest.h"
#include "fuzz_input.h"
#include "invariant.h"

#include <string>

using namespace fuzz;
using contract::ByteView;

namespace {

bool isPrintable(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto manifest = updater::parseManifest({bytes, size});
    if (!manifest) return 0;
    invariant(size <= updater::maximumManifestBytes, "no manifest is longer than the limit");
    invariant(isPrintable(manifest->channel) && isPrintable(manifest->date),
              "channel and date are plain words");
    const std::string text = updater::manifestText(*manifest);
    const auto again = updater::parseManifest(
        ByteView{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    invariant(again.has_value(), "what is written can be read");
    invariant(updater::manifestText(*again) == text, "writing and reading change nothing");
    return 0;
}
