// The board with the emulated chip: the other implementation of virtual_h755::Device. Its
// bootloader is the ARM ELF that is written to real chips, its applications are real images.
#pragma once

#include "emulator/chip.h"
#include "emulator/elf_image.h"
#include "virtual/device.h"

namespace emulator {

class EmulatedDevice final : public virtual_h755::Device {
public:
    /// The ELF is put into the write-protected first sector, at every power-on, because a board's
    /// saved state may come from a board without it (VirtualDevice).
    EmulatedDevice(const std::string& bootloaderPath, const contract::FlashMap& map,
                   virtual_h755::Clock& clock, const virtual_h755::DeviceOptions& options = {});

    void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn) override;
    void powerOff(virtual_h755::Tear tear = virtual_h755::Tear::TornBad) override;
    void reset(contract::ResetCause cause) override;
    void run(std::uint64_t us) override;
    virtual_h755::ControlOutcome control(const boot::SetupPacket& packet,
                                         contract::ByteSpan data) override;
    /// A host assigns an address afterwards, and so does this.
    void busReset() override;
    void unplug() override;
    void plug() override;
    bool isPlugged() const override { return m_isPlugged; }
    bool isAttached() const override { return m_isAttached; }
    std::uint32_t generation() const override { return m_generation; }
    bool isSettled() const override;
    virtual_h755::Mode mode() const override
    {
        return m_isOn ? m_chip.mode() : virtual_h755::Mode::Off;
    }
    bool isM4Running() const override { return m_isOn && m_chip.isM4Running(); }
    const virtual_h755::DownloadCounters& downloads() const override { return m_downloads; }

    virtual_h755::FlashModel& flash() override { return m_flash; }
    virtual_h755::BackupRegisters& backupRegisters() override { return m_backup; }
    boot::BoardFacts& mutableFacts() override { return m_facts; }
    virtual_h755::DeviceOptions& options() override { return m_options; }

    /// A precise bus fault in the code that the M7 executes.
    void raiseBusFault() { m_chip.m7().raiseBusFault(0x0802'0000); }
    Chip& chip() { return m_chip; }
    /// Longest time from a control transfer's start to its end, so far.
    std::uint64_t longestControlUs() const { return m_longestControlUs; }
    void forgetLongestControl() { m_longestControlUs = 0; }
    /// The bootloader's stack at its deepest in update mode, so far.
    std::uint32_t longestStackBytes() const { return m_longestStackBytes; }

private:
    void advance(std::uint64_t endUs);
    void programBootloader();
    void followApplication();
    virtual_h755::ApplicationBehaviour wantedBehaviour();
    void followBus();
    virtual_h755::ControlOutcome transfer(const boot::SetupPacket& packet, contract::ByteSpan data);
    void enumerate();

    /// Lost power ends here: it switches the device off.
    template <typename Action>
    void guarded(Action&& action);

    virtual_h755::Clock& m_clock;
    virtual_h755::DeviceOptions m_options;
    virtual_h755::FlashModel m_flash;
    virtual_h755::BackupRegisters m_backup{};
    boot::BoardFacts m_facts;
    Chip m_chip;
    std::vector<Segment> m_bootloader;
    bool m_isOn = false;
    bool m_isPlugged = true;
    bool m_isAttached = false;
    bool m_hasAddress = false;
    std::optional<virtual_h755::ApplicationBehaviour> m_behaviour; ///< of the application that runs
    bool m_hasMisbehaved = false; ///< the wanted accident of this application has happened
    std::uint32_t m_generation = 0;
    virtual_h755::DownloadCounters m_downloads;
    std::uint64_t m_longestControlUs = 0;
    std::uint32_t m_longestStackBytes = 0;
};

} // namespace emulator
