// Actions that a hostile or broken host can take, one after the other as the input says.
#pragma once

#include "begin_states.h"
#include "crafted_stream.h"
#include "fuzz_input.h"

namespace fuzz {

/// One byte names the action, its arguments follow. Frozen: the kept corpus is made of them.
enum class Action : std::uint8_t {
    RawSetup,
    LikelySetup,
    ChooseStream,
    SendNext,
    Install,
    Download,
    PollStatus,
    Finish,
    ClassRequest,
    GetMissing,
    GetStatus,
    SelectSet,
    Reboot,
    StayOrJournal,
    BusReset,
    Replug,
    Wait,
    StayQuiet,
    CutPower,
    CutPowerSoon,
    Reset,
    CraftStream,
    ChangeButton,
};
inline constexpr std::size_t actionCount = 23;

/// The input's first two bytes.
struct Setting {
    Begin begin = Begin::Empty;
    bool startsNormally = false; ///< else update mode is asked for
    bool isGullible = false;
    MapChoice map = MapChoice::Tiny;
    bool isButtonHeld = false;
    bool isUpdatedAtEnd = false;
    bool isJournalProtected = false;
    bool hasFaulted = false; ///< minimal update mode
    bool neverConfirms = false;
};
Setting readSetting(Input& input);

class HostileHost {
public:
    HostileHost(FuzzedDevice& device, Input& input) : m_device(device), m_input(input) {}

    void act();

private:
    void rawSetup();
    void likelySetup();
    void chooseStream();
    void sendNext();
    void install();
    void download();
    void pollStatus();
    void inspect(Action action);
    void disturb(Action action);
    void switchOnAgain();
    Bytes blockToSend(std::uint32_t number) const;
    Bytes filled(std::size_t bytes);
    const SignedSet& chosenSet();

    FuzzedDevice& m_device;
    Input& m_input;
    Stream m_stream; ///< what the host sends, block by block
    std::uint16_t m_next = 0;
    unsigned m_blocksLeft = 120; ///< for the whole input, so that none takes long
};

} // namespace fuzz
