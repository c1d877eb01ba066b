#include "support/tiny_map.h"
#include "virtual/state_file.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <unistd.h>

using namespace virtual_h755;
using test_support::smallMap;
using test_support::tinyMap;

namespace {

/// A file that goes with the test, in a folder with a space in its name.
struct TemporaryFile {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("h755 state " + std::to_string(getpid()));
    std::filesystem::path path = folder / "board.state";

    TemporaryFile() { std::filesystem::create_directories(folder); }
    ~TemporaryFile() { std::filesystem::remove_all(folder); }
};

BoardState sampleState()
{
    BoardState state(tinyMap);
    state.flash.bytes[100] = 0x12;
    state.flash.cells[3] = Cell::Programmed;
    state.flash.cells[4] = Cell::Flaky;
    state.flash.optionBytes.bootCm4 = 1;
    state.backup[31] = 0xDEAD'BEEF;
    return state;
}

void flipByte(const std::filesystem::path& path, std::streamoff at)
{
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 1));
}

} // namespace

TEST_CASE("a saved board comes back as it was", "[virtual][state]")
{
    TemporaryFile file;
    REQUIRE(saveState(file.path, sampleState()).empty());
    BoardState read(tinyMap);
    REQUIRE(loadState(file.path, read).empty());
    REQUIRE(read == sampleState());
}

TEST_CASE("saving replaces an older state and leaves no other file", "[virtual][state]")
{
    TemporaryFile file;
    REQUIRE(saveState(file.path, BoardState(tinyMap)).empty());
    REQUIRE(saveState(file.path, sampleState()).empty());
    BoardState read(tinyMap);
    REQUIRE(loadState(file.path, read).empty());
    REQUIRE(read == sampleState());
    const std::filesystem::directory_iterator entries(file.folder);
    REQUIRE(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("a damaged state is refused and changes nothing", "[virtual][state]")
{
    const std::streamoff at = GENERATE(0, 9, 13, 20, 150, 3000);
    TemporaryFile file;
    REQUIRE(saveState(file.path, sampleState()).empty());
    flipByte(file.path, at);
    BoardState read(tinyMap);
    REQUIRE_FALSE(loadState(file.path, read).empty());
    REQUIRE(read == BoardState(tinyMap));
}

TEST_CASE("a truncated state is refused", "[virtual][state]")
{
    TemporaryFile file;
    REQUIRE(saveState(file.path, sampleState()).empty());
    std::filesystem::resize_file(file.path, 5000);
    BoardState read(tinyMap);
    REQUIRE_FALSE(loadState(file.path, read).empty());
}

TEST_CASE("a longer state is refused", "[virtual][state]")
{
    TemporaryFile file;
    REQUIRE(saveState(file.path, sampleState()).empty());
    std::ofstream(file.path, std::ios::app) << "x";
    BoardState read(tinyMap);
    REQUIRE_FALSE(loadState(file.path, read).empty());
}

TEST_CASE("the state of another flash is refused", "[virtual][state]")
{
    TemporaryFile file;
    REQUIRE(saveState(file.path, BoardState(smallMap)).empty());
    BoardState read(tinyMap);
    REQUIRE_FALSE(loadState(file.path, read).empty());
}

TEST_CASE("a state that cannot be written is reported", "[virtual][state]")
{
    REQUIRE_FALSE(saveState("/nowhere at all/board.state", sampleState()).empty());
}
