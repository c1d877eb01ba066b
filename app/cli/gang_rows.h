// A run as it happens: a row for each unit on a terminal, a line for each step elsewhere.
#pragma once

#include "cli/output.h"
#include "plan/gang.h"

namespace cli {

class GangRows final : public plan::GangView {
public:
    GangRows(Output& output, const std::vector<plan::Unit>& units);

    void stepBegan(std::size_t unit, const std::string& path, const std::string& name) override;
    void stepEnded(std::size_t unit, const plan::StepResult& result) override;
    void unitEnded(std::size_t unit, const plan::UnitResult& result) override;

private:
    struct Row {
        std::string unit;
        std::string now;
        std::uint64_t passed = 0;
        std::uint64_t failed = 0;
    };
    bool isLive() const { return m_output.style().isTerminal && !m_output.style().json; }
    void draw();

    std::mutex m_lock;
    Output& m_output;
    std::vector<Row> m_rows;
    bool m_isDrawn = false;
};

} // namespace cli
