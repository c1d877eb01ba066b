#include "bundler/bundle_writer.h"
#include "bundler/command.h"
#include "bundler/file.h"
#include "bundler/link_check.h"
#include "bundler/release_date.h"
#include "bundler/release_notes.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/verified_bundle.h"

#include <algorithm>
#include <cstdlib>

namespace bundler {

using namespace contract;
using updater::ErrorCode;
using updater::fail;
using updater::PrivateKey;

namespace {

constexpr const FlashMap& map = h755FlashMap;

Result<Version> versionOf(const std::string& text)
{
    const auto version = updater::parseVersion(text);
    if (!version) return fail(ErrorCode::BadArguments, "not a version: " + text);
    return *version;
}

/// Also fits the bcdDevice that USB shows it as (wire.md, "Identity").
Result<Version> releaseVersionOf(const std::string& text)
{
    TRY_ASSIGN(const Version version, versionOf(text));
    if (!fitsBcdDevice(version))
        return fail(ErrorCode::BadArguments,
                    text + " is beyond 99.9.9, which is all that USB can show");
    return version;
}

/// Both cores' links for both slots, or one image for each core, linked for slot A.
Result<> checkLinkCounts(const CreateOptions& options)
{
    const std::size_t links = options.m7.size();
    if (options.m4.size() == links && (links == 1 || links == 2)) return {};
    return fail(ErrorCode::BadArguments,
                "--m7 and --m4 each need two ELF files, linked for slot A and for slot B, or each "
                "one file, linked for slot A");
}

using ReadLink = Result<LinkedImage> (*)(Bytes, const Region&);

Result<LinkedImage> readLink(ReadLink read, const path& file, const Region& slot)
{
    TRY_ASSIGN(Bytes bytes, readFile(file));
    auto image = read(std::move(bytes), slot);
    if (!image) return fail(image.error().code, file.string() + ": " + image.error().detail);
    return image;
}

Result<CorePayloads> readSinglePayload(Core core, const path& file)
{
    TRY_ASSIGN(LinkedImage link, readLink(readSingleLink, file, map.slot(core, Slot::A)));
    TRY(checkVectors(link, core, Slot::A, map));
    return CorePayloads{std::move(link.payload), {}};
}

Result<CorePayloads> readPayloads(Core core, const CreateOptions& options)
{
    const std::vector<path>& files = core == Core::M7 ? options.m7 : options.m4;
    if (files.size() == 1) return readSinglePayload(core, files[0]);
    TwoLinks links{core, {}, {}};
    TRY_ASSIGN(links.slotA, readLink(readElf, files[0], map.slot(core, Slot::A)));
    TRY_ASSIGN(links.slotB, readLink(readElf, files[1], map.slot(core, Slot::B)));
    TRY(checkLinks(links, map, options.allowedPointers));
    return CorePayloads{std::move(links.slotA.payload), std::move(links.slotB.payload)};
}

/// As branding.json numbers the key; a number given by hand must not contradict that.
Result<std::uint32_t> keyIndexOf(const CreateOptions& options, const PrivateKey& key)
{
    const updater::TrustedKey* known = updater::brandingTrust().keyWith(key.publicKey().hash());
    if (known == nullptr && !options.keyIndex)
        return fail(ErrorCode::BadArguments, "branding.json has no such key; name its --key-index");
    if (known == nullptr) return *options.keyIndex;
    if (options.keyIndex.value_or(known->index) != known->index)
        return fail(ErrorCode::BadArguments,
                    "branding.json has this key as index " + std::to_string(known->index));
    return known->index;
}

std::uint16_t flagsOf(const CreateOptions& options)
{
    std::uint16_t flags = 0;
    if (options.confirmsItself) flags |= set_flags::confirmsItself;
    if (options.raiseFloor) flags |= set_flags::raiseFloorAtConfirm;
    if (options.applicationStartsM4) flags |= set_flags::applicationStartsM4;
    return flags;
}

Result<ReleaseFields> fieldsOf(const CreateOptions& options, const PrivateKey& key)
{
    const auto orRelease = [&](const std::string& text) {
        return text.empty() ? options.version : text;
    };
    if (options.hardwareMinimum > options.hardwareMaximum)
        return fail(ErrorCode::BadArguments, "--hardware-min is above --hardware-max");
    ReleaseFields fields;
    TRY_ASSIGN(fields.releaseVersion, releaseVersionOf(options.version));
    TRY_ASSIGN(fields.coreVersions[0], releaseVersionOf(orRelease(options.m7Version)));
    TRY_ASSIGN(fields.coreVersions[1], releaseVersionOf(orRelease(options.m4Version)));
    TRY_ASSIGN(fields.minimumBootloader, versionOf(options.minimumBootloader));
    TRY_ASSIGN(fields.keyIndex, keyIndexOf(options, key));
    fields.product = {options.product, options.hardwareMinimum, options.hardwareMaximum};
    fields.securityCounter = options.counter;
    fields.flags = flagsOf(options);
    return fields;
}

Result<BundleFields> bundleFieldsOf(const CreateOptions& options)
{
    BundleFields fields;
    fields.channel = options.channel;
    TRY_ASSIGN(fields.requiresFrom, versionOf(options.requiresFrom));
    const auto date = options.date.empty() ? releaseDate(std::getenv("SOURCE_DATE_EPOCH"))
                                           : std::optional{options.date};
    if (!date || !updater::isDate(*date))
        return fail(ErrorCode::BadArguments, "not a date: YYYY-MM-DD");
    fields.date = *date;
    if (!options.notes.empty()) {
        TRY_ASSIGN(fields.notes, readNotes(options.notes));
    }
    return fields;
}

} // namespace

Result<> create(const CreateOptions& options, std::ostream& out)
{
    TRY_ASSIGN(const PrivateKey key, PrivateKey::fromPemFile(options.key));
    TRY_ASSIGN(const ReleaseFields fields, fieldsOf(options, key));
    TRY_ASSIGN(const BundleFields bundleFields, bundleFieldsOf(options));
    TRY(checkLinkCounts(options));
    TRY_ASSIGN(CorePayloads m7, readPayloads(Core::M7, options));
    TRY_ASSIGN(CorePayloads m4, readPayloads(Core::M4, options));
    TRY_ASSIGN(const SignedSet set, buildSet(map, fields, {std::move(m7), std::move(m4)}, key));
    TRY_ASSIGN(const Bytes bundle, packBundle(set, bundleFields, key));
    // What customers' updaters will refuse must not leave this machine.
    const updater::Trust trust{options.product, map, {{fields.keyIndex, key.publicKey()}}};
    TRY_ASSIGN(const updater::VerifiedBundle verified, updater::verifyBundle(bundle, trust));
    TRY(writeFile(options.output, bundle));
    out << "release " << updater::versionText(fields.releaseVersion) << ", set "
        << updater::hexText(set.header.setId) << ", " << bundle.size() << " bytes in "
        << options.output.string() << '\n';
    if (verified.isSingleLink()) out << updater::singleLinkNotice << '\n';
    return {};
}

} // namespace bundler
