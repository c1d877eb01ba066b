#include "core/factory/unit_record.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace updater {
namespace {

constexpr std::string_view header =
    "time,label,unique_id,port,rom,release,bootloader_sha256,result";
constexpr std::size_t columns = 8;

bool isLabel(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
    });
}

std::vector<std::string> fieldsOf(const std::string& line)
{
    std::vector<std::string> fields;
    std::string field;
    for (std::istringstream stream(line); std::getline(stream, field, ',');)
        fields.push_back(field);
    return fields;
}

std::string plain(std::string text)
{
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < ' ' || c == ',' || c == '"' || c == 0x7F; }, '_');
    return text;
}

} // namespace

Result<UnitRecord> UnitRecord::open(const std::filesystem::path& path)
{
    TRY_ASSIGN(AppendOnlyFile file, AppendOnlyFile::open(path));
    UnitRecord record(std::move(file));
    if (record.m_file.text().empty()) {
        TRY(record.m_file.append(header));
        return record;
    }
    TRY(record.readRows());
    return record;
}

Result<> UnitRecord::readRows()
{
    std::istringstream stream(m_file.text());
    std::string line;
    std::getline(stream, line);
    if (line != header) return fail(ErrorCode::FileNotReadable, "this is no record of units");
    while (std::getline(stream, line)) {
        const std::vector<std::string> fields = fieldsOf(line);
        if (fields.size() < 2 || fields[1].empty())
            continue; // cut off by a crash, or without label
        m_used.insert(fields[1]);
        if (fields.size() == columns && !fields[2].empty()) m_labelOf[fields[2]] = fields[1];
    }
    return {};
}

Result<std::string> UnitRecord::reserve(const std::vector<std::string>& labels, UnitRow row)
{
    const auto known = m_labelOf.find(row.uniqueId);
    if (!row.uniqueId.empty() && known != m_labelOf.end()) return known->second;
    const auto free = std::ranges::find_if(
        labels, [this](const std::string& label) { return !m_used.contains(label); });
    if (free == labels.end()) return fail(ErrorCode::BadArguments, "all labels are used");
    row.label = *free;
    row.result = "reserved";
    TRY(add(row));
    return *free;
}

Result<> UnitRecord::add(const UnitRow& row)
{
    std::string line = plain(row.time);
    for (const std::string& field : {row.label, row.uniqueId, row.portPath, row.romVersion,
                                     row.release, row.bootloaderHash, row.result})
        line += ',' + plain(field);
    TRY(m_file.append(line));
    if (!row.label.empty()) m_used.insert(row.label);
    if (!row.label.empty() && !row.uniqueId.empty()) m_labelOf[row.uniqueId] = row.label;
    return {};
}

Result<std::vector<std::string>> readLabels(const std::filesystem::path& path)
{
    std::ifstream file(path);
    if (!file) return fail(ErrorCode::FileNotReadable, path.string());
    std::vector<std::string> labels;
    std::string line;
    while (std::getline(file, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        if (!isLabel(line)) return fail(ErrorCode::BadArguments, "no label: " + plain(line));
        if (std::ranges::find(labels, line) != labels.end())
            return fail(ErrorCode::BadArguments, "label twice: " + line);
        labels.push_back(line);
    }
    return labels;
}

} // namespace updater
