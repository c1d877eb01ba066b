// What must hold of the fuzzed device, and the replies that carry much.
#include "fuzzed_device.h"

#include "bootloader/hand_off.h"
#include "contract/vendor_requests.h"
#include "core/signature/digest.h"

namespace fuzz {

using namespace contract;
using dfu::Request;

std::vector<std::uint16_t> FuzzedDevice::missing(std::uint16_t& total)
{
    total = 0;
    const auto bytes = vendorIn(vendor::Request::GetMissing);
    if (!bytes || m_device->mode() != Mode::Bootloader) return {};
    invariant(bytes->size() >= 2, "GET_MISSING starts with a count");
    total = static_cast<std::uint16_t>(bytes->at(0) | bytes->at(1) << 8);
    invariant(total >= 1 && total <= vendor::maximumBlocks, "a stream has 1 to 512 blocks");
    invariant(bytes->size() == 2U + (total + 7U) / 8U, "GET_MISSING has a bit for each block");
    std::vector<std::uint16_t> wanted;
    for (std::uint16_t block = 0; block < 8 * (bytes->size() - 2); ++block) {
        if ((bytes->at(2U + block / 8U) >> block % 8 & 1) == 0) continue;
        invariant(block < total, "no bit is set behind the last block");
        wanted.push_back(block);
    }
    return wanted;
}

void FuzzedDevice::checkDeviceStatus()
{
    const auto bytes = vendorIn(vendor::Request::GetStatus);
    if (!bytes || m_device->mode() != Mode::Bootloader) return;
    invariant(bytes->size() == DeviceStatus::encodedBytes, "GET_STATUS is whole");
    const auto status = decode<DeviceStatus>(ByteView{*bytes}.first<DeviceStatus::encodedBytes>());
    invariant(status.protocol == protocolVersion, "GET_STATUS names its version");
    invariant(status.activeSlot <= 1 || status.activeSlot == noSet, "the active slot exists");
    invariant(status.updateReason != UpdateReason::None, "update mode has a reason");
    for (const Slot slot : slots) {
        const SlotStatus& found = status.slot(slot);
        invariant(found.state <= SlotState::Invalid && found.isVerified <= 1,
                  "slot states are of the contract");
        const bool isHeld = holdsRelease(slot, slot) || (slot == Slot::B && isStaged());
        invariant(m_options.isGullible || found.isVerified == 0 || isHeld,
                  "a set reported as verified is a release");
    }
}

bool FuzzedDevice::prepare()
{
    for (int i = 0; i < 4; ++i) {
        const auto reply = waitWhileBusy();
        if (!reply) return false;
        if (reply->state == State::Idle) return true;
        (void)classRequest(reply->state == State::Error ? Request::ClearStatus : Request::Abort);
    }
    return false;
}

bool FuzzedDevice::install(const SignedSet& set, std::size_t mostBlocks)
{
    std::size_t left = mostBlocks;
    if (!prepare()) return false;
    if (!vendorOut(vendor::Request::BeginUpdate, 0, headerHash(set.stream))) return false;
    // Header and slot data first: only with them can the device tell which bodies it has.
    for (const bool isBodies : {false, true}) {
        std::uint16_t total = 0;
        const std::vector<std::uint16_t> wanted = missing(total);
        const auto from = isBodies ? set.header.firstBodyBlock() : 0;
        const auto end = isBodies ? set.header.totalBlocks() : set.header.firstBodyBlock();
        for (std::uint32_t block = from; block < end; ++block) {
            if (block < total && std::ranges::find(wanted, block) == wanted.end()) continue;
            if (left-- == 0) return false;
            const auto number = static_cast<std::uint16_t>(block);
            if (!download(number, blockOf(set.stream, block))) return false;
            const auto reply = waitWhileBusy();
            if (!reply || reply->state != State::DownloadIdle) return false;
        }
    }
    return left != 0 && finish();
}

/// Right after each started flash operation.
void FuzzedDevice::onOperation()
{
    if (m_device->mode() == Mode::Off) return; // a test prepares the flash
    const std::uint32_t address = m_device->flash().history().back().address;
    for (const Slot slot : slots) {
        for (const Core core : cores) {
            invariant(!m_releases.map.slot(core, slot).contains(address) || mayChange(slot),
                      "no flash operation touches the active set");
        }
    }
    invariant(!m_releases.map.bootloader.contains(address), "the bootloader is never written");
}

/// The active set never changes, but for a start that repairs or replaces A by what B holds, and
/// for an unconfirmed or damaged one that gives way while the journal has no room to say so before
/// its compaction.
bool FuzzedDevice::mayChange(Slot slot) const
{
    if (m_device->mode() != Mode::Bootloader) return false;
    const boot::Journal& journal = m_device->journal();
    const bool isStart = !m_device->isAttached();
    const bool isPrecious =
        journal.view().state.state(slot) == SlotState::Confirmed && holdsRelease(slot, slot);
    const bool isCompaction =
        journal.needsCompaction() && holdsRelease(other(slot), other(slot)) && !isPrecious;
    return index(slot) != journal.view().activeSlot || isCompaction ||
           (slot == Slot::A && isStart && isStaged());
}

void FuzzedDevice::check()
{
    if (m_device->mode() == Mode::Off) return;
    checkFloor();
    if (m_options.isGullible || m_checkedOperations == m_device->flash().operations()) return;
    m_checkedOperations = m_device->flash().operations();
    if (m_device->mode() == Mode::Application) {
        const Slot running = *m_device->startResult().run;
        invariant(holdsRelease(running, running), "only a complete release runs");
    }
    m_isBootable = m_isBootable || isConfirmedReleaseActive();
    const bool hasRelease =
        holdsRelease(Slot::A, Slot::A) || holdsRelease(Slot::B, Slot::B) || isStaged();
    invariant(hasRelease || !m_isBootable, "a complete release stays in flash");
}

/// While power stays on; a cut may lose the journal, and with it the floor (R9).
void FuzzedDevice::checkFloor()
{
    const boot::JournalView& view = m_device->journal().view();
    if (view.isLost) return;
    const Floor floor{view.state.floorKeyIndex, view.state.floorCounter};
    invariant(m_floor <= floor, "the floor never falls");
    m_floor = floor;
}

bool FuzzedDevice::holdsRelease(Slot place, Slot link) const
{
    const SignedSet* found = nullptr;
    for (const Core core : cores) {
        const Region& region = m_releases.map.slot(core, place);
        const std::vector<std::uint8_t> bytes =
            m_device->flash().peek(region.address, region.bytes);
        const SignedSet* const release = m_releases.withImage(core, link, bytes);
        if (release == nullptr || (found != nullptr && found != release)) return false;
        found = release;
        const auto imageBytes =
            static_cast<std::uint32_t>(release->images[index(core)][index(link)].size());
        for (std::uint32_t offset = 0; offset < imageBytes; offset += flashWordBytes) {
            const virtual_h755::Cell cell = m_device->flash().cellAt(region.address + offset);
            if (cell == virtual_h755::Cell::Bad || cell == virtual_h755::Cell::Flaky) return false;
        }
    }
    return true;
}

bool FuzzedDevice::isConfirmedReleaseActive() const
{
    const boot::JournalView& view = m_device->journal().view();
    if (view.isLost || view.activeSlot == noSet) return false;
    const Slot active = slots[view.activeSlot];
    return view.state.state(active) == SlotState::Confirmed && holdsRelease(active, active);
}

void FuzzedDevice::mustSurvive(bool isUpdated)
{
    m_device->powerOff(Tear::TornBad);
    m_device->flash().optionBytes() = virtual_h755::FlashContents{m_releases.map}.optionBytes;
    m_device->board().mutableFacts().isButtonHeld = false;
    m_device->board().loseBackup();
    m_device->plug();
    start();
    run(50'000);
    if (m_options.isGullible) return;
    const bool boots = m_device->mode() == Mode::Application;
    // A trial may have nothing to go back to: it was copied over its predecessor, or SELECT_SET has
    // put that on trial as well.
    const StatePayload& state = m_device->journal().view().state;
    const bool isConfirmed = state.state(Slot::A) == SlotState::Confirmed ||
                             state.state(Slot::B) == SlotState::Confirmed;
    const bool isTrialOver =
        m_device->startResult().reason == UpdateReason::TrialFailed && !isConfirmed;
    invariant(boots || isTrialOver || !m_isBootable, "what was bootable still boots");
    if (!isUpdated) return;
    if (boots) invariant(classRequest(Request::Detach), "the application takes DETACH");
    run(30'000);
    invariant(install(m_releases.newest()), "the device takes an update after all");
    invariant(vendorOut(vendor::Request::Reboot), "the device restarts");
    run(50'000);
    const auto run = m_device->startResult().run;
    invariant(m_device->mode() == Mode::Application && run && m_device->application().isConfirmed(),
              "the newest release confirms itself");
}

Digest headerHash(ByteView stream)
{
    return updater::sha256(stream.first(StreamHeader::encodedBytes));
}

ByteView blockOf(ByteView stream, std::uint32_t block)
{
    return stream.subspan(std::size_t{block} * streamBlockBytes, streamBlockBytes);
}

} // namespace fuzz
