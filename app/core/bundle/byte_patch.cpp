#include "core/bundle/byte_patch.h"

namespace updater {

bool applyPatch(contract::ByteSpan body, contract::ByteView patch)
{
    contract::PatchReader reader(patch, static_cast<std::uint32_t>(body.size()));
    while (const auto entry = reader.next())
        body[entry->offset] = entry->value;
    return !reader.isMalformed();
}

} // namespace updater
