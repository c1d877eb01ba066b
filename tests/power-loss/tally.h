// What came of a number of cuts.
#pragma once

#include "oracle.h"

#include <iosfwd>

namespace power_loss {

struct Tally {
    static constexpr std::size_t kinds = 7; ///< of Finding
    static constexpr std::size_t mostFailures = 5;

    std::uint64_t operations = 0; ///< of the uncut flow
    std::uint64_t cuts = 0;
    std::uint64_t ranTarget = 0;
    std::uint64_t ranOther = 0;
    std::uint64_t updateMode = 0;
    std::array<std::uint64_t, kinds> findings{};
    std::vector<std::string> failures; ///< the first few, with the options that reproduce them

    void note(const std::optional<Finding>& finding, const Aftermath& found, Release target,
              const std::string& options);
    void fail(const std::string& text);
    void add(const Tally& other); ///< another shard of the same flow
    std::uint64_t of(Finding::Kind kind) const { return findings[static_cast<std::size_t>(kind)]; }
    bool isGood() const { return failures.empty(); }
};

std::string_view nameOf(Finding::Kind kind);

/// Between processes.
void write(std::ostream& out, const Tally& tally);
Tally readTally(std::istream& in);

void printHeader();
void printRow(const std::string& name, const Tally& tally);

} // namespace power_loss
