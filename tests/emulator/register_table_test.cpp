// The port's register headers against this folder's own table: two people have typed the same facts
// from the reference manual, and a slip of one shows here.
#include "emulator/hex.h"
#include "emulator/register_table.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>

using namespace emulator;

namespace {

using Values = std::map<std::string, std::uint32_t>;

/// A literal with ' and U, or a name that came before.
std::optional<std::uint32_t> evaluateTerm(std::string text, const Values& known)
{
    std::erase(text, '\'');
    std::erase(text, ' ');
    if (const auto name = known.find(text); name != known.end()) return name->second;
    if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])) == 0) return std::nullopt;
    if (text.back() == 'U') text.pop_back();
    std::size_t used = 0;
    const unsigned long value = std::stoul(text, &used, 0);
    if (used != text.size()) return std::nullopt;
    return static_cast<std::uint32_t>(value);
}

/// Sums and unions of `term` and `term << term`.
std::optional<std::uint32_t> evaluate(const std::string& text, const Values& known)
{
    static const std::regex separator(R"([+|])");
    std::uint32_t result = 0;
    for (std::sregex_token_iterator part(text.begin(), text.end(), separator, -1), end; part != end;
         ++part) {
        const std::string term = *part;
        const std::size_t shift = term.find("<<");
        const auto left = evaluateTerm(term.substr(0, shift), known);
        const auto right =
            shift == std::string::npos ? 0U : evaluateTerm(term.substr(shift + 2), known);
        if (!left || !right) return std::nullopt;
        result |= *left << *right;
    }
    return result;
}

struct Parsed {
    Values values;
    std::size_t declarations = 0;
    std::vector<std::string> unreadable;
};

void parse(std::istream& text, Parsed& result)
{
    static const std::regex declaration(
        R"(^\s*inline constexpr std::uint32_t (\w+) = ([^;]+);.*$)");
    std::string line;
    while (std::getline(text, line)) {
        if (line.find("constexpr") == std::string::npos) continue;
        ++result.declarations;
        std::smatch match;
        const bool isDeclaration = std::regex_match(line, match, declaration);
        const auto value = isDeclaration ? evaluate(match[2], result.values) : std::nullopt;
        if (value) {
            result.values[match[1]] = *value;
        } else {
            result.unreadable.push_back(line);
        }
    }
}

Parsed portRegisters()
{
    Parsed result;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(H755_PORT_DIR)) {
        const std::string name = entry.path().filename();
        if (name.find("registers.h") == std::string::npos || name == "backup_registers.h") continue;
        std::ifstream file(entry.path());
        parse(file, result);
        ++files;
    }
    REQUIRE(files >= 5);
    return result;
}

} // namespace

TEST_CASE("Every register and field of the port is in the emulator's own table", "[registers]")
{
    const Parsed port = portRegisters();
    for (const std::string& line : port.unreadable)
        FAIL_CHECK("not understood: " << line);
    CHECK(port.declarations >= 150);
    for (const auto& [name, value] : port.values) {
        const RegisterFact* const fact = findFact(name);
        if (fact == nullptr) {
            FAIL_CHECK("unknown to the table: " << name << " = " << hex(value));
        } else if (fact->value != value) {
            FAIL_CHECK(name << " is " << hex(value) << ", the table has " << hex(fact->value));
        }
    }
}

TEST_CASE("The register table does not contradict itself", "[registers]")
{
    for (const auto facts : registerTable) {
        for (const RegisterFact& fact : facts)
            CHECK(findFact(fact.name)->value == fact.value);
    }
}

TEST_CASE("The parser of register headers sees wrong and unreadable lines", "[registers]")
{
    std::istringstream text("inline constexpr std::uint32_t A = 0x5802'4400; // comment\n"
                            "inline constexpr std::uint32_t B = 3U << 20;\n"
                            "inline constexpr std::uint32_t C = B | 1U << 2;\n"
                            "inline constexpr std::uint32_t D = f(3);\n"
                            "inline constexpr int E = 3;\n");
    Parsed parsed;
    parse(text, parsed);
    CHECK(parsed.declarations == 5);
    CHECK(parsed.values == Values{{"A", 0x5802'4400}, {"B", 0x30'0000}, {"C", 0x30'0004}});
    CHECK(parsed.unreadable.size() == 2);
}
