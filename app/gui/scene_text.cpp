#include "gui/scene_text.h"

#include "core/bundle/text_forms.h"
#include "gui/brand.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

namespace gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Scene)
};

QString versionOf(const contract::Version& version)
{
    return QString::fromStdString(updater::versionText(version));
}

QString releaseVersion(const Situation& situation)
{
    return versionOf(situation.release->streamHeader().releaseVersion);
}

/// As people write it here; a day that no calendar has as the file says it.
QString releaseDate(const Situation& situation)
{
    const QString text = QString::fromStdString(situation.release->manifest().date);
    const QDate date = QDate::fromString(text, Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, Words::tr("d MMMM yyyy")) : text;
}

SceneText looking()
{
    return {Words::tr("One moment"), Words::tr("Looking at your device."), {}, {}, {}};
}

SceneText nothingConnected()
{
    return {Words::tr("Connect your device"),
            Words::tr("Plug your %1 into this computer with a USB data "
                      "cable. It is found by itself.")
                .arg(brand().productName),
            {},
            {},
            {}};
}

SceneText chooseDevice()
{
    return {Words::tr("Which device?"),
            Words::tr("Several devices are connected. Choose one above; the "
                      "others are left alone."),
            {},
            {},
            {}};
}

SceneText upToDate(const Situation& situation)
{
    const std::optional<contract::Version> running = runningVersion(situation);
    const QString serial = QString::fromStdString(situation.bus.chosenId);
    const QString open = Words::tr("Open update file…");
    if (!situation.release) {
        const QString version =
            running ? Words::tr("Version %1, serial number %2").arg(versionOf(*running), serial)
                    : Words::tr("Serial number %1").arg(serial);
        return {Words::tr("Your device is connected"),
                Words::tr("Open the update file that you have received, or "
                          "drop it here."),
                version, open, Words::tr("Look again")};
    }
    return {Words::tr("Your device is up to date"), Words::tr("There is nothing to do."),
            Words::tr("Version %1 of %2, serial number %3")
                .arg(releaseVersion(situation), releaseDate(situation), serial),
            Words::tr("Look again"), open};
}

SceneText updateAvailable(const Situation& situation)
{
    const std::optional<contract::Version> running = runningVersion(situation);
    const QString next = releaseVersion(situation);
    const QString change = running
                               ? Words::tr("From version %1 to version %2. It takes about "
                                           "half a minute.")
                                     .arg(versionOf(*running), next)
                               : Words::tr("Version %1. It takes about half a minute.").arg(next);
    const QString open = Words::tr("Open another file…");
    if (isOlder(situation)) {
        return {Words::tr("This file is older"),
                Words::tr("Your device has a newer version already. You can "
                          "go back to the older one."),
                change, Words::tr("Install older version"), open};
    }
    return {Words::tr("An update is ready"),
            Words::tr("Your device keeps working if anything interrupts the "
                      "update."),
            change, Words::tr("Update"), open};
}

SceneText updating(const Situation& situation)
{
    const updater::ProgressReport& report = *situation.running;
    const QString sentence = situation.isCancelling
                                 ? Words::tr("Stopping at a safe point.")
                                 : Words::tr("You can unplug at any time; it continues when you "
                                             "plug in again.");
    const QString cancel = situation.isCancelling ? QString() : Words::tr("Cancel");
    // A technician's repair may do without a release file.
    const QString title = situation.release
                              ? Words::tr("Updating to version %1").arg(releaseVersion(situation))
                              : Words::tr("Your device is being repaired");
    return {title, sentence, activityText(report.activity), {}, cancel};
}

SceneText connectionLost(const Situation& situation)
{
    const QString cancel = situation.isCancelling ? QString() : Words::tr("Cancel");
    return {Words::tr("Plug your device in again"),
            Words::tr("Nothing is lost. The update continues by itself, on "
                      "any USB port."),
            {},
            {},
            cancel};
}

