#include "bundler/bundle_writer.h"

#include "core/bundle/manifest_signature.h"
#include "core/bundle/verified_bundle.h"

namespace bundler {

using namespace updater::bundle_entry;
using updater::Manifest;
using updater::ZipEntry;

namespace {

contract::ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::vector<ZipEntry> contentsOf(const SignedSet& set, const BundleFields& fields)
{
    std::vector<ZipEntry> contents{{std::string(stream), set.stream}};
    for (const auto& [language, text] : fields.notes) {
        contents.push_back(
            {std::string(notesPrefix) + language + std::string(notesSuffix), bytesOf(text)});
    }
    return contents;
}

Manifest manifestOf(const contract::StreamHeader& header, const BundleFields& fields)
{
    Manifest manifest;
    manifest.product = header.product;
    manifest.releaseVersion = header.releaseVersion;
    manifest.coreVersions = header.coreVersions;
    manifest.setId = header.setId;
    manifest.securityCounter = header.securityCounter;
    manifest.keyIndex = header.keyIndex;
    manifest.minimumBootloader = header.minimumBootloader;
    manifest.requiresFrom = fields.requiresFrom;
    manifest.channel = fields.channel;
    manifest.date = fields.date;
    return manifest;
}

} // namespace

updater::Result<Bytes> packBundle(const SignedSet& set, const BundleFields& fields,
                                  const updater::PrivateKey& key)
{
    const std::vector<ZipEntry> contents = contentsOf(set, fields);
    Manifest listed = manifestOf(set.header, fields);
    for (const ZipEntry& entry : contents) {
        listed.entries.push_back({entry.name, static_cast<std::uint32_t>(entry.bytes.size()),
                                  updater::sha256(entry.bytes)});
    }
    const std::string text = updater::manifestText(listed);
    TRY_ASSIGN(const updater::ManifestSignature signature,
               updater::signManifest(bytesOf(text), key));
    const auto signatureBytes = contract::encode(signature);
    std::vector<ZipEntry> entries{{std::string(manifest), bytesOf(text)},
                                  {std::string(updater::bundle_entry::signature), signatureBytes}};
    entries.insert(entries.end(), contents.begin(), contents.end());
    return updater::writeZip(entries);
}

} // namespace bundler
