#!/usr/bin/env bash
# power_switch.sh off|on PORT: in the guest, the hub that a fixture names. It asks the host, where
# the boards are; see power_hub.py.
exec 9>/run/power-switch.lock
flock 9
exec 3<>/dev/virtio-ports/switch
echo "$*" >&3
answer=
read -r -t 30 answer <&3
exec 3>&- # before the lock goes
[[ $answer == "done" ]]
