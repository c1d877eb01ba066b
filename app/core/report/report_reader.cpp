#include "core/report/report_reader.h"

#include "core/bundle/manifest_json.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/zip_archive.h"
#include "core/dfu/vendor_client.h"

#include <algorithm>
#include <fstream>

namespace updater {
namespace {

constexpr std::size_t maximumReportBytes = 16 * 1024 * 1024;
constexpr std::size_t maximumLineBytes = 16 * 1024;
constexpr int maximumDepth = 4; // an info object, its list of slots, a slot

tl::unexpected<Error> unusable(const std::string& why)
{
    return fail(ErrorCode::ReportNotUsable, why);
}

std::string_view textOf(contract::ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<nlohmann::json> lineObject(std::string_view line, const std::string& place)
{
    if (line.size() > maximumLineBytes) return unusable(place + ": too long");
    const contract::ByteView bytes{reinterpret_cast<const std::uint8_t*>(line.data()), line.size()};
    Result<nlohmann::json> value = parseStrictJson(bytes, maximumDepth);
    if (!value) return unusable(place + ": " + value.error().detail);
    if (!value->is_object()) return unusable(place + ": not an object");
    return value;
}

/// The text of a member, or nothing if it is not there or no text.
std::string textAt(const nlohmann::json& object, const char* key)
{
    const auto member = object.find(key);
    return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

Result<contract::ByteView> entryOf(std::span<const ZipEntry> entries, std::string_view name)
{
    const auto entry = std::ranges::find(entries, name, &ZipEntry::name);
    if (entry == entries.end()) return unusable("it has no " + std::string(name));
    return entry->bytes;
}

std::string_view withoutLineEnd(std::string_view text)
{
    return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

Result<contract::DeviceStatus> statusOf(std::span<const ZipEntry> entries)
{
    using Status = contract::DeviceStatus;
    TRY_ASSIGN(const contract::ByteView bytes, entryOf(entries, "status.json"));
    TRY_ASSIGN(const nlohmann::json object,
               lineObject(withoutLineEnd(textOf(bytes)), "status.json"));
    if (textAt(object, "type") == "problem")
        return unusable("no device could be read (" + textAt(object, "code") + ")");
    if (textAt(object, "mode") == "application")
        return unusable("it was made while the application ran");
    const std::string raw = textAt(object, "raw");
    Bytes reply(std::min<std::size_t>(raw.size() / 2, Status::encodedBytes + 1));
    if (!parseHex(raw, reply)) return unusable("status.json: raw is not a status in hex");
    Result<Status> status = checkedStatus(reply);
    if (!status) return unusable("status.json: " + status.error().detail);
    return status;
}

/// Adds one line's word behind the words before it.
Result<> addWord(Bytes& journal, std::string_view line, const std::string& place)
{
    constexpr std::size_t wordBytes = contract::flashWordBytes;
    TRY_ASSIGN(const nlohmann::json object, lineObject(line, place));
    const auto word = object.find("word");
    if (word == object.end() || !word->is_number_unsigned())
        return unusable(place + ": word is missing");
    const auto number = word->get<std::uint64_t>();
    if (number >= contract::h755FlashMap.journalWords() || number * wordBytes < journal.size())
        return unusable(place + ": word is out of range or order");
    contract::ByteArray<wordBytes> bytes{};
    if (!parseHex(textAt(object, "raw"), bytes))
        return unusable(place + ": raw is not a flash word in hex");
    journal.resize(number * wordBytes, 0xFF);
    journal.insert(journal.end(), bytes.begin(), bytes.end());
    return {};
}

Result<Bytes> journalOf(std::span<const ZipEntry> entries)
{
    TRY_ASSIGN(const contract::ByteView bytes, entryOf(entries, "journal.json"));
    std::string_view rest = textOf(bytes);
    Bytes journal;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        TRY(addWord(journal, line, "journal.json, line " + std::to_string(number)));
    }
    return journal;
}

} // namespace

Result<ReportedDevice> readReport(contract::ByteView archive)
{
    const Result<std::vector<ZipEntry>> entries = readZip(archive);
    if (!entries) return unusable("not a report: " + entries.error().detail);
    TRY_ASSIGN(const contract::DeviceStatus status, statusOf(*entries));
    TRY_ASSIGN(Bytes journal, journalOf(*entries));
    // While a download is under way the device does not hand out its journal.
    if (journal.size() < std::size_t{status.journalWordsUsed} * contract::flashWordBytes)
        return unusable("it holds only a part of the journal");
    return ReportedDevice{status, std::move(journal)};
}

Result<ReportedDevice> readReportFile(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(maximumReportBytes + 1);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.is_open() || file.bad()) return fail(ErrorCode::FileNotReadable, path.string());
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > maximumReportBytes) return unusable("larger than any report can be");
    return readReport(bytes);
}

} // namespace updater
