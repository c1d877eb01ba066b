// The hash chain over record.jsonl: a line that was changed, added or removed later shows.
//
// Each line ends with ,"chain":"<64 hex digits>"}: SHA-256 over the chain value of the line before
// (64 zeros before the first one), as text, and this line's text before ,"chain": . Who can write
// the whole file anew can make a new chain as well: keep the last value elsewhere, as JUnit and the
// terminal do.
#pragma once

#include "core/report/json_line.h"
#include "core/result.h"

#include <string>
#include <string_view>

namespace plan {

class RecordChain {
public:
    /// The record as the next line, without a line break.
    std::string sealed(const updater::JsonLine& record);

    /// True if `line` is the next one.
    bool accept(std::string_view line);

    const std::string& last() const { return m_last; }

private:
    std::string m_last = std::string(64, '0');
};

} // namespace plan
