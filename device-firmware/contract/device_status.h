// GET_STATUS: one fixed, versioned layout that says what the device is, holds and waits for.
#pragma once

#include "contract/dfu.h"
#include "contract/journal_word.h"
#include "contract/set_stream.h"
#include "contract/version.h"

namespace contract {

inline constexpr std::uint16_t protocolVersion = 1;

/// Why the bootloader is in update mode. Frozen.
enum class UpdateReason : std::uint8_t {
    None = 0,
    Requested = 1, ///< the application or the host asked (DETACH, REBOOT)
    Button = 2,
    DoubleReset = 3,
    UnhealthyStarts = 4, ///< five starts in a row without boot-client calling healthy
    RescueWindow = 5,
    NoValidSet = 6,    ///< both slots empty or invalid
    TrialFailed = 7,   ///< the trial is used up and there is no other valid set
    BootCm4Set = 8,    ///< option byte BCM4 = 1 as found: provisioning is incomplete
    FaultRepeated = 9, ///< second consecutive fault: minimal update mode
    CopyFailed = 10,   ///< the set staged in slot B could not be copied to slot A
};

enum class JournalHealth : std::uint8_t {
    Good = 0,
    Rebuilt = 1,  ///< was lost (R9)
    ReadOnly = 2, ///< nothing can be appended (R2)
};

/// What one slot holds. Versions and ids are valid only where `state` says that there is a set.
struct SlotStatus {
    SlotState state = SlotState::Empty;
    Reason reason = Reason::None; ///< for Reverted and Invalid
    ImageFault m7Fault = ImageFault::None;
    ImageFault m4Fault = ImageFault::None;
    SetId setId{};
    Version releaseVersion;
    std::array<Version, 2> coreVersions{}; ///< [core]
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    std::uint16_t flags = 0;      ///< set_flags; slotAOnly: staged here, to be copied to slot A
    std::uint16_t isVerified = 0; ///< 1: both images were verified in this power cycle

    static constexpr std::size_t encodedBytes = 4 + 16 + 3 * 8 + 4 + 4 + 2 + 2;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.state);
        field(self.reason);
        field(self.m7Fault);
        field(self.m4Fault);
        field(self.setId);
        field(self.releaseVersion);
        field(self.coreVersions);
        field(self.securityCounter);
        field(self.keyIndex);
        field(self.flags);
        field(self.isVerified);
    }

    constexpr bool operator==(const SlotStatus&) const = default;
};
static_assert(fillsItsBytes<SlotStatus>());

/// The bootloader's last fault, kept in backup registers over resets.
struct FaultRecord {
    std::uint32_t count = 0;       ///< consecutive faults; 0 = none recorded
    std::uint32_t faultStatus = 0; ///< CFSR
    std::uint32_t address = 0;     ///< BFAR, or the PC where there is none
    std::uint32_t eccAddress = 0;  ///< FLASH_ECC_FA

    static constexpr std::size_t encodedBytes = 16;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.count);
        field(self.faultStatus);
        field(self.address);
        field(self.eccAddress);
    }

    constexpr bool operator==(const FaultRecord&) const = default;
};
static_assert(fillsItsBytes<FaultRecord>());

/// Option bytes as found at start (RM0399 4.4): the bootloader reads them and never writes them.
struct OptionBytes {
    std::uint8_t writeProtectionBank1 = 0xFF; ///< bit n = 0: sector n is protected (WPSN)
    std::uint8_t writeProtectionBank2 = 0xFF;
    std::uint8_t readProtection = 0xAA; ///< RDP byte
    std::uint8_t bootCm4 = 0;           ///< BCM4; 0 is what the product needs

    static constexpr std::size_t encodedBytes = 4;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.writeProtectionBank1);
        field(self.writeProtectionBank2);
        field(self.readProtection);
        field(self.bootCm4);
    }

    constexpr bool operator==(const OptionBytes&) const = default;
};
static_assert(fillsItsBytes<OptionBytes>());

using UniqueId = ByteArray<12>;

struct DeviceStatus {
    std::uint16_t protocol = protocolVersion;
    std::uint16_t structureBytes = encodedBytes;
    Version bootloaderVersion;
    std::uint32_t productId = 0;
    std::uint16_t hardwareRevision = 0;
    std::uint16_t siliconRevision = 0; ///< DBGMCU REV_ID, 0x2003 = V
    UniqueId uniqueId{};
    std::uint8_t romVersion = 0; ///< byte at 0x1FF1E7FE, 0x90 = V9.0
    ResetCause resetCause = ResetCause::Unknown;
    UpdateReason updateReason = UpdateReason::None;
    std::uint8_t activeSlot = noSet;
    std::array<SlotStatus, 2> slotStatus{}; ///< [slot]
    std::uint32_t floorCounter = 0;
    std::uint8_t floorKeyIndex = 0;
    std::uint8_t trialCrashStarts = 0;
    std::uint8_t trialPowerOffStarts = 0;
    JournalHealth journalHealth = JournalHealth::Good;
    OptionBytes optionBytes;
    FaultRecord lastFault;
    ByteArray<16> downloadHash{};      ///< stream header hash of an unfinished download, else zeros
    std::uint8_t downloadSlot = noSet; ///< where it goes
    StreamFault streamFault = StreamFault::None; ///< why the last stream header was refused
    std::uint16_t journalWordsUsed = 0;
    std::uint32_t correctedEccErrors = 0; ///< since power-on
    std::uint32_t flashErases = 0;        ///< since power-on
    std::uint32_t flashPrograms = 0;      ///< words, since power-on

    static constexpr std::size_t encodedBytes =
        4 + 8 + 8 + 12 + 4 + 2 * SlotStatus::encodedBytes + 8 + 4 + 16 + 20 + 12;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.protocol);
        field(self.structureBytes);
        field(self.bootloaderVersion);
        field(self.productId);
        field(self.hardwareRevision);
        field(self.siliconRevision);
        field(self.uniqueId);
        field(self.romVersion);
        field(self.resetCause);
        field(self.updateReason);
        field(self.activeSlot);
        field(self.slotStatus);
        field(self.floorCounter);
        field(self.floorKeyIndex);
        field(self.trialCrashStarts);
        field(self.trialPowerOffStarts);
        field(self.journalHealth);
        field(self.optionBytes);
        field(self.lastFault);
        field(self.downloadHash);
        field(self.downloadSlot);
        field(self.streamFault);
        field(self.journalWordsUsed);
        field(self.correctedEccErrors);
        field(self.flashErases);
        field(self.flashPrograms);
    }

    constexpr const SlotStatus& slot(Slot which) const { return slotStatus[index(which)]; }
    constexpr bool operator==(const DeviceStatus&) const = default;
};
static_assert(fillsItsBytes<DeviceStatus>());

} // namespace contract
