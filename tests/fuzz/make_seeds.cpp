// make_seeds FOLDER: writes the first inputs of every target to FOLDER/TARGET, from real releases
// and real histories. The kept corpus has grown from them.
#include "fixed_random.h"
#include "seeds.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace fuzz;

namespace {

void write(const std::filesystem::path& folder, const std::vector<Bytes>& seeds)
{
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        std::ofstream file(folder / ("seed-" + std::to_string(i)), std::ios::binary);
        file.write(reinterpret_cast<const char*>(seeds[i].data()),
                   static_cast<std::streamsize>(seeds[i].size()));
    }
    std::printf("%zu seeds in %s\n", seeds.size(), folder.c_str());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) return 2;
    fixRandomNumbers();
    const std::filesystem::path folder = argv[1];
    write(folder / "device_requests", requestSeeds());
    write(folder / "device_stream_header", headerSeeds());
    write(folder / "device_image", imageSeeds());
    write(folder / "device_journal", journalSeeds());
    write(folder / "host_bundle", bundleSeeds());
    write(folder / "host_manifest", manifestSeeds());
    write(folder / "host_stream", streamSeeds());
    write(folder / "host_device_replies", replySeeds());
    write(folder / "host_text", textSeeds());
    return 0;
}
