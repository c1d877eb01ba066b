#include "core/report/report_archive.h"

#include "core/report/json_line.h"
#include "core/report/system_name.h"

namespace updater {

Bytes reportArchive(std::vector<ReportPart> parts, const Redaction& redaction)
{
    std::vector<ZipEntry> entries;
    for (ReportPart& part : parts) {
        if (part.name.ends_with(".txt")) part.text = redacted(part.text, redaction);
        entries.push_back(
            {part.name,
             {reinterpret_cast<const std::uint8_t*>(part.text.data()), part.text.size()}});
    }
    return writeZip(entries);
}

ReportPart versionsPart(std::string_view program, std::string_view version)
{
    const SystemName system = systemName();
    return {"versions.json", JsonLine("versions")
                                     .text("program", program)
                                     .text("version", version)
                                     .text("system", system.name)
                                     .text("kernel", system.kernel)
                                     .text("machine", system.machine)
                                     .str() +
                                 '\n'};
}

} // namespace updater
