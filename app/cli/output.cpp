#include "cli/output.h"

namespace cli {

void Output::result(const JsonLine& json, std::string_view text)
{
    endLine();
    if (m_style.json) {
        m_results << json.str() << std::endl;
    } else {
        m_results << text << std::endl;
    }
}

int Output::error(const updater::Error& error)
{
    const updater::ErrorText& text = updater::errorText(error.code);
    const std::string label = updater::errorLabel(error.code);
    endLine();
    if (m_style.json) {
        event(JsonLine("error")
                  .text("code", label)
                  .text("name", text.name)
                  .number("exitCode", static_cast<unsigned>(updater::exitCode(error.code)))
                  .text("cause", text.cause)
                  .text("remedy", text.remedy)
                  .text("detail", error.detail));
    }
    m_notes << "error " << label << ": " << text.cause;
    if (!error.detail.empty()) m_notes << " (" << error.detail << ')';
    m_notes << '\n' << text.remedy << std::endl;
    return updater::exitCode(error.code);
}

void Output::note(std::string_view text)
{
    endLine();
    if (!m_style.json) m_notes << text << std::endl;
}

void Output::redraw(std::string_view line)
{
    const std::size_t leftOver = m_drawnColumns > line.size() ? m_drawnColumns - line.size() : 0;
    m_notes << '\r' << line << std::string(leftOver, ' ') << std::flush;
    m_drawnColumns = line.size();
}

void Output::recorded(std::string_view line)
{
    if (m_style.json) m_results << line << std::endl;
}

void Output::plain(std::string_view text)
{
    endLine();
    m_results << text << std::flush;
}

void Output::event(const JsonLine& json)
{
    if (m_style.json) m_results << json.str() << std::endl;
}

void Output::endLine()
{
    if (m_drawnColumns != 0) m_notes << '\n';
    m_drawnColumns = 0;
}

} // namespace cli
