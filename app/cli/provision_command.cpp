#include "cli/command.h"
#include "core/bundle/text_forms.h"
#include "core/factory/provision.h"
#include "core/factory/unit_record.h"

#include <array>
#include <ctime>

namespace cli {
namespace {

using updater::FactoryBundle;
using updater::Provisioning;
using updater::UnitRecord;
using updater::UnitRow;

constexpr std::string_view afterwards =
    "now set BOOT0 low and switch the power off and on; waiting for the unit to start";

std::string utcTime()
{
    const std::time_t now = std::time(nullptr);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
    return text.data();
}

std::string romText(const std::optional<std::uint8_t>& version)
{
    if (!version) return "";
    return std::to_string(*version >> 4) + '.' + std::to_string(*version & 0x0F);
}

UnitRow rowOf(const updater::ProvisionedUnit& unit, const FactoryBundle& bundle)
{
    UnitRow row;
    row.time = utcTime();
    row.uniqueId = unit.uniqueId;
    row.portPath = unit.portPath;
    row.romVersion = romText(unit.romVersion);
    row.release = updater::versionText(bundle.release.manifest().releaseVersion);
    row.bootloaderHash = updater::hexText(updater::sha256(bundle.bootloader));
    return row;
}

/// One line for each percent.
class PercentView {
public:
    explicit PercentView(Output& output) : m_output(output) {}

    void show(std::size_t bytesDone, std::size_t bytesTotal)
    {
        const std::size_t percent = bytesDone * 100 / bytesTotal;
        if (percent == m_shown) return;
        m_shown = percent;
        m_output.redraw(std::to_string(percent) + " %  programming, may be unplugged");
        m_output.event(JsonLine("progress").text("step", "programming").number("percent", percent));
    }

private:
    Output& m_output;
    std::optional<std::size_t> m_shown;
};

/// A record and labels only for lines that want them.
class Line {
public:
    static Result<Line> open(const ProvisionOptions& options)
    {
        Line line;
        if (options.record.empty() && options.labels.empty()) return line;
        if (options.record.empty())
            return fail(updater::ErrorCode::BadArguments, "--labels needs --record");
        TRY_ASSIGN(auto record, UnitRecord::open(options.record));
        line.m_record.emplace(std::move(record));
        if (options.labels.empty()) return line;
        TRY_ASSIGN(line.m_labels, updater::readLabels(options.labels));
        line.m_hasLabels = true;
        return line;
    }

    Result<std::string> reserve(const UnitRow& row)
    {
        return m_hasLabels ? m_record->reserve(m_labels, row) : Result<std::string>(std::string());
    }

    Result<> add(UnitRow row, const std::string& label, const std::string& result)
    {
        row.label = label;
        row.result = result;
        return m_record ? m_record->add(row) : Result<>();
    }

private:
    std::optional<UnitRecord> m_record;
    std::vector<std::string> m_labels;
    bool m_hasLabels = false;
};

Result<> program(const Command& command, Provisioning& unit, const FactoryBundle& bundle,
                 const ProvisionOptions& options)
{
    PercentView view(command.output);
    TRY(unit.write(
        bundle, [&view](std::size_t done, std::size_t total) { view.show(done, total); },
        command.stop));
    if (!options.waits) return {};
    command.output.note(afterwards);
    command.output.event(JsonLine("progress").text("step", "waiting for start"));
    TRY(unit.waitForStart(bundle, command.timeoutMs, command.stop));
    return {};
}

void tell(Output& output, const UnitRow& row, const std::string& label, std::string_view result)
{
    std::string text =
        std::string(result) + ": release " + row.release + " on port " + row.portPath;
    if (!row.uniqueId.empty()) text += ", unit " + row.uniqueId;
    if (!label.empty()) text += ", label " + label;
    JsonLine json("result");
    json.text("outcome", result).text("id", row.uniqueId).text("port", row.portPath);
    json.text("label", label).text("rom", row.romVersion).text("release", row.release);
    json.text("bootloaderSha256", row.bootloaderHash);
    output.result(json, text);
}

} // namespace

Result<> provision(const Command& command, const ProvisionOptions& options)
{
    TRY_ASSIGN(const FactoryBundle bundle, updater::openFactoryBundle(options.file));
    TRY_ASSIGN(Line line, Line::open(options));
    TRY_ASSIGN(const auto transport, command.openTransport());
    TRY_ASSIGN(Provisioning unit, Provisioning::begin(*transport, command.selector.portPath()));
    TRY_ASSIGN(const std::string label, line.reserve(rowOf(unit.unit(), bundle)));
    Result<> done = program(command, unit, bundle, options);
    const UnitRow row = rowOf(unit.unit(), bundle);
    const std::string_view result = options.waits ? "started" : "programmed";
    TRY(line.add(row, label, done ? std::string(result) : updater::errorLabel(done.error().code)));
    if (!done) return done;
    tell(command.output, row, label, result);
    command.output.note("option bytes BCM4, BOR_LEV and WRP are not set through the ROM loader: "
                        "use the line's programmer or h755ctl rescue (docs/factory.md)");
    return {};
}

} // namespace cli
