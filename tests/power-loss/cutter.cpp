#include "cutter.h"

#include "recovery.h"

#include <algorithm>

namespace power_loss {

using namespace contract;
using virtual_h755::Cell;
using virtual_h755::FlashContents;
using virtual_h755::FlashModel;
using virtual_h755::FlashOperation;
using virtual_h755::mix;
using virtual_h755::Tear;

namespace {

constexpr std::array<Tear, 5> tears{Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad,
                                    Tear::TornFlaky};
constexpr std::uint64_t updatesOneIn = 8; ///< at the product's geometry

void rot(FlashContents& flash, const FlashMap& map, Sector sector)
{
    const std::size_t first = (map.addressOf(sector) - map.baseAddress) / flashWordBytes;
    std::fill_n(flash.cells.begin() + static_cast<std::ptrdiff_t>(first),
                map.sectorBytes / flashWordBytes, Cell::Bad);
}

/// With a sector rotted, whatever is complete may run. A device that holds nothing which it could
/// count on asks for firmware. Without its journal it takes the floor from what it holds.
Expectation afterRot(Expectation expected, ReleaseSet held, bool hasJournal)
{
    ReleaseSet sound = held;
    sound.remove({Release::Crasher, Release::Hanger, Release::Silent, Release::OneLinkCrasher});
    sound.remove(expected.givenUp);
    // May be an unfinished copy or a backup that is being overwritten; flows of their own look at
    // either at rest.
    sound.remove({Release::OneLink, Release::OneLinkNext});
    if (sound.isEmpty()) expected.reasons.add(UpdateReason::NoValidSet);
    if (!sound.meets(expected.confirmedHere)) expected.reasons.add(notConfirmable);
    expected.mayRun = held;
    if (!hasJournal) expected.floor = {};
    return expected;
}

/// Watches one scene, the flow's or that of a recovery from a cut before.
class Cutter {
public:
    Cutter(const Flow& flow, const CutPlan& plan, Scene& scene, const Remains& start, Tally& tally,
           const std::vector<Cut>& before)
        : m_flow(flow), m_plan(plan), m_scene(scene), m_worn(start.worn), m_tally(tally),
          m_before(before)
    {
        scene.onMoment([this] { pass(); });
    }

    std::uint64_t moments() const { return m_moment; }

private:
    FlashModel& flash() { return m_scene.device().flash(); }
    void pass();
    void cutHere(const FlashOperation* operation);
    void rotHere(const FlashOperation* operation);
    bool isEdge(const FlashOperation& operation) const;
    bool isCriticalHere(const FlashOperation* operation) const;
    void tryCut(const Cut& cut);
    std::string optionsFor(const std::vector<Cut>& cuts) const;
    std::uint64_t seedOf(const Cut& cut) const;
    bool isOutermost() const { return m_before.empty(); }
    bool goesDeeper() const;

