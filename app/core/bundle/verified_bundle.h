// A release bundle that passed every check. Flashing functions accept nothing else.
#pragma once

#include "contract/set_stream.h"
#include "core/bundle/manifest.h"
#include "core/bundle/trust.h"
#include "core/bundle/zip_archive.h"

#include <filesystem>
#include <map>
#include <memory>

namespace updater {

inline constexpr std::size_t maximumBundleBytes = 16 * 1024 * 1024;

namespace bundle_entry {
inline constexpr std::string_view manifest = "manifest.json";
inline constexpr std::string_view signature = "manifest.sig";
inline constexpr std::string_view stream = "firmware.h7set";
inline constexpr std::string_view notesPrefix = "notes/";
inline constexpr std::string_view notesSuffix = ".md";
} // namespace bundle_entry

/// What vendors and customers are told of a release linked for slot A only.
inline constexpr std::string_view singleLinkNotice =
    "linked for slot A only: cannot go back by itself, unless it is installed beside a release in "
    "slot B";

/// Copies share the verified bytes, which never change.
class VerifiedBundle {
public:
    const Manifest& manifest() const { return m_manifest; }
    /// The set stream: the very memory that was verified.
    contract::ByteView stream() const { return m_stream; }
    const contract::StreamHeader& streamHeader() const { return m_streamHeader; }
    /// Linked for slot A only (boot.md, "Images linked for slot A only").
    bool isSingleLink() const { return m_streamHeader.isForSlotAOnly(); }
    /// SHA-256 of the encoded stream header: the name of this download in BEGIN_UPDATE.
    Digest streamHeaderHash() const;
    /// Release notes in Markdown by language ("en"). Signed, but still text from outside.
    const std::map<std::string, std::string>& notes() const { return m_notes; }

    friend Result<VerifiedBundle> verifyBundle(Bytes bytes, const Trust& trust);

private:
    VerifiedBundle() = default;

    std::shared_ptr<const Bytes> m_bytes;
    Manifest m_manifest;
    contract::ByteView m_stream;
    contract::StreamHeader m_streamHeader;
    std::map<std::string, std::string> m_notes;
};

/// Checks everything: archive, manifest signature, manifest, every entry's length and hash, the
/// stream, both slots' images, and that all of them agree. The code says what is wrong first.
Result<VerifiedBundle> verifyBundle(Bytes bytes, const Trust& trust = brandingTrust());

/// The whole file. Codes: FileNotReadable, BundleTooLarge.
Result<Bytes> readBundleFile(const std::filesystem::path& path);

/// Reads the file once, whole, and verifies those bytes. Also FileNotReadable and BundleTooLarge.
Result<VerifiedBundle> openBundle(const std::filesystem::path& path,
                                  const Trust& trust = brandingTrust());

} // namespace updater
