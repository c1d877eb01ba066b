#!/bin/bash
# suspend_in_guest.sh H755CTL RELEASE SERIAL...: lives in the guest's memory, as the disk (9p) does
# not survive a suspend. Updates all boards at once and suspends the whole machine once each of them
# has got a third. Prints "exit SERIAL CODE" and h755ctl's own lines for each.
set -u
ctl=$1 release=$2
shift 2
box=/bin/busybox

/usr/lib/systemd/systemd-udevd --daemon >/dev/null 2>&1
declare -A runs
for serial in "$@"; do
    "$ctl" update "$release" --json --device "$serial" >"/tmp/$serial" 2>&1 &
    runs[$serial]=$!
done
for serial in "$@"; do
    for ((i = 0; i < 3000; i++)); do
        $box grep -q '"permille":[3-9]..,' "/tmp/$serial" && break
        $box usleep 10000
    done
done
for serial in "$@"; do echo "ended before: $($box grep -c '"type":"result"' "/tmp/$serial")"; done

# Everything but the last step: user space frozen, every driver's suspend, 5 s, every resume.
echo devices >/sys/power/pm_test
echo freeze >/sys/power/state || echo "no suspend"

for serial in "$@"; do
    wait "${runs[$serial]}"
    echo "exit $serial $?"
    $box cat "/tmp/$serial"
done
$box dmesg | $box tail -n 60
