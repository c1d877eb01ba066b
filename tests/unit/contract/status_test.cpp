#include "contract/runtime_status.h"
#include "contract/vendor_requests.h"

#include <catch2/catch.hpp>

using namespace contract;

TEST_CASE("the status comes back unchanged and has its documented size", "[status]")
{
    DeviceStatus status;
    status.productId = 755'001;
    status.uniqueId = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    status.updateReason = UpdateReason::TrialFailed;
    status.slotStatus[1].state = SlotState::Reverted;
    status.slotStatus[1].reason = Reason::Watchdog;
    status.flashPrograms = 0x0102'0304;
    const auto bytes = encode(status);
    CHECK(DeviceStatus::encodedBytes == 208);
    CHECK(bytes[2] == DeviceStatus::encodedBytes);
    CHECK(decode<DeviceStatus>(bytes) == status);
}

TEST_CASE("the status fits one control transfer and the largest stream fits the bitmap", "[status]")
{
    CHECK(DeviceStatus::encodedBytes <= dfu::transferBytes);
    const std::uint32_t blocks = 1 + streamBlocks(maximumSlotDataBytes) +
                                 streamBlocks(h755FlashMap.slot(Core::M7, Slot::A).bytes) +
                                 streamBlocks(h755FlashMap.slot(Core::M4, Slot::A).bytes);
    CHECK(blocks <= vendor::maximumBlocks);
}

TEST_CASE("the run-time status comes back unchanged", "[status]")
{
    RuntimeStatus status;
    status.slot = 1;
    status.state = SlotState::Confirmed;
    status.releaseVersion = {1, 1, 0, 0};
    CHECK(RuntimeStatus::encodedBytes == 48);
    CHECK(decode<RuntimeStatus>(encode(status)) == status);
}
