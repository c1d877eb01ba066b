#include "core/report/redaction.h"

#include "core/report/json_line.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

namespace updater {
namespace {

struct Secret {
    std::string text;
    std::string placeholder;
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

/// Letters, digits and every byte of a longer UTF-8 sequence.
bool isWordByte(char c)
{
    return isAlphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::string replaced(std::string_view text, char from, std::string_view to)
{
    std::string result;
    for (const char c : text) {
        if (c == from) {
            result += to;
        } else {
            result += c;
        }
    }
    return result;
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view plain = "-._~/:";
    std::string result;
    for (const char c : text) {
        if (isAlphanumeric(c) || plain.find(c) != std::string_view::npos) {
            result += c;
        } else {
            const auto value = static_cast<unsigned char>(c);
            result += {'%', digits[value >> 4U], digits[value & 0xFU]};
        }
    }
    return result;
}

std::string jsonEscaped(std::string_view text)
{
    const std::string line = JsonLine().text("", text).str(); // {"":"..."}
    return line.substr(5, line.size() - 7);
}

/// The ways in which a path or a name is spelt in logs. What has no letter or digit is no name.
void addSpellings(std::vector<Secret>& secrets, const std::string& text, const std::string& name)
{
    if (std::none_of(text.begin(), text.end(), isWordByte)) return;
    const std::string slashed = replaced(text, '\\', "/");
    for (const std::string& spelling :
         {text, slashed, replaced(text, '\\', "\\\\"), jsonEscaped(text), jsonEscaped(slashed),
          percentEncoded(slashed)})
        secrets.push_back({spelling, name});
}

std::string withoutLastSlash(std::string path)
{
    while (!path.empty() && (path.back() == '/' || path.back() == '\\'))
        path.pop_back();
    return path;
}

/// Longest first: a serial number that begins like another one is still that one.
std::vector<Secret> secretsOf(const Redaction& redaction)
{
    std::vector<Secret> secrets;
    addSpellings(secrets, redaction.ownSerial, redaction.ownSerial);
    const std::string home = withoutLastSlash(redaction.homeFolder);
    // "/" and "C:" are everybody's.
    if (home.size() > 2) addSpellings(secrets, home, "<home>");
    std::size_t number = 0;
    for (const std::string& serial : redaction.otherSerials)
        addSpellings(secrets, serial, "<other device " + std::to_string(++number) + '>');
    addSpellings(secrets, redaction.userName, "<user>");
    std::stable_sort(secrets.begin(), secrets.end(), [](const Secret& a, const Secret& b) {
        return a.text.size() > b.text.size();
    });
    return secrets;
}

/// True if `word` stands at `at` and is not a part of a longer word.
bool isWordAt(std::string_view text, std::size_t at, std::string_view word)
{
    const auto isSame = [](char a, char b) { return lower(a) == lower(b); };
    const std::string_view found = text.substr(at, word.size());
    if (!std::equal(found.begin(), found.end(), word.begin(), word.end(), isSame)) return false;
    const std::size_t end = at + word.size();
    const bool startsInside = at > 0 && isWordByte(text[at - 1]) && isWordByte(word.front());
    const bool endsInside = end < text.size() && isWordByte(text[end]) && isWordByte(word.back());
    return !startsInside && !endsInside;
}

/// The first variable that is set.
std::string environment(std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return value;
    }
    return {};
}

} // namespace

std::string redacted(std::string_view text, const Redaction& redaction)
{
    const std::vector<Secret> secrets = secretsOf(redaction);
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto secret = std::find_if(secrets.begin(), secrets.end(), [&](const Secret& s) {
            return isWordAt(text, at, s.text);
        });
        if (secret == secrets.end()) {
            result += text[at++];
        } else {
            result += secret->placeholder;
            at += secret->text.size();
        }
    }
    return result;
}

Redaction personalNames()
{
    return {.homeFolder = environment({"HOME", "USERPROFILE"}),
            .userName = environment({"USER", "LOGNAME", "USERNAME"}),
            .ownSerial = {},
            .otherSerials = {}};
}

} // namespace updater
