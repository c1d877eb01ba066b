#include "scene.h"

#include "memoised_crypto.h"
#include "virtual/identity_from_branding.h"

namespace power_loss {

using namespace contract;
using virtual_h755::Mode;
using virtual_h755::Tear;
using virtual_h755::VirtualDevice;
using End = Aftermath::End;

namespace {

constexpr std::uint32_t settleMs = 120'000;
constexpr std::uint32_t confirmedStayMs = 1000; // so long an application stays up
constexpr std::uint32_t stayMs = 30'000;        // likewise, one that is not confirmed
constexpr std::uint32_t sliceMs = 100;
constexpr std::uint32_t mostStarts = 12;
constexpr std::uint32_t applicationStepUs = 5000;

std::unique_ptr<VirtualDevice> makeDevice(const World& world, virtual_h755::Clock& clock,
                                          const Remains& remains, std::uint64_t seed)
{
    static const MemoisedCrypto crypto;
    virtual_h755::DeviceOptions options;
    options.crypto = &crypto;
    options.applicationOf = World::behaviourOf;
    options.applicationStepUs = applicationStepUs;
    auto device = std::make_unique<VirtualDevice>(world.map(), virtual_h755::brandedIdentity(),
                                                  clock, options);
    device->flash().setSeed(seed);
    device->flash().restore(remains.flash);
    device->board().backupRegisters() = remains.backup;
    if (remains.worn) device->flash().failIn(*remains.worn, ~std::uint32_t{0});
    return device;
}

} // namespace

Scene::Scene(const World& world, const Remains& remains, const Expectation& expected,
             std::uint64_t seed)
    : m_world(world), m_worn(remains.worn), m_device(makeDevice(world, m_clock, remains, seed)),
      m_host(*m_device), m_expected(expected)
{
}

void Scene::demand(bool isRight, const std::string& what) const
{
    if (!isRight) throw FlowBroken(what);
}

void Scene::onMoment(std::function<void()> observer)
{
    m_observer = std::move(observer);
    m_device->flash().onOperation(m_observer);
}

void Scene::tellMoment()
{
    if (m_observer) m_observer();
}

void Scene::powerOn(ResetCause cause)
{
    m_device->powerOn(cause);
}

void Scene::powerOff()
{
    m_device->powerOff(Tear::TornBad);
}

void Scene::wear(const Region& region)
{
    m_worn = region;
    m_device->flash().failIn(region, ~std::uint32_t{0});
}

Remains Scene::remains()
{
    Remains remains(m_world.map());
    remains.flash = m_device->flash().snapshot();
    remains.backup = m_device->board().backupRegisters();
    remains.worn = m_worn;
    return remains;
}

bool Scene::isConfirmed()
{
    const auto status = m_host.runtimeStatus();
    return status && status->state == SlotState::Confirmed;
}

End Scene::settle()
{
    const std::uint32_t firstStart = m_device->starts();
    std::uint32_t start = firstStart;
    std::uint32_t upMs = 0;
    for (std::uint32_t ms = 0; ms < settleMs; ms += sliceMs) {
        runMs(sliceMs);
        if (m_device->starts() - firstStart > mostStarts) return End::Loop;
        upMs = m_device->starts() == start ? upMs + sliceMs : 0;
        start = m_device->starts();
        if (!m_device->isAttached()) continue;
        if (m_device->mode() == Mode::Bootloader) return End::UpdateMode;
        if (m_device->mode() != Mode::Application) continue;
        const bool isSure = isConfirmed();
        if (isSure) noteConfirmed();
        if (upMs >= (isSure ? confirmedStayMs : stayMs)) return End::Application;
    }
    return End::Loop;
}

/// The host has been told success: from now on this release runs, whatever happens.
void Scene::noteConfirmed()
{
    const auto running = look().executed[0];
    if (!running || !m_expected.mayRun.has(*running)) return; // the oracle's business
    const bool isKnown = m_expected.mayRun == ReleaseSet{*running} &&
                         m_expected.reasons.isEmpty() && m_expected.confirmedHere.has(*running);
    if (isKnown) return;
    m_expected.mayRun = {*running};
    m_expected.givenUp = {};
    m_expected.reasons = {};
    m_expected.confirmedHere.add(*running);
    tellMoment();
}

Aftermath Scene::look()
{
    Aftermath found;
    const virtual_h755::FlashContents& flash = m_device->flash().snapshot();
    found.held = completeSets(m_world, flash);
    found.starts = m_device->starts();
    if (m_device->mode() != Mode::Application) return found;
    const boot::StartResult& start = m_device->startResult();
    found.executed = {imageAt(m_world, flash, Core::M7, start.m7Vectors - imageHeaderBytes),
                      imageAt(m_world, flash, Core::M4, start.m4Vectors - imageHeaderBytes)};
    found.isM4Running = m_device->isM4Running();
    return found;
}

void Scene::expectRunning(Release release)
{
    demand(settle() == End::Application, "no application");
    demand(look().executed[0] == release, std::string(nameOf(release)) + " does not run");
    demand(isConfirmed(), std::string(nameOf(release)) + " is not confirmed");
}

void Scene::expectUpdateMode(UpdateReason reason)
{
    demand(settle() == End::UpdateMode, "no update mode");
    demand(status().updateReason == reason, "update mode for another reason");
}

void Scene::restart(ResetCause cause)
{
    const auto before = look().executed[0];
    m_device->reset(cause);
    demand(before.has_value(), "nothing runs");
    expectRunning(*before);
}

void Scene::enterUpdateMode()
{
    demand(m_host.waitForDevice(), "the device is not on the bus");
    if (m_device->mode() == Mode::Application) {
        demand(m_host.detach(), "DETACH");
        runMs(200);
        demand(m_host.waitForDevice(), "the device does not come back");
    }
    demand(m_device->mode() == Mode::Bootloader, "no update mode");
}

DeviceStatus Scene::status()
{
    const auto status = m_host.deviceStatus();
    demand(status.has_value(), "GET_STATUS");
    const Level floor{status->floorKeyIndex, status->floorCounter};
    demand(floor >= m_expected.floor || status->journalHealth == JournalHealth::Rebuilt,
           "the floor has fallen");
    m_expected.floor = floor;
    return *status;
}

void Scene::begin(Release release)
{
    // Nothing sure to run instead: what is complete and checked may be tried before its activation.
    if (!m_expected.mayRun.meets(m_expected.confirmedHere)) m_expected.mayRun.add(release);
    m_expected.givenUp = look().held;
    m_expected.givenUp.remove(m_expected.mayRun);
    m_expected.givenUp.add(release);
    demand(m_host.begin(m_world[release]), "BEGIN_UPDATE");
    (void)status();
}

void Scene::sendBlocks(Release release, std::size_t most)
{
    const auto blocks = m_host.missing(m_world[release]);
    demand(blocks.has_value(), "GET_MISSING");
    for (std::size_t i = 0; i < std::min(most, blocks->size()); ++i) {
        demand(m_host.sendBlock(m_world[release], (*blocks)[i]), "DNLOAD");
        (void)status();
    }
}

void Scene::activate(Release release)
{
    m_expected.mayRun.add(release);
    m_expected.givenUp.remove({release});
    m_expected.inDoubt = {};
    if (m_world.hasOneLink(release)) { // will be copied over what slot A holds
        m_expected.givenUp = look().held;
        m_expected.givenUp.remove({release});
    }
    demand(m_host.activate(m_world[release]), "activation");
    m_expected.reasons = {};
    tellMoment();
}

void Scene::reboot()
{
    demand(m_host.reboot(), "REBOOT");
    for (int i = 0; i < 100 && m_device->isAttached(); ++i)
        runMs(50); // until what runs in the flash has ended
}

void Scene::install(Release release)
{
    enterUpdateMode();
    begin(release);
    sendBlocks(release);
    activate(release);
    reboot();
}

void Scene::update(Release release)
{
    install(release);
    expectRunning(release);
    restart();
}

void Scene::selectSet(Release release)
{
    const Slot slot = slotOf(release);
    enterUpdateMode();
    runMs(1000); // until both sets are verified
    m_expected.mayRun.add(release);
    demand(m_host.selectSet(slot), "SELECT_SET");
    tellMoment();
    reboot();
}

Slot Scene::slotOf(Release release)
{
    const virtual_h755::FlashContents& flash = m_device->flash().snapshot();
    for (const Slot slot : slots) {
        const std::uint32_t image = m_world.map().slot(Core::M7, slot).address;
        if (imageAt(m_world, flash, Core::M7, image) == release) return slot;
    }
    throw FlowBroken(std::string(nameOf(release)) + " is in no slot");
}

} // namespace power_loss
