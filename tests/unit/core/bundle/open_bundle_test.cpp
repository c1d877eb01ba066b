#include "bundle_parts.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <unistd.h>

using namespace bundle_test;
using updater::openBundle;

namespace {

/// A folder with a space in its name, gone at the end.
class Folder {
public:
    Folder()
        : m_path(std::filesystem::temp_directory_path() /
                 ("h755 bundle test " + std::to_string(getpid())))
    {
        std::filesystem::create_directories(m_path);
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path file(const Bytes& bytes) const
    {
        const auto path = m_path / "release 1.h755";
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), long(bytes.size()));
        return path;
    }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

ErrorCode refusalOfFile(const std::filesystem::path& path)
{
    const auto bundle = openBundle(path, test_support::trustFor(tinyMap));
    REQUIRE_FALSE(bundle);
    return bundle.error().code;
}

} // namespace

TEST_CASE("a bundle is read from a file", "[open-bundle]")
{
    const Folder folder;
    CHECK(openBundle(folder.file(tinyBundle()), test_support::trustFor(tinyMap)));
}

TEST_CASE("a file that changes after it was opened does not change the bundle", "[open-bundle]")
{
    const Folder folder;
    const auto path = folder.file(tinyBundle());
    const auto bundle = openBundle(path, test_support::trustFor(tinyMap));
    REQUIRE(bundle);
    const Bytes before(bundle->stream().begin(), bundle->stream().end());
    folder.file(Bytes(before.size(), 0));
    CHECK(std::ranges::equal(bundle->stream(), before));
}

TEST_CASE("a file that cannot be read says so", "[open-bundle]")
{
    const Folder folder;
    CHECK(refusalOfFile(folder.path() / "missing.h755") == ErrorCode::FileNotReadable);
    CHECK(refusalOfFile(folder.path()) == ErrorCode::FileNotReadable);
}

TEST_CASE("a file over the limit is refused by its size", "[open-bundle]")
{
    const Folder folder;
    const auto path = folder.file({});
    std::filesystem::resize_file(path, 64ULL * 1024 * 1024 * 1024); // sparse
    CHECK(refusalOfFile(path) == ErrorCode::BundleTooLarge);
}

TEST_CASE("a file without an end is read up to the limit", "[open-bundle]")
{
    CHECK(refusalOfFile("/dev/zero") == ErrorCode::BundleTooLarge);
}

TEST_CASE("an empty file is not a bundle", "[open-bundle]")
{
    const Folder folder;
    CHECK(refusalOfFile(folder.file({})) == ErrorCode::BundleNotZip);
}