    const Flow& m_flow;
    const CutPlan& m_plan;
    Scene& m_scene;
    std::optional<Region> m_worn;
    Tally& m_tally;
    const std::vector<Cut>& m_before;
    std::uint64_t m_moment = 0;
};

/// One start of an operation, or one thing that the host has been told.
void Cutter::pass()
{
    ++m_moment;
    const bool isRunning = flash().untilNextEndUs().has_value();
    const FlashOperation* const operation = isRunning ? &flash().history().back() : nullptr;
    if (!m_plan.only.empty()) {
        const Cut& cut = m_plan.only[m_before.size()];
        if (cut.moment == m_moment) tryCut(cut);
        return;
    }
    if (isOutermost() && m_moment % m_plan.shards != m_plan.shard) return;
    if (m_plan.method == Method::Rot) return rotHere(operation);
    cutHere(operation);
}

bool Cutter::goesDeeper() const
{
    if (!m_plan.only.empty()) return m_before.size() + 1 < m_plan.only.size();
    return m_plan.method == Method::Pairs && isOutermost();
}

/// First and last word of a sector.
bool Cutter::isEdge(const FlashOperation& operation) const
{
    const FlashMap& map = m_scene.world().map();
    const std::uint32_t inSector = (operation.address - map.baseAddress) % map.sectorBytes;
    return inSector == 0 || inSector + flashWordBytes == map.sectorBytes;
}

bool Cutter::isCriticalHere(const FlashOperation* operation) const
{
    return operation == nullptr || operation->kind == FlashOperation::Kind::Erase ||
           m_scene.world().map().journal.contains(operation->address) || isEdge(*operation);
}

void Cutter::cutHere(const FlashOperation* operation)
{
    std::vector<Cut> cuts;
    for (const Tear tear : tears) {
        for (const Tear otherTear : tears) {
            const bool isSame = flash().areBothBanksBusy() || tear == otherTear;
            const bool losesBackup = (m_moment + cuts.size()) % 2 == 0;
            if (isSame && (operation != nullptr || cuts.size() < 2))
                cuts.push_back({m_moment,
                                operation == nullptr ? Tear::Clean : tear,
                                operation == nullptr ? Tear::Clean : otherTear,
                                losesBackup,
                                {}});
        }
    }
    const bool isSampled = m_scene.world().geometry() == Geometry::Product;
    if (isSampled && !isCriticalHere(operation))
        cuts = {cuts[mix(m_plan.seed, m_moment) % cuts.size()]};
    for (const Cut& cut : cuts)
        tryCut(cut);
}

void Cutter::rotHere(const FlashOperation* operation)
{
    if (!isCriticalHere(operation)) return;
    const FlashMap& map = m_scene.world().map();
    for (std::uint8_t bank = 0; bank < 2; ++bank) {
        for (std::uint8_t number = 0; number < map.sectorsPerBank; ++number) {
            const Sector sector{bank, number};
            if (map.bootloader.contains(map.addressOf(sector))) continue; // SWD's business
            tryCut({m_moment, Tear::Clean, Tear::Clean, number % 2 == 0, sector});
        }
    }
}

void Cutter::tryCut(const Cut& cut)
{
    const World& world = m_scene.world();
    Remains remains(world.map());
    remains.flash = flash().contentsIfCutNow(Tear::Clean, Tear::Clean);
    remains.worn = m_worn;
    Expectation expected = m_scene.expected();
    if (cut.rotted) {
        rot(remains.flash, world.map(), *cut.rotted);
        const bool hasJournal = world.map().journal.address != world.map().addressOf(*cut.rotted);
        expected = afterRot(expected, completeSets(world, remains.flash), hasJournal);
    }
    const ReleaseSet before = completeSets(world, remains.flash);
    if (!cut.rotted) remains.flash = flash().contentsIfCutNow(cut.tear, cut.otherTear);
    if (!cut.losesBackup) remains.backup = m_scene.device().board().backupRegisters();

    std::vector<Cut> path = m_before;
    path.push_back(cut);
    Expectation forked = expected;
    const bool isFlaky = cut.tear == Tear::TornFlaky || cut.otherTear == Tear::TornFlaky;
    if (isFlaky) forked.inDoubt = expected.mayRun; // may read one way today, the other tomorrow
    Scene fork(world, remains, forked, seedOf(cut));
    std::optional<Cutter> deeper;
    if (goesDeeper()) deeper.emplace(m_flow, m_plan, fork, remains, m_tally, path);
    const bool isSampled = world.geometry() == Geometry::Product;
    const bool updates = !isSampled || mix(m_plan.seed, m_moment) % updatesOneIn == 0;
    const Aftermath found = recover(fork, {m_flow.target, m_flow.cause, updates});
    m_tally.note(judge(world, expected, before, found), found, m_flow.target, optionsFor(path));
}

std::uint64_t Cutter::seedOf(const Cut& cut) const
{
    return mix(mix(m_plan.seed, cut.moment), 5 * static_cast<std::uint64_t>(cut.tear) +
                                                 static_cast<std::uint64_t>(cut.otherTear));
}

std::string Cutter::optionsFor(const std::vector<Cut>& cuts) const
{
    std::string text = "--flow '" + std::string(m_flow.name) + "' --map " +
                       std::string(nameOf(m_scene.world().geometry())) + " --seed " +
                       std::to_string(m_plan.seed);
    for (const Cut& cut : cuts)
        text += " --cut " + textOf(cut);
    return text;
}

} // namespace

Tally cutFlow(const World& world, const Flow& flow, const CutPlan& plan)
{
    Tally tally;
    try {
        const Start start = prepare(world, flow, plan.seed);
        Scene scene(world, start.remains, start.expected, plan.seed);
        const std::vector<Cut> none;
        const Cutter cutter(flow, plan, scene, start.remains, tally, none);
        flow.run(scene);
        tally.operations = scene.device().flash().operations();
    } catch (const std::exception& broken) {
        tally.fail(std::string("without a cut: ") + broken.what());
    }
    return tally;
}

} // namespace power_loss
