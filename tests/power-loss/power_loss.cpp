// power-loss: cuts the power in every flow and prints what came of it, one row for each.
#include "cutter.h"
#include "in_place.h"
#include "soak.h"
#include "worker_pool.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>

using namespace power_loss;

namespace {

struct Options {
    bool isNightly = false;
    bool lists = false;
    std::string flow;
    std::string map;
    std::uint64_t seed = 1;
    unsigned jobs = 2;
    std::vector<std::string> cuts;
    std::optional<std::uint64_t> soakSeed;
    std::uint32_t rounds = 400;
};

/// One line of the table; several tasks may add to it.
struct Row {
    std::string name;
    std::size_t tasksLeft = 0;
    Tally tally;
};

const World& worldOf(Geometry geometry)
{
    static std::array<std::unique_ptr<World>, geometryCount> worlds;
    std::unique_ptr<World>& world = worlds[static_cast<std::size_t>(geometry)];
    if (!world) world = std::make_unique<World>(geometry);
    return *world;
}

class Campaign {
public:
    explicit Campaign(const Options& options) : m_options(options), m_flows(allFlows()) {}

    void plan();
    /// True if nothing was found.
    bool run();

private:
    bool isKnown(const std::string& flow) const;
    void planFlow(const Flow& flow, Geometry geometry, const CutPlan& plan);
    void planNightly(const Flow& flow);
    void planSoak(Geometry geometry, std::uint32_t seeds);
    void add(const std::string& name, std::vector<Task> tasks);
    bool isWanted(const Flow& flow, Geometry geometry) const;

