#include "plan/svg_chart.h"

#include "plan/xml_text.h"

#include <algorithm>

namespace plan {
namespace {

constexpr std::uint64_t width = 760;
constexpr std::uint64_t labelColumn = 260;
constexpr std::uint64_t barHeight = 14;
constexpr std::uint64_t rowHeight = 22;
constexpr std::uint64_t chartHeight = 200;
constexpr std::size_t maximumPoints = 400;

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

std::string open(std::uint64_t height, const std::string& title)
{
    return "<svg viewBox=\"0 0 " + number(width) + ' ' + number(height) +
           "\" role=\"img\" aria-label=\"" + xmlText(title) + "\"><title>" + xmlText(title) +
           "</title>\n";
}

std::string text(std::uint64_t x, std::uint64_t y, std::string_view words, std::string_view anchor)
{
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + xmlText(words) + "</text>\n";
}

std::string bar(std::string_view kind, std::uint64_t x, std::uint64_t y, std::uint64_t bytes)
{
    return "<rect class=\"" + std::string(kind) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
           "\" width=\"" + number(std::max<std::uint64_t>(bytes, 1)) + "\" height=\"" +
           number(barHeight) + "\"/>\n";
}

/// The slowest of each stretch stands for it, a failure in any case.
std::vector<Point> thinned(const std::vector<Point>& points)
{
    if (points.size() <= maximumPoints) return points;
    std::vector<Point> result(maximumPoints);
    for (std::size_t i = 0; i < points.size(); ++i) {
        Point& kept = result[i * maximumPoints / points.size()];
        kept.ms = std::max(kept.ms, points[i].ms);
        kept.isFailure = kept.isFailure || points[i].isFailure;
    }
    return result;
}

} // namespace

std::string phaseChart(const std::vector<PhaseQuantiles>& phases)
{
    constexpr std::uint64_t valueColumn = 90;
    std::uint64_t longest = 1;
    for (const PhaseQuantiles& phase : phases)
        longest = std::max(longest, phase.ms.p99);
    const auto at = [longest](std::uint64_t ms) {
        return ms * (width - labelColumn - valueColumn) / longest;
    };
    std::string svg = open(rowHeight * (phases.size() + 1), "Milliseconds by phase");
    std::uint64_t y = 4;
    for (const PhaseQuantiles& phase : phases) {
        svg += text(labelColumn - 8, y + barHeight - 3, phase.phase, "end");
        svg += bar("p99", labelColumn, y, at(phase.ms.p99));
        svg += bar("p95", labelColumn, y, at(phase.ms.p95));
        svg += bar("p50", labelColumn, y, at(phase.ms.p50));
        svg += text(labelColumn + at(phase.ms.p99) + 6, y + barHeight - 3,
                    number(phase.ms.p50) + " ms", "start");
        y += rowHeight;
    }
    return svg + "</svg>\n";
}

std::string durationChart(const std::vector<Point>& all)
{
    const std::vector<Point> points = thinned(all);
    std::uint64_t longest = 1;
    for (const Point& point : points)
        longest = std::max(longest, point.ms);
    constexpr std::uint64_t left = 60;
    constexpr std::uint64_t bottom = chartHeight - 16;
    std::string svg = open(chartHeight, "Milliseconds of each execution, in their order");
    svg += text(left - 6, 20, number(longest), "end") + text(left - 6, bottom, "0 ms", "end");
    svg += "<path class=\"axis\" d=\"M" + number(left) + " 10V" + number(bottom) + 'H' +
           number(width) + "\"/>\n";
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::uint64_t x = left + 6 + i * (width - left - 12) / points.size();
        const std::uint64_t y = bottom - points[i].ms * (bottom - 14) / longest;
        svg += std::string("<circle class=\"") + (points[i].isFailure ? "bad" : "good") +
               "\" cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"2\"/>\n";
    }
    return svg + "</svg>\n";
}

} // namespace plan
