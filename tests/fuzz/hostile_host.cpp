#include "hostile_host.h"

namespace fuzz {

using namespace contract;

namespace {

constexpr std::array<ResetCause, 5> resetCauses{ResetCause::Pin, ResetCause::PowerOn,
                                                ResetCause::Software, ResetCause::Watchdog,
                                                ResetCause::Fault};

/// Requests that something answers to: with random fields they get further than noise does.
struct LikelyRequest {
    std::uint8_t type;
    std::uint8_t requests;
};
constexpr std::array<LikelyRequest, 9> likelyRequests{{{0x21, 8},
                                                       {0xA1, 8},
                                                       {0xC0, 40},
                                                       {0x40, 8},
                                                       {0xC1, 4},
                                                       {0x80, 16},
                                                       {0x00, 16},
                                                       {0x81, 16},
                                                       {0x02, 8}}};

} // namespace

Setting readSetting(Input& input)
{
    Setting setting;
    setting.begin = static_cast<Begin>(input.below(beginStates));
    const std::uint8_t bits = input.number();
    setting.startsNormally = (bits & 0x01) != 0;
    setting.isGullible = (bits & 0x02) != 0;
    setting.map = (bits & 0x04) != 0 ? MapChoice::Small : MapChoice::Tiny;
    setting.isButtonHeld = (bits & 0x08) != 0;
    setting.isUpdatedAtEnd = (bits & 0x18) == 0x10; // takes as long as all the rest
    setting.isJournalProtected = (bits & 0xE0) == 0x20;
    setting.hasFaulted = (bits & 0xE0) == 0x40;
    setting.neverConfirms = (bits & 0xE0) == 0x60;
    return setting;
}

void HostileHost::act()
{
    const auto action = static_cast<Action>(m_input.below(actionCount));
    switch (action) {
    case Action::RawSetup: return rawSetup();
    case Action::LikelySetup: return likelySetup();
    case Action::ChooseStream: return chooseStream();
    case Action::SendNext: return sendNext();
    case Action::Install: return install();
    case Action::Download: return download();
    case Action::PollStatus: return pollStatus();
    case Action::CraftStream:
        m_stream = craftStream(chosenSet(), m_input);
        m_next = 0;
        return;
    case Action::Finish:
    case Action::ClassRequest:
    case Action::GetMissing:
    case Action::GetStatus:
    case Action::SelectSet:
    case Action::Reboot:
    case Action::StayOrJournal: return inspect(action);
    case Action::BusReset:
    case Action::Replug:
    case Action::Wait:
    case Action::StayQuiet:
    case Action::CutPower:
    case Action::CutPowerSoon:
    case Action::Reset:
    case Action::ChangeButton: return disturb(action);
    }
}

/// Any 8 bytes; stages may be missing.
void HostileHost::rawSetup()
{
    const auto type = m_input.number();
    const auto request = m_input.number();
    const auto value = m_input.number<std::uint16_t>();
    const auto index = m_input.number<std::uint16_t>();
    const auto length = m_input.number<std::uint16_t>();
    const std::uint8_t stages = m_input.number();
    m_device.halfTransfer({type, request, value, index, length}, (stages & 1) == 0,
                          (stages & 2) == 0, filled(length));
}

void HostileHost::likelySetup()
{
    const LikelyRequest& likely = likelyRequests[m_input.below(likelyRequests.size())];
    const auto request = static_cast<std::uint8_t>(m_input.below(likely.requests));
    const std::uint8_t fields = m_input.number();
    const auto value = (fields & 1) != 0 ? m_input.number<std::uint16_t>() : std::uint16_t{0};
    const auto index = (fields & 2) != 0 ? m_input.number<std::uint16_t>() : std::uint16_t{0};
    const auto length = (fields & 4) != 0 ? m_input.number<std::uint16_t>() : std::uint16_t{0};
    m_device.halfTransfer({likely.type, request, value, index, length}, (fields & 8) == 0,
                          (fields & 16) == 0, filled(length));
}

const SignedSet& HostileHost::chosenSet()
{
    const auto& sets = m_device.releases().sets;
    return sets[m_input.below(sets.size())];
}

void HostileHost::chooseStream()
{
    const SignedSet& set = chosenSet();
    m_stream = {set.stream, set.header};
    m_next = 0;
    (void)m_device.prepare();
    if (m_input.flag())
        (void)m_device.vendorOut(vendor::Request::BeginUpdate, 0, headerHash(m_stream.bytes));
}

void HostileHost::sendNext()
{
    for (std::size_t left = m_input.below(32) + 1; left > 0 && m_blocksLeft > 0; --left) {
        if (m_stream.bytes.empty() || m_next >= m_stream.header.totalBlocks()) return;
        --m_blocksLeft;
        if (!m_device.download(m_next, blockToSend(m_next))) return;
        const auto reply = m_device.waitWhileBusy();
        if (!reply || reply->state != State::DownloadIdle) return;
        ++m_next;
    }
}

void HostileHost::install()
{
    if (m_blocksLeft < 16) return;
    m_blocksLeft -= 16;
    const SignedSet& set = chosenSet();
    (void)m_device.install(set, m_input.below(20));
}

/// Block numbers that jump, wrap and repeat; transfers of any length; flipped bits.
void HostileHost::download()
{
    if (m_blocksLeft == 0) return;
    --m_blocksLeft;
    const auto number = m_input.number<std::uint16_t>();
    const auto content = m_input.number();
    const auto length = m_input.number<std::uint16_t>();
    Bytes bytes = m_stream.bytes.empty() ? Bytes(streamBlockBytes) : blockToSend(content);
    const std::uint8_t flips = m_input.number();
    for (int i = 0; i < (flips & 3); ++i)
        bytes[m_input.number<std::uint16_t>() % bytes.size()] ^= m_input.number();
    if ((flips & 4) != 0) bytes.resize(length % (2 * streamBlockBytes));
    (void)m_device.download((flips & 8) != 0 ? m_next : number, bytes);
    if ((flips & 16) != 0) ++m_next;
    if ((flips & 32) != 0) (void)m_device.waitWhileBusy();
}

void HostileHost::pollStatus()
{
    for (std::size_t left = m_input.below(8) + 1; left > 0; --left) {
        const auto reply = m_device.status();
        if (!reply) return;
        m_device.run(std::uint64_t{std::min(reply->pollTimeoutMs(), 10U)} * 1000);
    }
}

void HostileHost::inspect(Action action)
{
    const std::uint8_t argument = m_input.number();
    std::uint16_t total = 0;
    switch (action) {
    case Action::Finish: (void)m_device.finish(argument); break;
    case Action::ClassRequest:
        (void)m_device.classRequest(static_cast<dfu::Request>(argument % 8), argument / 8);
        break;
    case Action::GetMissing: (void)m_device.missing(total); break;
    case Action::GetStatus: m_device.checkDeviceStatus(); break;
    case Action::SelectSet: (void)m_device.vendorOut(vendor::Request::SelectSet, argument); break;
    case Action::Reboot: (void)m_device.vendorOut(vendor::Request::Reboot, argument % 4); break;
    default:
        if ((argument & 1) != 0) (void)m_device.vendorOut(vendor::Request::Stay);
        (void)m_device.vendorIn(vendor::Request::GetJournal, argument / 2);
    }
}

void HostileHost::disturb(Action action)
{
    const std::uint8_t argument = m_input.number();
    const auto tear = static_cast<Tear>(argument % 5);
    virtual_h755::VirtualDevice& device = m_device.device();
    switch (action) {
    case Action::BusReset: m_device.busReset(); break;
    case Action::Replug:
        device.unplug();
        m_device.run(argument * 100U);
        device.plug();
        break;
    case Action::Wait: m_device.run(argument * 250U); break;
    case Action::StayQuiet: m_device.stayQuiet(argument * 500U); break;
    case Action::CutPower:
        m_device.cutPower(tear);
        switchOnAgain();
        break;
    case Action::CutPowerSoon: m_device.cutPowerAfter(argument / 5, tear, tear); break;
    case Action::Reset:
        if ((argument & 8) != 0) m_device.askForUpdateMode();
        m_device.reset(resetCauses[argument % resetCauses.size()]);
        break;
    default: device.board().mutableFacts().isButtonHeld = (argument & 1) != 0;
    }
    if (device.mode() == Mode::Off) switchOnAgain();
}

/// As the input says: into update mode, or as it comes.
void HostileHost::switchOnAgain()
{
    const std::uint8_t how = m_input.number();
    if ((how & 1) != 0) m_device.askForUpdateMode();
    m_device.start(resetCauses[how / 2 % resetCauses.size()]);
}

Bytes HostileHost::blockToSend(std::uint32_t number) const
{
    const std::uint32_t blocks =
        static_cast<std::uint32_t>(m_stream.bytes.size()) / streamBlockBytes;
    const ByteView block = blockOf(m_stream.bytes, number % blocks);
    return {block.begin(), block.end()};
}

/// At most 4096 bytes: some of the input, then fill.
Bytes HostileHost::filled(std::size_t bytes)
{
    if (bytes == 0) return {};
    const ByteView given = m_input.take(std::min<std::size_t>(m_input.number(), bytes));
    Bytes result(given.begin(), given.end());
    result.resize(std::min<std::size_t>(bytes, streamBlockBytes), 0xFF);
    return result;
}

} // namespace fuzz
