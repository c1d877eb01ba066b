// Which label each unit of a production line got, and how its programming ended: a CSV file that is
// only ever added to. A label is given once.
#pragma once

#include "core/factory/append_only_file.h"

#include <map>
#include <set>
#include <vector>

namespace updater {

/// One row. `result` is "reserved", "provisioned", "started" or an error label.
struct UnitRow {
    std::string time; ///< ISO 8601, UTC
    std::string label;
    std::string uniqueId; ///< empty while it is not known
    std::string portPath;
    std::string romVersion;
    std::string release;
    std::string bootloaderHash;
    std::string result;
};

class UnitRecord {
public:
    /// FileNotReadable for a file that is no such record, FileNotWritable while another line has
    /// it.
    static Result<UnitRecord> open(const std::filesystem::path& path);

    /// The first label of `labels` that no unit has; a unit that has one keeps it. Written to the
    /// record before it is returned. BadArguments when all are used up.
    Result<std::string> reserve(const std::vector<std::string>& labels, UnitRow row);

    /// Fields hold no comma, quote or control character: others are replaced.
    Result<> add(const UnitRow& row);

private:
    explicit UnitRecord(AppendOnlyFile file) : m_file(std::move(file)) {}
    Result<> readRows();

    AppendOnlyFile m_file;
    std::set<std::string> m_used;
    std::map<std::string, std::string> m_labelOf; ///< by unique id
};

/// One label a line; empty lines and lines with # in front are skipped. BadArguments for a label
/// twice or with other characters than letters, digits, '-', '_' and '.'; FileNotReadable.
Result<std::vector<std::string>> readLabels(const std::filesystem::path& path);

} // namespace updater
