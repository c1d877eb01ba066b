// The commands of h755-bundle: one file each. Options arrive as the command line gave them.
#pragma once

#include "branding/branding.h"
#include "core/result.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace bundler {

using std::filesystem::path;
using updater::Result;

struct KeygenOptions {
    path output;
};
/// Makes a new P-256 key.
Result<> keygen(const KeygenOptions& options, std::ostream& out);

struct PubkeyOptions {
    path key;
    std::uint32_t index = 0;
    std::string name = "release";
};
/// Prints the public half as an entry for branding.json.
Result<> pubkey(const PubkeyOptions& options, std::ostream& out);

struct CreateOptions {
    std::vector<path> m7; ///< links for slot A and B, or one file linked for slot A
    std::vector<path> m4;
    std::string version;
    std::string m7Version; ///< empty: the release's
    std::string m4Version;
    std::uint32_t counter = 0;
    std::uint32_t product = branding::productId;
    std::uint16_t hardwareMinimum = branding::hardwareRevision;
    std::uint16_t hardwareMaximum = branding::hardwareRevision;
    std::string minimumBootloader = "0.0.0";
    std::string requiresFrom = "0.0.0";
    path key;
    std::optional<std::uint32_t> keyIndex; ///< none: as branding.json numbers this key
    path notes;                            ///< folder of <language>.md
    std::string channel = "stable";
    std::string date; ///< empty: SOURCE_DATE_EPOCH, or 1980-01-01
    std::vector<std::string> allowedPointers;
    bool confirmsItself = true;
    bool raiseFloor = false;
    bool applicationStartsM4 = false;
    path output;
};
/// Checks and signs the links of both cores and packs them into one release.
Result<> create(const CreateOptions& options, std::ostream& out);

struct InspectOptions {
    path bundle;
    bool json = false;
};
/// Everything that a verified bundle says.
Result<> inspect(const InspectOptions& options, std::ostream& out);

struct VerifyOptions {
    path bundle;
};
Result<> verify(const VerifyOptions& options, std::ostream& out);

struct ExportDfuOptions {
    path bundle;
    path output;
};
/// The set stream as a file for dfu-util and fwupd, whichever slot is due.
Result<> exportDfu(const ExportDfuOptions& options, std::ostream& out);

struct ExportImageOptions {
    path bundle;
    std::string core;
    std::string slot;
    path output;
};
/// One bare MCUboot image.
Result<> exportImage(const ExportImageOptions& options, std::ostream& out);

struct FactoryOptions {
    path bootloader; ///< Intel HEX or raw
    path bundle;
    path key;    ///< signs a file for `h755ctl provision`; none: Intel HEX for programmers
    path output; ///< with HEX, the option bytes go into `output`.option-bytes.txt
};
/// What a production line programs into a blank unit.
Result<> factory(const FactoryOptions& options, std::ostream& out);

} // namespace bundler
