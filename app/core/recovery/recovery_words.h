// Words for a diagnosis, the same in text and JSON, so that people can search for them. The window
// has sentences of its own, translated.
#pragma once

#include "core/recovery/bus_resident.h"
#include "core/recovery/diagnosis.h"

#include <string_view>

namespace updater {

/// "update-unfinished"
std::string_view word(Verdict verdict);
/// What it means.
std::string_view sentence(Verdict verdict);

/// "good"
std::string_view word(SlotVerdict verdict);

/// "start-other": also the name by which `h755ctl recover` takes it.
std::string_view word(Repair repair);
/// What it does and what it leaves alone.
std::string_view sentence(Repair repair);
/// BadArguments for a name that is none.
Result<Repair> repairNamed(std::string_view name);

/// "rom-loader"
std::string_view word(BusResident resident);

} // namespace updater
