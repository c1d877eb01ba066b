// What a device's diagnosis says to technicians: pure, translated, a text for every value.
#pragma once

#include <QString> // first: moc stumbles over <concepts> where Qt's headers come behind it

#include "core/recovery/bus_resident.h"
#include "core/recovery/diagnosis.h"

namespace gui {

struct HeadText {
    QString title;    ///< the finding, or the deed
    QString sentence; ///< why; of a repair: what it does and what it cannot harm
};

HeadText verdictText(updater::Verdict verdict);
HeadText repairText(updater::Repair repair);

QString residentText(updater::BusResident resident);
QString slotVerdictText(updater::SlotVerdict verdict);

/// Why an image does not verify; "verified" for None.
QString imageFaultText(contract::ImageFault fault);
QString updateReasonText(contract::UpdateReason reason);
QString journalText(contract::JournalHealth health);
/// Why a slot is in its state; empty for None.
QString slotReasonText(contract::Reason reason);

/// Why this offer cannot be taken; empty if it can.
QString obstacleText(const updater::RepairOffer& offer);

} // namespace gui
