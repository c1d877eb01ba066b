#include "begin_states.h"

namespace fuzz {

using namespace contract;
using virtual_h755::ApplicationBehaviour;
using virtual_h755::Cell;

namespace {

/// Installs a release, whatever runs now, and restarts into it.
void installAndRestart(FuzzedDevice& device, const SignedSet& set)
{
    (void)device.classRequest(dfu::Request::Detach); // the application, if one runs
    device.run(30'000);
    invariant(device.install(set), "a release can be installed");
    invariant(device.vendorOut(vendor::Request::Reboot), "the device restarts");
    device.run(300'000);
    invariant(device.device().mode() == Mode::Application, "the release starts");
}

void neverConfirm(FuzzedDevice& device)
{
    device.device().applicationBehaviour().kind = ApplicationBehaviour::Kind::NeverConfirm;
}

/// Installs the first release, confirmed, unless the state has none.
void installFirst(FuzzedDevice& device, Begin begin)
{
    if (begin == Begin::Empty) return;
    if (begin == Begin::OnlyTrial) neverConfirm(device);
    installAndRestart(device, device.releases().sets[release::first]);
}

/// Sends a release from the running application on, all of it or some blocks.
void download(FuzzedDevice& device, const SignedSet& set, std::size_t blocks)
{
    invariant(device.classRequest(dfu::Request::Detach), "the application takes DETACH");
    device.run(30'000);
    const bool isWhole = blocks >= set.header.totalBlocks();
    invariant(device.install(set, isWhole ? blocks + 1 : blocks) == isWhole,
              "a second release can be sent, or some of it");
    device.run(50'000);
}

void installSecond(FuzzedDevice& device, Begin begin)
{
    const auto& sets = device.releases().sets;
    const SignedSet& second = sets[release::second];
    const SignedSet& staged = sets[release::slotAOnly];
    switch (begin) {
    case Begin::PartialDownload: return download(device, second, 4);
    case Begin::Ready: return download(device, second, second.header.totalBlocks());
    case Begin::Staged: return download(device, staged, staged.header.totalBlocks());
    case Begin::Copied: return installAndRestart(device, staged);
    case Begin::Trial: neverConfirm(device); return installAndRestart(device, second);
    case Begin::TwoSets:
    case Begin::JournalLost:
    case Begin::Rotten: return installAndRestart(device, second);
    case Begin::Empty:
    case Begin::OneSet:
    case Begin::OnlyTrial: break;
    }
}

void damage(FuzzedDevice& device, Begin begin)
{
    const FlashMap& map = device.releases().map;
    if (begin == Begin::JournalLost) {
        device.device().flash().startErase(map.sectorAt(map.journal.address));
        device.run(50'000);
    }
    if (begin == Begin::Rotten) {
        for (const Slot slot : slots)
            device.device().flash().damage(map.slot(Core::M7, slot).address + 1024, Cell::Bad);
    }
}

BeginState make(MapChoice map, Begin begin)
{
    FuzzedDevice device({map});
    device.start();
    installFirst(device, begin);
    installSecond(device, begin);
    const bool isBootable = begin != Begin::Empty && begin != Begin::OnlyTrial &&
                            begin != Begin::JournalLost && begin != Begin::Rotten;
    BeginState state{device.switchOff(), isBootable};
    if (begin == Begin::JournalLost || begin == Begin::Rotten) {
        FuzzedDevice other({map});
        other.restore(state.remains, false);
        damage(other, begin);
        state.remains = other.switchOff();
    }
    return state;
}

} // namespace

const BeginState& beginState(MapChoice map, Begin begin)
{
    static std::array<std::array<std::optional<BeginState>, beginStates>, 2> made;
    auto& state = made[static_cast<std::size_t>(map)][static_cast<std::size_t>(begin)];
    if (!state) state.emplace(make(map, begin));
    return *state;
}

} // namespace fuzz
