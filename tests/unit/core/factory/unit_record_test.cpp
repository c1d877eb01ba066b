#include "core/factory/unit_record.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace updater;

namespace {

/// A folder of its own, gone afterwards.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("h755-units-" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }

    std::filesystem::path file(const char* name, std::string_view text) const
    {
        std::ofstream(path / name, std::ios::binary) << text;
        return path / name;
    }
    std::string text(const char* name) const
    {
        std::ifstream stream(path / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
};

UnitRow unit(std::string uniqueId)
{
    UnitRow row;
    row.uniqueId = std::move(uniqueId);
    return row;
}

const std::vector<std::string> labels{"H1", "H2", "H3"};

} // namespace

TEST_CASE("each unit gets the next label, once and for all", "[factory]")
{
    const Folder folder;
    {
        Result<UnitRecord> record = UnitRecord::open(folder.path / "units.csv");
        REQUIRE(record);
        CHECK(*record->reserve(labels, unit("AA")) == "H1");
        CHECK(*record->reserve(labels, unit("BB")) == "H2");
        CHECK(*record->reserve(labels, unit("AA")) == "H1"); // programmed again
    }
    Result<UnitRecord> record = UnitRecord::open(folder.path / "units.csv");
    REQUIRE(record);
    CHECK(*record->reserve(labels, unit("BB")) == "H2");
    CHECK(*record->reserve(labels, unit("")) == "H3"); // unknown: nobody else gets it
    const Result<std::string> none = record->reserve(labels, unit("CC"));
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::BadArguments);
}

TEST_CASE("a record is used by one program at a time", "[factory]")
{
    const Folder folder;
    const Result<UnitRecord> record = UnitRecord::open(folder.path / "units.csv");
    REQUIRE(record);
    const Result<UnitRecord> second = UnitRecord::open(folder.path / "units.csv");
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::FileNotWritable);
}

TEST_CASE("a row that a crash has cut off still uses its label up", "[factory]")
{
    const Folder folder;
    const auto path =
        folder.file("units.csv", "time,label,unique_id,port,rom,release,bootloader_sha256,result\n"
                                 "2026-01-01T00:00:00Z,H1,A");
    {
        Result<UnitRecord> record = UnitRecord::open(path);
        REQUIRE(record);
        CHECK(*record->reserve(labels, unit("AA")) == "H2");
    }
    CHECK(folder.text("units.csv").find("H1,A\n") != std::string::npos);
}

TEST_CASE("another file is not taken for a record and stays as it is", "[factory]")
{
    const Folder folder;
    const auto path = folder.file("letter.txt", "Dear Sir,\n");
    const Result<UnitRecord> record = UnitRecord::open(path);
    REQUIRE_FALSE(record);
    CHECK(record.error().code == ErrorCode::FileNotReadable);
    CHECK(folder.text("letter.txt") == "Dear Sir,\n");
}

TEST_CASE("a field cannot make another column or row", "[factory]")
{
    const Folder folder;
    Result<UnitRecord> record = UnitRecord::open(folder.path / "units.csv");
    REQUIRE(record);
    UnitRow row = unit("AA");
    row.label = "H1";
    row.result = "a,b\n=\"c";
    REQUIRE(record->add(row));
    CHECK(folder.text("units.csv").find(",H1,AA,,,,,a_b_=_c\n") != std::string::npos);
}

TEST_CASE("labels are checked before the first is used", "[factory]")
{
    const Folder folder;
    CHECK(*readLabels(folder.file("good", "# batch 7\nH1\r\n\nH-2.b_3\n")) ==
          std::vector<std::string>{"H1", "H-2.b_3"});
    CHECK_FALSE(readLabels(folder.file("twice", "H1\nH1\n")));
    CHECK_FALSE(readLabels(folder.file("comma", "H1,2\n")));
    CHECK_FALSE(readLabels(folder.path / "missing"));
}
