// Runs a fuzz target without a fuzzer: the kept corpus, then seeded mutations of it. The same
// inputs on every machine.
//
//   TARGET CORPUS MUTATIONS CRASH    an input that crashes is written to CRASH
//   TARGET INPUT                     one input, to reproduce one
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

/// Exists only in builds with sanitizers, whose reports end without SIGABRT.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t longestInputBytes = 65'536;

Bytes read(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Bytes> readCorpus(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end()); // the names are digests of the contents
    std::vector<Bytes> corpus;
    for (const std::filesystem::path& path : paths)
        corpus.push_back(read(path));
    return corpus;
}

class Mutator {
public:
    explicit Mutator(const std::vector<Bytes>& corpus) : m_corpus(corpus) {}

    Bytes next()
    {
        Bytes bytes = any();
        for (std::size_t i = below(6) + 1; i > 0; --i)
            change(bytes);
        bytes.resize(std::min(bytes.size(), longestInputBytes));
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }
    const Bytes& any() { return m_corpus[below(m_corpus.size())]; }
    std::uint8_t byte() { return static_cast<std::uint8_t>(m_random()); }

    void change(Bytes& bytes)
    {
        constexpr std::uint8_t telling[] = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};
        if (bytes.empty()) bytes.push_back(byte());
        const std::size_t at = below(bytes.size());
        const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(7)) {
        case 0: bytes[at] ^= static_cast<std::uint8_t>(1U << below(8)); break;
        case 1: bytes[at] = byte(); break;
        case 2: bytes[at] = telling[below(std::size(telling))]; break;
        case 3: bytes.insert(place, byte()); break;
        case 4:
            bytes.erase(place, place + static_cast<std::ptrdiff_t>(lengthFrom(bytes, at)));
            break;
        case 5: overwrite(bytes, at, any()); break;
        default: splice(bytes, at, any());
        }
    }
    std::size_t lengthFrom(const Bytes& bytes, std::size_t at)
    {
        return std::min<std::size_t>(1 + below(16), bytes.size() - at);
    }
    void overwrite(Bytes& bytes, std::size_t at, const Bytes& with)
    {
        const std::size_t from = with.empty() ? 0 : below(with.size());
        const std::size_t count = std::min(lengthFrom(bytes, at), with.size() - from);
        std::copy_n(with.begin() + static_cast<std::ptrdiff_t>(from), count,
                    bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    /// The head of one input and the tail of another.
    void splice(Bytes& bytes, std::size_t at, const Bytes& with)
    {
        const std::size_t from = with.empty() ? 0 : below(with.size());
        bytes.resize(at);
        bytes.insert(bytes.end(), with.begin() + static_cast<std::ptrdiff_t>(from), with.end());
    }

    const std::vector<Bytes>& m_corpus;
    std::mt19937_64 m_random{1};
};

/// What runs, for the case that it crashes.
const Bytes* current = nullptr;
std::string crashPath;

void keepCrash()
{
    if (current == nullptr || crashPath.empty()) return;
    std::ofstream(crashPath, std::ios::binary)
        .write(reinterpret_cast<const char*>(current->data()),
               static_cast<std::streamsize>(current->size()));
    std::fprintf(stderr, "the input is kept in %s\n", crashPath.c_str());
    current = nullptr;
}

void run(const Bytes& bytes)
{
    // A copy of exactly its size: reading behind the input is an error that ASan sees.
    const Bytes exact(bytes.begin(), bytes.end());
    current = &bytes;
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    current = nullptr;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 2) {
        run(read(argv[1]));
        return 0;
    }
    if (argc != 4) return 2;
    crashPath = argv[3];
    std::signal(SIGABRT, [](int) { keepCrash(); });
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keepCrash);

    const std::vector<Bytes> corpus = readCorpus(argv[1]);
    const int mutations = std::atoi(argv[2]);
    if (corpus.empty()) {
        std::fprintf(stderr, "no corpus in %s\n", argv[1]);
        return 1;
    }
    for (const Bytes& bytes : corpus)
        run(bytes);
    Mutator mutator(corpus);
    for (int i = 0; i < mutations; ++i)
        run(mutator.next());
    std::printf("%zu inputs and %d mutations\n", corpus.size(), mutations);
    return 0;
}
