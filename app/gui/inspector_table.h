// What the device inspector shows: a pure function of what a device has said. The names of rows are
// translated; values are the words that logs, reports and --json use.
#pragma once

#include <QString>
#include <cstdint>
#include <span>
#include <vector>

namespace gui {

struct BusSnapshot;

struct InspectorRow {
    QString part; ///< "Slot A", "Option bytes", ...
    QString name;
    QString value;
    bool isCode = false; ///< an id or hex, to be read digit by digit

    bool operator==(const InspectorRow&) const = default;
};
using InspectorRows = std::vector<InspectorRow>;

/// Of the chosen device; empty while it is away.
InspectorRows rowsOf(const BusSnapshot& bus);

/// One for each word that is not blank. `sector` is a multiple of 32 bytes long.
InspectorRows journalRows(std::span<const std::uint8_t> sector);

/// For the clipboard and for files: a line for each row, separated by tabs.
QString textOf(const InspectorRows& rows);

} // namespace gui
