// Any requests in any order, in any state of the device (issue "Hostile host").
#include "hostile_host.h"

using namespace fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    constexpr int mostActions = 80;
    Input input(bytes, size);
    const Setting setting = readSetting(input);
    FuzzedDevice device({setting.map, setting.isGullible});
    const BeginState& begin = beginState(setting.map, setting.begin);
    device.restore(begin.remains, begin.isBootable);
    virtual_h755::VirtualDevice& board = device.device();
    if (setting.neverConfirms) {
        board.applicationBehaviour().kind = virtual_h755::ApplicationBehaviour::Kind::NeverConfirm;
    }
    board.board().mutableFacts().isButtonHeld = setting.isButtonHeld;
    if (setting.isJournalProtected) board.flash().optionBytes().writeProtectionBank1 &= 0x7F;
    if (!setting.startsNormally) device.askForUpdateMode();
    if (setting.hasFaulted) device.recordFaults();
    device.start();

    HostileHost host(device, input);
    for (int i = 0; i < mostActions && !input.isEmpty(); ++i)
        host.act();
    board.applicationBehaviour().kind = virtual_h755::ApplicationBehaviour::Kind::Confirm;
    device.mustSurvive(setting.isUpdatedAtEnd);
    return 0;
}