SceneText needsRepair(const Situation& situation)
{
    const auto& device = std::get<contract::DeviceStatus>(situation.bus.chosen);
    const bool canStart = updater::activeSet(device) != nullptr;
    SceneText result{Words::tr("Your device is waiting for its software"),
                     canStart ? Words::tr("An update was not finished. Nothing is lost: "
                                          "it can be finished now.")
                              : Words::tr("It cannot start by itself at the moment. "
                                          "Installing its software again repairs it."),
                     {},
                     Words::tr("Repair"),
                     Words::tr("Open another file…")};
    if (situation.release) {
        result.detail = Words::tr("Version %1 will be installed. It takes "
                                  "about half a minute.")
                            .arg(releaseVersion(situation));
    } else {
        result.detail = Words::tr("Open the update file that you have received.");
        result.primary = Words::tr("Open update file…");
        result.secondary.clear();
    }
    return result;
}

SceneText done(const Situation& situation)
{
    using Kind = updater::UpdateOutcome::Kind;
    const updater::UpdateOutcome& outcome = *situation.outcome;
    const QString sentence = outcome.kind == Kind::InstalledNotObservable
                                 ? Words::tr("Version %1 is installed and checked. This device "
                                             "cannot report its start.")
                                 : Words::tr("Your device runs version %1 and has confirmed it.");
    return {Words::tr("Done"), sentence.arg(versionOf(outcome.to)), {}, Words::tr("Done"), {}};
}

SceneText problem(const Situation& situation)
{
    // A file that is not for this device is not cured by trying it again.
    const bool isFile = !situation.failure && !situation.bus.problem;
    return {{}, {}, {}, isFile ? Words::tr("Other file…") : Words::tr("Try again"), {}};
}

} // namespace

SceneText sceneText(const Situation& situation)
{
    switch (sceneOf(situation)) {
    case Scene::Looking: return looking();
    case Scene::NothingConnected: return nothingConnected();
    case Scene::ChooseDevice: return chooseDevice();
    case Scene::UpToDate: return upToDate(situation);
    case Scene::UpdateAvailable: return updateAvailable(situation);
    case Scene::Updating: return updating(situation);
    case Scene::ConnectionLost: return connectionLost(situation);
    case Scene::NeedsRepair: return needsRepair(situation);
    case Scene::Done: return done(situation);
    case Scene::Problem: return problem(situation);
    }
    return {};
}

QString deviceName(const updater::UsbDevice& device)
{
    const QString serial = QString::fromStdString(device.serial);
    const QString port = QString::fromStdString(device.portPath);
    return serial.isEmpty() ? Words::tr("Device at USB port %1").arg(port)
                            : Words::tr("%1, USB port %2").arg(serial, port);
}

QString activityText(updater::Activity activity)
{
    using updater::Activity;
    switch (activity) {
    case Activity::ReadingDevice: return Words::tr("Looking at the device");
    case Activity::EnteringUpdateMode: return Words::tr("Getting the device ready");
    case Activity::Sending: return Words::tr("Sending the update");
    case Activity::Restarting: return Words::tr("Starting the new version");
    case Activity::Copying: return Words::tr("The device puts it in place");
    case Activity::WaitingForConfirmation: return Words::tr("The new version checks itself");
    case Activity::WaitingForDevice: return Words::tr("Waiting for the device");
    case Activity::Done: return Words::tr("Done");
    }
    return {};
}

QString remainingText(const updater::ProgressReport& report)
{
    if (!report.remainingMs) return {};
    const std::uint64_t seconds = (*report.remainingMs + 999) / 1000;
    if (seconds <= 5) return Words::tr("a few seconds left");
    if (seconds < 60) {
        return Words::tr("about %1 seconds left").arg((seconds + 4) / 5 * 5);
    }
    return Words::tr("about %n minute(s) left", nullptr, static_cast<int>((seconds + 59) / 60));
}

} // namespace gui
