#include "core/report/redaction.h"

#include <catch2/catch.hpp>

using updater::redacted;
using updater::Redaction;

namespace {

Redaction person(std::string home, std::string user)
{
    return {std::move(home), std::move(user), {}, {}};
}

} // namespace

TEST_CASE("home, user and other devices get placeholders", "[report]")
{
    const Redaction redaction{"/home/jo", "jo", "31002A", {"31002B", "31002C"}};
    CHECK(redacted("jo opened /home/jo/new.h755", redaction) == "<user> opened <home>/new.h755");
    CHECK(redacted("31002A, 31002B, 31002C, 31002b", redaction) ==
          "31002A, <other device 1>, <other device 2>, <other device 1>");
    CHECK(redacted("", redaction).empty());
}

TEST_CASE("parts of longer words stay", "[report]")
{
    const Redaction redaction{"/home/jo", "jo", {}, {"12"}};
    CHECK(redacted("/home/john journal banjo 123 0x12", redaction) ==
          "/home/john journal banjo 123 0x12");
    CHECK(redacted("/home/jo_backup jo-1 (jo)", redaction) == "<home>_backup <user>-1 (<user>)");
}

TEST_CASE("a home path is found however it is spelt", "[report]")
{
    const Redaction redaction =
        person("C:\\Users\\J\u00f6rg M\u00fcller\\", "J\u00f6rg M\u00fcller");
    CHECK(redacted("C:\\Users\\J\u00f6rg M\u00fcller\\x", redaction) == "<home>\\x");
    CHECK(redacted("c:\\users\\J\u00f6rg m\u00fcller", redaction) == "<home>");
    CHECK(redacted("C:/Users/J\u00f6rg M\u00fcller/x", redaction) == "<home>/x");
    CHECK(redacted("C:\\\\Users\\\\J\u00f6rg M\u00fcller\\\\x", redaction) == "<home>\\\\x");
    CHECK(redacted(R"("C:\\Users\\J\u00f6rg M\u00fcller")", redaction) == R"("<home>")");
    CHECK(redacted("file:///C:/Users/J%C3%B6rg%20M%c3%bcller/x", redaction) == "file:///<home>/x");
    CHECK(redacted("D:\\backup\\J\u00f6rg M\u00fcller", redaction) == "D:\\backup\\<user>");
    CHECK(redacted("J\u00f6rg", redaction) == "J\u00f6rg");
}

TEST_CASE("unicode names end where the word ends", "[report]")
{
    const Redaction redaction = person("/home/\u674e", "\u674e");
    CHECK(redacted("/home/\u674e/x, \u674e", redaction) == "<home>/x, <user>");
    CHECK(redacted("\u674e\u674e", redaction) == "\u674e\u674e");
}

TEST_CASE("a hostile user name is only text", "[report][hostile]")
{
    CHECK(redacted("a.*b and .*b", person("", ".*b")) == "a<user> and <user>");
    CHECK(redacted("$(rm -rf x) [a-z]", person("", "$(rm -rf x)")) == "<user> [a-z]");
    CHECK(redacted("see <home> device user", person("/home/device", "device")) ==
          "see <home> <user> user");
    CHECK(redacted("user jo", person("/home/x", "user")) == "<user> jo");
    CHECK(redacted("<user> home", person("/home/x", "home")) == "<user> <user>");
}

TEST_CASE("what names nobody stays", "[report][hostile]")
{
    const std::string text = "a / b \\ c . - C:\\x \"quoted\"";
    CHECK(redacted(text, person("", "")) == text);
    CHECK(redacted(text, person("/", ".")) == text);
    CHECK(redacted(text, person("C:\\", "\"")) == text);
    CHECK(redacted(text, person("//", " ")) == text);
}

TEST_CASE("the device of the case keeps its serial number", "[report]")
{
    CHECK(redacted("ABC123 ABC12", {"", "ABC123", "ABC123", {"ABC12"}}) ==
          "ABC123 <other device 1>");
}

TEST_CASE("text of any bytes comes through", "[report][hostile]")
{
    const std::string bytes("\0\xff\xc3\x80\n\x1b[2J", 9);
    CHECK(redacted(bytes, person("/home/jo", "jo")) == bytes);
    CHECK(redacted("\xff"
                   "jo \xff",
                   person("/home/jo", "jo")) == "\xff"
                                                "jo \xff");
    CHECK(redacted("jo", person("/home/jo", "\xff")) == "jo");
}
