#!/bin/busybox sh
# shellcheck shell=dash
# First process of the guest: mounts the host's root read-only below an overlay and runs there the
# commands that arrive on the virtio console, one a line. "RC CODE BYTES" and the output go back.
PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in /modules/*.ko; do
    insmod "$module" || echo "guest: $module does not load"
done
mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=1048576,cache=loose host /host
mount -t tmpfs tmpfs /top
mkdir /top/upper /top/work
mount -t overlay -o lowerdir=/host,upperdir=/top/upper,workdir=/top/work overlay /root
for folder in proc sys dev; do mount -o bind /$folder /root/$folder; done
mount -t tmpfs tmpfs /root/run

console=
for port in /sys/class/virtio-ports/*; do
    [ "$(cat "$port/name")" = commands ] && console=/dev/${port##*/}
done
# Else udevadm takes back what it is asked for in a chroot, and says that all is well.
export SYSTEMD_IGNORE_CHROOT=1
exec 3<>"$console"
echo READY >&3
while read -r line <&3; do
    chroot /root /bin/bash -c "$line" >/top/out 2>&1 </dev/null
    code=$?
    printf 'RC %d %d\n' "$code" "$(wc -c </top/out)" >&3
    cat /top/out >&3
done
poweroff -f