    const Options& m_options;
    const std::vector<Flow> m_flows;
    std::vector<Row> m_rows;
    std::vector<Task> m_tasks;
    std::vector<std::size_t> m_rowOfTask;
};

bool Campaign::isWanted(const Flow& flow, Geometry geometry) const
{
    return flow.geometries.has(geometry) &&
           (m_options.flow.empty() || flow.name == m_options.flow) &&
           (m_options.map.empty() || nameOf(geometry) == m_options.map);
}

void Campaign::add(const std::string& name, std::vector<Task> tasks)
{
    m_rows.push_back({name, tasks.size(), {}});
    for (Task& task : tasks) {
        m_tasks.push_back(std::move(task));
        m_rowOfTask.push_back(m_rows.size() - 1);
    }
}

/// `plan.shards` tasks, one row.
void Campaign::planFlow(const Flow& flow, Geometry geometry, const CutPlan& plan)
{
    if (!isWanted(flow, geometry)) return;
    constexpr std::array<std::string_view, 3> methods{"", ", pairs", ", one sector rotted"};
    std::string where =
        std::string(nameOf(geometry)) + std::string(methods[static_cast<std::size_t>(plan.method)]);
    if (plan.seed != m_options.seed) where += ", seed " + std::to_string(plan.seed);
    std::vector<Task> tasks;
    for (std::uint32_t shard = 0; shard < plan.shards; ++shard) {
        CutPlan part = plan;
        part.shard = shard;
        tasks.push_back([&flow, geometry, part] { return cutFlow(worldOf(geometry), flow, part); });
    }
    add(std::string(flow.name) + " (" + where + ")", std::move(tasks));
}

void Campaign::planSoak(Geometry geometry, std::uint32_t seeds)
{
    std::vector<Task> tasks;
    for (std::uint32_t i = 0; i < seeds; ++i) {
        const std::uint64_t seed = virtual_h755::mix(m_options.seed, i);
        const std::uint32_t rounds = m_options.rounds;
        tasks.push_back([=] { return soak(worldOf(geometry), seed, rounds); });
    }
    add("random soak, " + std::to_string(seeds) + " seeds from " + std::to_string(m_options.seed) +
            " (" + std::string(nameOf(geometry)) + ")",
        std::move(tasks));
}

bool Campaign::isKnown(const std::string& flow) const
{
    return std::any_of(m_flows.begin(), m_flows.end(),
                       [&](const Flow& known) { return known.name == flow; });
}

void Campaign::planNightly(const Flow& flow)
{
    constexpr std::uint64_t moreSeeds = 3;
    planFlow(flow, Geometry::Minimal, {Method::Pairs, m_options.seed, 0, 8, {}});
    for (std::uint64_t i = 1; i <= moreSeeds; ++i) {
        planFlow(flow, Geometry::Tiny, {Method::EveryCut, m_options.seed + i, 0, 2, {}});
        planFlow(flow, Geometry::Product, {Method::EveryCut, m_options.seed + i, 0, 4, {}});
    }
}

void Campaign::plan()
{
    if (!m_options.flow.empty() && !isKnown(m_options.flow))
        throw std::runtime_error("No test cases matched: there is no such flow");
    const std::uint64_t seed = m_options.seed;
    for (const Flow& flow : m_flows) {
        planFlow(flow, Geometry::Tiny, {Method::EveryCut, seed, 0, 2, {}});
        planFlow(flow, Geometry::Small, {Method::EveryCut, seed, 0, 2, {}});
        planFlow(flow, Geometry::Product, {Method::EveryCut, seed, 0, 4, {}});
        planFlow(flow, Geometry::Tiny, {Method::Rot, seed, 0, 2, {}});
        planFlow(flow, Geometry::Small, {Method::Rot, seed, 0, 2, {}});
        if (m_options.isNightly) planNightly(flow);
    }
    if (!m_options.flow.empty() || !m_options.map.empty()) return;
    planSoak(Geometry::Tiny, m_options.isNightly ? 400 : 20);
    planSoak(Geometry::Small, m_options.isNightly ? 200 : 10);
}

bool Campaign::run()
{
    printHeader();
    Tally total;
    std::size_t failed = 0;
    runTasks(m_tasks, m_options.jobs, [&](std::size_t task, const Tally& tally) {
        Row& row = m_rows[m_rowOfTask[task]];
        row.tally.add(tally);
        if (--row.tasksLeft != 0) return;
        printRow(row.name, row.tally);
        total.add(row.tally);
        if (!row.tally.isGood()) ++failed;
    });
    total.operations = 0;
    printRow("total", total);
    std::cout << m_rows.size() - failed << " flows passed, " << failed << " flows failed\n";
    return failed == 0;
}

void compareInPlace()
{
    for (const Geometry geometry : {Geometry::Tiny, Geometry::Product}) {
        const InPlaceResult result = updateInPlace(worldOf(geometry));
        std::cout << "comparison (" << nameOf(geometry)
                  << "): in place as with the ROM loader: " << result.notBootable << " of "
                  << result.cuts << " cuts leave no bootable firmware, " << result.mixed
                  << " of them a mixed pair; " << result.operations << " operations\n";
    }
}

std::optional<Geometry> geometryNamed(const std::string& name)
{
    for (std::size_t i = 0; i < geometryCount; ++i) {
        if (nameOf(static_cast<Geometry>(i)) == name) return static_cast<Geometry>(i);
    }
    return std::nullopt;
}

/// One cut, or one after another, as a failure has printed it.
int reproduce(const Options& options)
{
    const std::optional<Geometry> geometry = geometryNamed(options.map);
    CutPlan plan{Method::EveryCut, options.seed, 0, 1, {}};
    for (const std::string& text : options.cuts) {
        const std::optional<Cut> cut = parseCut(text);
        if (!cut) throw std::runtime_error("not a cut: " + text);
        plan.only.push_back(*cut);
    }
    for (const Flow& flow : allFlows()) {
        if (flow.name != options.flow || !geometry) continue;
        const Tally tally = cutFlow(worldOf(*geometry), flow, plan);
        printHeader();
        printRow(std::string(flow.name), tally);
        return tally.isGood() && tally.cuts != 0 ? 0 : 1;
    }
    throw std::runtime_error("--cut needs --flow and --map");
}

int soakOnce(const Options& options)
{
    const Geometry geometry = geometryNamed(options.map).value_or(Geometry::Tiny);
    const Tally tally = soak(worldOf(geometry), *options.soakSeed, options.rounds);
    printHeader();
    printRow("soak", tally);
    return tally.isGood() ? 0 : 1;
}

int listFlows()
{
    for (const Flow& flow : allFlows())
        std::cout << flow.name << '\n';
    return 0;
}

int runAll(const Options& options)
{
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < geometryCount; ++i)
        (void)worldOf(static_cast<Geometry>(i)); // before the workers fork
    Campaign campaign(options);
    campaign.plan();
    const bool isGood = campaign.run();
    if (options.flow.empty()) compareInPlace();
    const std::chrono::duration<double> used = std::chrono::steady_clock::now() - start;
    std::cout << "seed " << options.seed << ", " << options.jobs << " processes, "
              << static_cast<int>(used.count()) << " s\n";
    return isGood ? 0 : 1;
}

} // namespace

int main(int count, char** arguments)
try {
    Options options;
    CLI::App app{"Cuts the power at every flash operation of every flow."};
    app.add_flag("--nightly", options.isNightly, "all pairs of cuts, more seeds");
    app.add_flag("--list", options.lists, "name the flows");
    app.add_option("--flow", options.flow, "only this one");
    app.add_option("--map", options.map, "only at this geometry: tiny, minimal, small, product");
    app.add_option("--seed", options.seed, "of everything random");
    app.add_option("--jobs", options.jobs, "processes")->check(CLI::Range(1, 64));
    app.add_option("--cut", options.cuts, "reproduce: MOMENT:TEAR+TEAR[:nobackup][:rotB.S]");
    app.add_option("--soak", options.soakSeed, "reproduce one soak with this seed");
    app.add_option("--rounds", options.rounds, "of a soak");
    CLI11_PARSE(app, count, arguments);
    if (options.lists) return listFlows();
    if (!options.cuts.empty()) return reproduce(options);
    return options.soakSeed ? soakOnce(options) : runAll(options);
} catch (const std::exception& broken) {
    std::cerr << "power-loss: " << broken.what() << '\n';
    return 1;
}
