// Random requests in random states. The flash model throws on every broken rule of the chip; this
// file watches that the active set is never touched and never lost.
#include "update_bench.h"

#include <random>

using namespace update_bench;

namespace {

using virtual_h755::FlashOperation;

class Fuzzer {
public:
    explicit Fuzzer(unsigned seed) : m_random(seed), m_bench(FlashTiming::atSpeed(50))
    {
        m_bench.place(oldSet(), Slot::A);
        m_bench.decide(0, SlotState::Confirmed, SlotState::Empty);
        m_bench.flash.onOperation([this] { watch(); });
        m_bench.start();
    }

    void step()
    {
        switch (pick(16)) {
        case 0: garbage(); break;
        case 1: vendorRequest(); break;
        case 2: m_bench.mode->busReset(); break;
        case 3: m_bench.run(pick(50)); break;
        case 4:
            if (pick(20) == 0) restart();
            break;
        case 5: m_bench.out(0x21, pick<std::uint8_t>(8), 0, 0); break;
        case 6: chooseStream(); break;
        case 7: (void)m_bench.download(pick(40), randomBytes(1 + pick(4096))); break;
        default: sendNext();
        }
        checkActiveSet();
        if (m_bench.mode->restart() != Restart::No) restart();
    }

    std::size_t installed() const { return m_installed; }
    UpdateBench& bench() { return m_bench; }

private:
    template <typename T = std::uint16_t>
    T pick(unsigned below)
    {
        return static_cast<T>(m_random() % below);
    }
    Bytes randomBytes(std::size_t count)
    {
        Bytes bytes(count);
        for (std::uint8_t& byte : bytes)
            byte = static_cast<std::uint8_t>(m_random());
        return bytes;
    }
    const std::vector<const SignedSet*>& sets()
    {
        static const std::vector<const SignedSet*> all{
            &oldSet(), &newSet(), &release({.version = {1, 2, 0, 0}, .counter = 2, .seed = 9})};
        return all;
    }

    /// A host that does it right, for some blocks in a row.
    void chooseStream()
    {
        m_set = sets()[pick(static_cast<unsigned>(sets().size()))];
        m_next = 0;
        m_bench.status();
        (void)m_bench.clearStatus();
        (void)m_bench.abort();
        m_isPlain = pick(2) == 0;
        if (!m_isPlain) (void)m_bench.beginUpdate(*m_set);
    }
    void sendNext()
    {
        if (m_set == nullptr) return;
        for (unsigned i = 0; i < 8; ++i) {
            if (m_next == m_set->header.totalBlocks()) {
                if (m_bench.finish()) ++m_installed;
                m_set = nullptr;
                return;
            }
            Bytes block;
            const ByteView bytes = blockOf(m_set->stream, m_next);
            block.assign(bytes.begin(), bytes.end());
            if (pick(200) == 0) block[pick(4096)] ^= 0x10;
            if (!m_bench.download(m_next, block)) return;
            while (m_bench.status().state == State::DownloadBusy)
                m_bench.run(m_bench.lastStatus.pollTimeoutMs());
            if (m_bench.lastStatus.state != State::DownloadIdle) return;
            ++m_next;
        }
    }
    void vendorRequest()
    {
        const std::uint8_t request = pick<std::uint8_t>(10);
        if (pick(2) == 0) {
            (void)m_bench.in(0xC0, request, pick(4), 0, static_cast<std::uint16_t>(m_random()));
        } else if (request != 5 || pick(20) == 0) {
            (void)m_bench.out(0x40, request, pick(3), 0, randomBytes(pick(2) * 32U));
        }
    }
    /// A SETUP packet of noise, its data stage sometimes missing.
    void garbage()
    {
        const SetupPacket packet{static_cast<std::uint8_t>(m_random()), pick<std::uint8_t>(32),
                                 static_cast<std::uint16_t>(m_random()), pick(3),
                                 static_cast<std::uint16_t>(m_random())};
        const boot::SetupAnswer answer = m_bench.mode->setup(packet);
        if (answer.kind == boot::SetupAnswer::Kind::Receive) {
            REQUIRE(answer.buffer.size() >= packet.length);
            if (pick(2) == 0) (void)m_bench.mode->received();
        }
        if (pick(2) == 0) m_bench.mode->completed();
    }
    void restart()
    {
        m_set = nullptr;
        m_bench.flash.cutPower(virtual_h755::Tear::TornBad);
        m_bench.flash.powerOn();
        m_bench.start(UpdateReason::Button);
    }

    std::optional<Slot> activeSlot() const
    {
        const std::uint8_t active = m_bench.journal->view().activeSlot;
        return active == noSet ? std::nullopt : std::optional{slots[active]};
    }
    /// Called for every flash operation: none may go to the active set.
    void watch()
    {
        const std::optional<Slot> active = activeSlot();
        if (!active) return;
        const std::uint32_t address = m_bench.flash.history().back().address;
        for (const Core core : cores)
            REQUIRE_FALSE(m_bench.map.slot(core, *active).contains(address));
    }
    void checkActiveSet()
    {
        const std::optional<Slot> active = activeSlot();
        REQUIRE(active);
        REQUIRE(std::any_of(sets().begin(), sets().end(),
                            [&](const SignedSet* set) { return m_bench.holds(*set, *active); }));
    }

    std::mt19937 m_random;
    UpdateBench m_bench;
    const SignedSet* m_set = nullptr;
    std::uint32_t m_next = 0;
    bool m_isPlain = true;
    std::size_t m_installed = 0;
};

} // namespace

TEST_CASE("no sequence of requests breaks a flash rule or loses the active set",
          "[update-mode][fuzz]")
{
    std::size_t installed = 0;
    for (unsigned seed = 1; seed <= 16; ++seed) {
        CAPTURE(seed);
        Fuzzer fuzzer{seed};
        for (int i = 0; i < 1500; ++i)
            fuzzer.step();
        installed += fuzzer.installed();
        // Whatever has happened, the device still takes an update.
        fuzzer.bench().start(UpdateReason::Button);
        const SignedSet& last = release({.version = {9, 0, 0, 0}, .counter = 9, .seed = 3});
        REQUIRE(fuzzer.bench().sendOurs(last));
    }
    CHECK(installed >= 16); // the walk gets somewhere
}
