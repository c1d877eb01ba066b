// Where results, progress and errors go: results to stdout, the rest to stderr; with --json one
// JSON object a line on stdout for everything.
#pragma once

#include "core/report/json_line.h"
#include "core/result.h"

#include <ostream>

namespace cli {

using updater::JsonLine;

class Output {
public:
    struct Style {
        bool json = false;
        bool isTerminal = false; ///< stderr: a bar that redraws itself
    };

    Output(std::ostream& results, std::ostream& notes, Style style)
        : m_results(results), m_notes(notes), m_style(style)
    {
    }

    const Style& style() const { return m_style; }
    void setJson(bool json) { m_style.json = json; }

    /// The same news, once for programs and once for people.
    void result(const JsonLine& json, std::string_view text);

    /// Cause and remedy of a failure; returns the exit code.
    int error(const updater::Error& error);

    /// For people only, on stderr; nothing with --json.
    void note(std::string_view text);

    /// The line that the next call replaces, on a terminal.
    void redraw(std::string_view line);

    /// A line of JSON that is made already; for programs only.
    void recorded(std::string_view line);

    /// What is the same for programs and people.
    void plain(std::string_view text);

    /// For programs only.
    void event(const JsonLine& json);

private:
    void endLine();

    std::ostream& m_results;
    std::ostream& m_notes;
    Style m_style;
    std::size_t m_drawnColumns = 0; ///< of a line that is not ended yet
};

} // namespace cli
