// The one ZIP form that bundles use: stored entries, one after the other, nothing else.
#pragma once

#include "contract/layout.h"
#include "core/file.h"
#include "core/result.h"

#include <span>
#include <string>
#include <vector>

namespace updater {

struct ZipEntry {
    std::string name;
    contract::ByteView bytes;
};

/// Writes stored entries in the given order: no compression, extra fields, comments or time stamps,
/// so the same entries always give the same bytes (APPNOTE 6.3.10: 4.3.7, 4.3.12, 4.3.16).
Bytes writeZip(std::span<const ZipEntry> entries);

/// Reads an archive and refuses everything that `writeZip` would not have written byte for byte:
/// compression, data descriptors, ZIP64, encryption, comments, extra fields, bytes before, between
/// or behind, headers that disagree. The entries point into `archive`. Codes: BundleNotZip,
/// BundleMalformed, BundleEntryName, BundleEntryDuplicate.
Result<std::vector<ZipEntry>> readZip(contract::ByteView archive);

} // namespace updater
