// The folder of a run. record.jsonl gets each record, on the disk, before the next step begins;
// the other files are made of it anew after each step, each replaced in one go, so that whoever
// kills the program or the machine finds all of them readable.
#pragma once

#include "core/factory/append_only_file.h"
#include "plan/record_chain.h"
#include "plan/results.h"

#include <chrono>
#include <mutex>

namespace plan {

/// Called with each record as it is written, under the folder's lock.
using RecordListener = std::function<void(const std::string& line)>;

class ResultFolder {
public:
    /// Makes the folder, which must be new or empty, and writes the first record. FileNotWritable.
    static Result<std::unique_ptr<ResultFolder>> begin(const std::filesystem::path& folder,
                                                       RunFacts run, RecordListener listener);

    /// From any thread. FileNotWritable: what was written before stays as it is.
    Result<> add(const StepResult& step);
    Result<> add(const UnitResult& unit);
    Result<> end(Verdict verdict);
    /// Adds to what one unit's programs have said.
    Result<> log(const std::string& unit, std::string_view text);

    const std::filesystem::path& path() const { return m_folder; }
    /// Only when no thread adds any more.
    const Results& results() const { return m_results; }

private:
    ResultFolder(std::filesystem::path folder, updater::AppendOnlyFile records,
                 updater::AppendOnlyFile table, RecordListener listener);
    Result<> write(const updater::JsonLine& record);
    Result<> writePages(bool isLast);

    std::mutex m_lock;
    std::filesystem::path m_folder;
    updater::AppendOnlyFile m_records;
    updater::AppendOnlyFile m_table;
    RecordListener m_listener;
    RecordChain m_chain;
    Results m_results;
    std::chrono::steady_clock::time_point m_pagesAt; ///< when they were last complete
    std::chrono::steady_clock::duration m_pagesTook{};
};

/// Makes JUnit, CSV and HTML of a record.jsonl anew, beside it. RecordsChanged, FileNotWritable.
Result<Results> rebuildPages(const std::filesystem::path& folder);

} // namespace plan
