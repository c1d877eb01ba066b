#include "wave.h"

namespace {

constexpr uint32_t sampleCount = EXAMPLE_WAVE_SAMPLES;
constexpr uint32_t rowSamples = 64;
constexpr uint32_t rowCount = sampleCount / rowSamples;
static_assert(sampleCount % rowSamples == 0);

struct Samples {
    uint32_t values[sampleCount];
};

struct Rows {
    const uint32_t* starts[rowCount];
};

/// Minsky's circle: two shifted additions a step, exact in integers, and it never drifts off. The
/// bias keeps every sample away from the values of flash addresses.
constexpr Samples computeSamples()
{
    constexpr int64_t amplitude = 1 << 30;
    constexpr int64_t stepsPerRadian = 1 << 14;
    Samples samples{};
    int64_t sine = 0;
    int64_t cosine = amplitude;
    for (uint32_t& sample : samples.values) {
        sample = static_cast<uint32_t>((int64_t{1} << 31) + sine);
        sine += cosine / stepsPerRadian;
        cosine -= sine / stepsPerRadian;
    }
    return samples;
}

constexpr Samples samples = computeSamples();

constexpr Rows computeRows()
{
    Rows rows{};
    for (uint32_t row = 0; row < rowCount; ++row)
        rows.starts[row] = &samples.values[row * rowSamples];
    return rows;
}

constexpr Rows rows = computeRows();

constexpr uint32_t checksum(uint32_t sum, uint32_t sample)
{
    return (sum << 1 | sum >> 31) ^ sample;
}

constexpr uint32_t computeChecksum()
{
    uint32_t sum = 0;
    for (const uint32_t sample : samples.values)
        sum = checksum(sum, sample);
    return sum;
}

constexpr uint32_t expectedChecksum = computeChecksum();

} // namespace

uint32_t wave_sample(uint32_t index)
{
    const uint32_t position = index % sampleCount;
    return rows.starts[position / rowSamples][position % rowSamples];
}

bool wave_is_intact()
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < sampleCount; ++i)
        sum = checksum(sum, wave_sample(i));
    return sum == expectedChecksum;
}
