#include "cli/words.h"

namespace cli {

using updater::Activity;

std::string_view word(Activity activity)
{
    switch (activity) {
    case Activity::ReadingDevice: return "reading-device";
    case Activity::EnteringUpdateMode: return "entering-update-mode";
    case Activity::Sending: return "sending";
    case Activity::Restarting: return "restarting";
    case Activity::Copying: return "copying";
    case Activity::WaitingForConfirmation: return "waiting-for-confirmation";
    case Activity::WaitingForDevice: return "waiting-for-device";
    case Activity::Done: return "done";
    }
    return "unknown";
}

std::string_view sentence(Activity activity)
{
    switch (activity) {
    case Activity::ReadingDevice: return "reading the device";
    case Activity::EnteringUpdateMode: return "starting update mode";
    case Activity::Sending: return "sending (may be unplugged)";
    case Activity::Restarting: return "starting the new firmware";
    case Activity::Copying: return "copying it into place";
    case Activity::WaitingForConfirmation: return "waiting for its confirmation";
    case Activity::WaitingForDevice: return "disconnected: plug it in again, any port";
    case Activity::Done: return "done";
    }
    return "unknown";
}

std::string_view word(updater::Notice notice)
{
    switch (notice) {
    case updater::Notice::CannotGoBack: return "cannot-go-back";
    }
    return "unknown";
}

std::string_view sentence(updater::Notice notice)
{
    switch (notice) {
    case updater::Notice::CannotGoBack:
        return "This release is linked for slot A only and overwrites the one that runs: the "
               "device "
               "cannot go back by itself.";
    }
    return "unknown";
}

} // namespace cli
