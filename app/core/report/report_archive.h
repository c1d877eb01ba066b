// A diagnostics report: a ZIP of texts that a support case needs.
#pragma once

#include "core/bundle/zip_archive.h"
#include "core/report/redaction.h"

namespace updater {

/// One entry. What ends in .json holds only facts about device and program; what ends in .txt may
/// name people and other devices, and is redacted.
struct ReportPart {
    std::string name; ///< lower-case letters, digits, '-' and '.'
    std::string text;
};

/// The parts in their order. The same parts give the same bytes.
Bytes reportArchive(std::vector<ReportPart> parts, const Redaction& redaction);

/// versions.json: which program of which version on which system.
ReportPart versionsPart(std::string_view program, std::string_view version);

} // namespace updater
