#include "core/bundle/verified_bundle.h"

#include "core/bundle/manifest_signature.h"
#include "core/bundle/set_check.h"

#include <algorithm>
#include <fstream>
#include <optional>

namespace updater {

using contract::StreamHeader;

namespace {

const ZipEntry* find(const std::vector<ZipEntry>& entries, std::string_view name)
{
    const auto found =
        std::ranges::find_if(entries, [&](const ZipEntry& entry) { return entry.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

Result<ByteView> contentOf(const std::vector<ZipEntry>& entries, std::string_view name)
{
    const ZipEntry* entry = find(entries, name);
    if (entry == nullptr) return fail(ErrorCode::BundleEntryMissing, std::string(name));
    return entry->bytes;
}

/// "en" of "notes/en.md"; nothing for any other name.
std::optional<std::string> notesLanguage(std::string_view name)
{
    using namespace bundle_entry;
    if (!name.starts_with(notesPrefix) || !name.ends_with(notesSuffix)) return std::nullopt;
    name.remove_prefix(notesPrefix.size());
    name.remove_suffix(std::min(name.size(), notesSuffix.size()));
    const bool isWord =
        !name.empty() && name.size() <= 16 && name.find_first_of("./") == std::string_view::npos;
    return isWord ? std::optional(std::string(name)) : std::nullopt;
}

/// Every named entry is there once, as it was signed, and every entry is named.
Result<> checkEntries(const std::vector<ZipEntry>& entries, const Manifest& manifest)
{
    std::vector<std::string_view> named{bundle_entry::manifest, bundle_entry::signature};
    for (const ManifestEntry& wanted : manifest.entries) {
        if (std::ranges::find(named, wanted.name) != named.end())
            return fail(ErrorCode::BundleManifest, wanted.name + " is named twice");
        if (wanted.name != bundle_entry::stream && !notesLanguage(wanted.name))
            return fail(ErrorCode::BundleManifest, wanted.name + " has no place in a bundle");
        TRY_ASSIGN(const ByteView content, contentOf(entries, wanted.name));
        if (content.size() != wanted.bytes || sha256(content) != wanted.sha256)
            return fail(ErrorCode::BundleEntryHash, wanted.name);
        named.push_back(wanted.name);
    }
    for (const ZipEntry& entry : entries) {
        if (std::ranges::find(named, entry.name) == named.end())
            return fail(ErrorCode::BundleEntryUnnamed, entry.name);
    }
    return {};
}

Result<> agrees(const Manifest& manifest, const StreamHeader& header, const TrustedKey& key)
{
    const bool same =
        manifest.product == header.product && manifest.releaseVersion == header.releaseVersion &&
        manifest.coreVersions == header.coreVersions && manifest.setId == header.setId &&
        manifest.securityCounter == header.securityCounter &&
        manifest.keyIndex == header.keyIndex && manifest.keyIndex == key.index &&
        manifest.minimumBootloader == header.minimumBootloader;
    if (!same) return fail(ErrorCode::BundleMismatch, "the manifest and the stream header");
    return {};
}

} // namespace

Digest VerifiedBundle::streamHeaderHash() const
{
    return sha256(m_stream.first(StreamHeader::encodedBytes));
}

Result<VerifiedBundle> verifyBundle(Bytes bytes, const Trust& trust)
{
    if (bytes.size() > maximumBundleBytes)
        return fail(ErrorCode::BundleTooLarge, std::to_string(bytes.size()) + " bytes");
    VerifiedBundle bundle;
    bundle.m_bytes = std::make_shared<const Bytes>(std::move(bytes));
    TRY_ASSIGN(const std::vector<ZipEntry> entries, readZip(*bundle.m_bytes));
    TRY_ASSIGN(const ByteView manifest, contentOf(entries, bundle_entry::manifest));
    TRY_ASSIGN(const ByteView signature, contentOf(entries, bundle_entry::signature));
    TRY_ASSIGN(const TrustedKey* key, verifyManifest(manifest, signature, trust));
    TRY_ASSIGN(bundle.m_manifest, parseManifest(manifest));
    if (bundle.m_manifest.product.productId != trust.productId)
        return fail(ErrorCode::WrongProduct,
                    "for product " + std::to_string(bundle.m_manifest.product.productId));
    TRY(checkEntries(entries, bundle.m_manifest));
    TRY_ASSIGN(bundle.m_stream, contentOf(entries, bundle_entry::stream));
    TRY_ASSIGN(bundle.m_streamHeader, checkSetStream(bundle.m_stream, trust));
    TRY(agrees(bundle.m_manifest, bundle.m_streamHeader, *key));
    for (const ZipEntry& entry : entries) {
        if (const auto language = notesLanguage(entry.name))
            bundle.m_notes.emplace(*language, std::string(entry.bytes.begin(), entry.bytes.end()));
    }
    return bundle;
}

Result<Bytes> readBundleFile(const std::filesystem::path& path)
{
    std::error_code ignored;
    const std::uintmax_t size = std::filesystem::file_size(path, ignored);
    if (!ignored && size > maximumBundleBytes)
        return fail(ErrorCode::BundleTooLarge, std::to_string(size) + " bytes");
    std::ifstream file(path, std::ios::binary);
    // One byte more than the limit, because a file may grow and a pipe has no size.
    Bytes bytes(ignored ? maximumBundleBytes + 1 : static_cast<std::size_t>(size) + 1);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.is_open() || file.bad()) return fail(ErrorCode::FileNotReadable, path.string());
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > maximumBundleBytes)
        return fail(ErrorCode::BundleTooLarge, std::to_string(bytes.size()) + " bytes");
    return bytes;
}

Result<VerifiedBundle> openBundle(const std::filesystem::path& path, const Trust& trust)
{
    TRY_ASSIGN(Bytes bytes, readBundleFile(path));
    return verifyBundle(std::move(bytes), trust);
}

} // namespace updater
