// The flash of the STM32H755 as the bootloader meets it: rules, timing, and what a power cut
// leaves. Facts: RM0399 4.3 and 4.7, timing from the datasheet (docs/hardware-validation.md).
#pragma once

#include "bootloader/board.h"
#include "virtual/clock.h"
#include "virtual/flash_contents.h"

#include <functional>
#include <stdexcept>

namespace virtual_h755 {

/// The code under test has done what it must never do. Always a defect, never caught by the model.
struct RuleViolation : std::logic_error {
    using std::logic_error::logic_error;
};

/// The supply is gone. Passes through the bootloader's code; whoever owns the board catches it.
struct PowerLoss {};

struct FlashTiming {
    std::uint64_t programUs = 0;
    std::uint64_t eraseUs = 0;
    bool banksInParallel = true; ///< false: starting waits for the other bank (for the bench)

    /// Typical figures at PSIZE = x64: 0.1 ms a word, 1 s a sector.
    static constexpr FlashTiming datasheet() { return {100, 1'000'000, true}; }
    static constexpr FlashTiming instant() { return {0, 0, true}; }

    /// `speed` times as fast as the datasheet; 0 = instant.
    static FlashTiming atSpeed(double speed);
};

class FlashModel final : public boot::Flash {
public:
    FlashModel(const contract::FlashMap& map, Clock& clock,
               FlashTiming timing = FlashTiming::datasheet());

    boot::ReadResult read(std::uint32_t address, contract::ByteSpan out) override;
    /// A load or fetch that is not guarded. On the chip an uncorrectable word is a bus fault, here
    /// a RuleViolation.
    void readPlainly(std::uint32_t address, contract::ByteSpan out);
    /// What a core does with its code: reads all of it plainly, again and again.
    void fetch(const contract::Region& code);
    void startErase(contract::Sector sector) override;
    void startProgram(std::uint32_t address,
                      std::span<const std::uint8_t, contract::flashWordBytes> word) override;
    /// What a program does that knows none of the bootloader's rules, such as ST's loader: any word
    /// at any time. A word that is not virgin does not survive it.
    void startUncheckedProgram(std::uint32_t address,
                               std::span<const std::uint8_t, contract::flashWordBytes> word);
    /// How long a word takes.
    std::uint64_t programUs() const { return m_timing.programUs; }
    boot::FlashResult poll(std::uint8_t bank) override;
    std::uint32_t correctedErrors() const override { return m_correctedErrors; }

    /// Starts a power cycle: after construction the first one has begun. A reset is one too; what
    /// was running is torn (RM0399 4.3.14).
    void powerOn();

    /// Cuts the supply now: running operations are torn, and every access throws PowerLoss until
    /// `powerOn`. `tear` is for the operation started last, `otherTear` for the other bank's.
    void cutPower(Tear tear, Tear otherTear);
    void cutPower(Tear tear) { cutPower(tear, tear); }

    /// Cuts the supply while the operation with this number runs; the first one ever is number 1,
    /// the next one `operations() + 1`.
    void cutPowerAt(std::uint64_t operation, Tear tear, Tear otherTear);
    void cutPowerAt(std::uint64_t operation, Tear tear) { cutPowerAt(operation, tear, tear); }
    void neverCutPower() { m_cutAt = 0; }
    bool isPowered() const { return m_isPowered; }

    /// Throws PowerLoss if there is no supply.
    void checkPower() const;

    /// The next `times` operations on addresses in `region` fail as worn cells do (OPERR): a word
    /// is left Bad, a sector mixed.
    void failIn(const contract::Region& region, std::uint32_t times);

    /// True if a cut at this moment would tear an operation in each bank.
    bool areBothBanksBusy() const { return m_banks[0].running && m_banks[1].running; }

    /// What a cut at this moment would leave: a fork without stopping this device.
    FlashContents contentsIfCutNow(Tear tear, Tear otherTear) const;

    /// Called right after each started operation, when a cut would tear it.
    void onOperation(std::function<void()> observer) { m_observer = std::move(observer); }

    /// Operations started so far, and which they were.
    std::uint64_t operations() const { return m_history.size(); }
    const std::vector<FlashOperation>& history() const { return m_history; }

    /// Time until the next running operation ends; nothing if both banks are idle.
    std::optional<std::uint64_t> untilNextEndUs() const;

    /// Contents for forks and the state file. Both need idle banks.
    const FlashContents& snapshot();
    void restore(const FlashContents& contents);

    /// Raw access past all rules, for setting up a test and looking at the result.
    void poke(std::uint32_t address, contract::ByteView bytes);
    std::vector<std::uint8_t> peek(std::uint32_t address, std::uint32_t bytes) const;
    Cell cellAt(std::uint32_t address) const { return m_contents.cells[wordAt(address)]; }
    void damage(std::uint32_t address, Cell cell) { m_contents.cells[wordAt(address)] = cell; }
    contract::OptionBytes& optionBytes() { return m_contents.optionBytes; }

    /// Picks among what torn and weak cells may do; the same seed gives the same run.
    void setSeed(std::uint64_t seed) { m_seed = seed; }

    const contract::FlashMap& map() const { return m_map; }

private:
    struct Bank {
        std::optional<FlashOperation> running;
        std::uint64_t endUs = 0;
        boot::FlashResult result = boot::FlashResult::Done;
        bool fails = false;
    };
    struct Failure {
        contract::Region region;
        std::uint32_t times = 0;
    };

    void start(const FlashOperation& operation, std::uint64_t durationUs);
    void settle();
    void finish(Bank& bank);
    void tearRunning(FlashContents& contents, Tear tear, Tear otherTear) const;
    void requireIdle(std::uint8_t bank, const char* what);
    void requireInside(std::uint32_t address, std::uint32_t bytes) const;
    void requireProgrammable(std::uint32_t address, contract::ByteView word) const;
    bool isProtected(contract::Sector sector) const;
    bool takeFailure(std::uint32_t address);
    boot::ReadResult readWord(std::size_t word, contract::ByteSpan out);
    std::size_t wordAt(std::uint32_t address) const;
    std::uint32_t addressOf(std::size_t word) const;

    const contract::FlashMap& m_map;
    Clock& m_clock;
    FlashTiming m_timing;
    FlashContents m_contents;
    std::array<Bank, 2> m_banks;
    std::vector<bool> m_erasedThisCycle; ///< [sector of both banks] (R4)
    std::vector<FlashOperation> m_history;
    std::vector<Failure> m_failures;
    std::function<void()> m_observer;
    std::uint64_t m_cutAt = 0; ///< 0 = never
    Tear m_cutTear = Tear::Clean;
    Tear m_cutOtherTear = Tear::Clean;
    std::uint8_t m_lastBank = 0;
    bool m_isPowered = true;
    std::uint32_t m_correctedErrors = 0;
    std::uint64_t m_seed = 1;
    std::uint64_t m_reads = 0; ///< makes Flaky words differ from read to read
};

} // namespace virtual_h755
