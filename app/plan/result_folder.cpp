#include "plan/result_folder.h"

#include "core/file.h"
#include "plan/exports.h"
#include "plan/html_page.h"
#include "plan/record.h"

#include <algorithm>
#include <fstream>

namespace plan {

using updater::AppendOnlyFile;
using updater::ErrorCode;
using updater::fail;

namespace {

using Clock = std::chrono::steady_clock;

/// Up to here every page follows every step; beyond, pages may take a tenth of the time.
constexpr std::size_t alwaysSteps = 500;
constexpr int shareOfTime = 10;
constexpr std::uintmax_t maximumLogBytes = 64 * 1024 * 1024;

Result<> replaceFile(const std::filesystem::path& path, const std::string& text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return updater::writeFile(path, {bytes, text.size()});
}

Result<> writePagesOf(const Results& results, const std::filesystem::path& folder)
{
    TRY(replaceFile(folder / "junit.xml", junitXml(results)));
    return replaceFile(folder / "report.html", htmlPage(results));
}

/// The id, or the port's digits: what a file may be called everywhere.
std::string fileNameOf(std::string unit)
{
    std::ranges::replace_if(
        unit, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '-');
    return unit;
}

} // namespace

ResultFolder::ResultFolder(std::filesystem::path folder, AppendOnlyFile records,
                           AppendOnlyFile table, RecordListener listener)
    : m_folder(std::move(folder)), m_records(std::move(records)), m_table(std::move(table)),
      m_listener(std::move(listener))
{
}

Result<std::unique_ptr<ResultFolder>> ResultFolder::begin(const std::filesystem::path& folder,
                                                          RunFacts run, RecordListener listener)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(ErrorCode::FileNotWritable, folder.string() + ": " + error.message());
    if (!std::filesystem::is_empty(folder, error))
        return fail(ErrorCode::FileNotWritable,
                    folder.string() + " is not empty; each run has a folder of its own");
    TRY_ASSIGN(AppendOnlyFile records, AppendOnlyFile::open(folder / "record.jsonl"));
    TRY_ASSIGN(AppendOnlyFile table, AppendOnlyFile::open(folder / "steps.csv"));
    std::unique_ptr<ResultFolder> made(
        new ResultFolder(folder, std::move(records), std::move(table), std::move(listener)));
    TRY(made->m_table.append(csvHeader()));
    made->m_results.run = std::move(run);
    TRY(made->write(recordOf(made->m_results.run)));
    TRY(made->writePages(true));
    return made;
}

Result<> ResultFolder::write(const updater::JsonLine& record)
{
    // Sealed beside the chain: a line that does not get onto the disk is no part of it.
    RecordChain next = m_chain;
    const std::string line = next.sealed(record);
    TRY(m_records.append(line));
    m_chain = next;
    m_results.chain = m_chain.last();
    if (m_listener) m_listener(line);
    return {};
}

Result<> ResultFolder::writePages(bool isLast)
{
    const Clock::time_point start = Clock::now();
    const bool isDue = isLast || m_results.steps.size() <= alwaysSteps ||
                       start - m_pagesAt >= shareOfTime * m_pagesTook;
    if (!isDue) return {};
    TRY(writePagesOf(m_results, m_folder));
    m_pagesAt = Clock::now();
    m_pagesTook = m_pagesAt - start;
    return {};
}

Result<> ResultFolder::add(const StepResult& step)
{
    const std::lock_guard guard(m_lock);
    TRY(write(recordOf(step)));
    m_results.steps.push_back(step);
    TRY(m_table.append(csvRow(m_results.run, step)));
    return writePages(false);
}

Result<> ResultFolder::add(const UnitResult& unit)
{
    const std::lock_guard guard(m_lock);
    TRY(write(recordOf(unit)));
    m_results.units.push_back(unit);
    return writePages(true);
}

Result<> ResultFolder::end(Verdict verdict)
{
    const std::lock_guard guard(m_lock);
    m_results.verdict = std::move(verdict);
    TRY(write(recordOf(*m_results.verdict, m_results)));
    return writePages(true);
}

Result<> ResultFolder::log(const std::string& unit, std::string_view text)
{
    // One thread only writes one unit's log.
    const std::filesystem::path path = m_folder / ("log-" + fileNameOf(unit) + ".txt");
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(path, error);
    if (!error && bytes > maximumLogBytes) return {};
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file << text;
    file.close();
    if (!file) return fail(ErrorCode::FileNotWritable, path.string());
    return {};
}

Result<Results> rebuildPages(const std::filesystem::path& folder)
{
    TRY_ASSIGN(Results results, readRecords(folder / "record.jsonl"));
    TRY(writePagesOf(results, folder));
    std::string table = csvHeader() + '\n';
    for (const StepResult& step : results.steps)
        table += csvRow(results.run, step) + '\n';
    TRY(replaceFile(folder / "steps.csv", table));
    return results;
}

} // namespace plan
