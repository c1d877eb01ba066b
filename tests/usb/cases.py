"""What programs in a guest with a real kernel see of our devices: one function, one test."""

import json
import shlex
import time

from device import Board

APPEAR_LIMIT_S = 15
OWNER, STRANGER = 1000, 1001
USER = "setpriv --reuid {} --regid {} --clear-groups"


def bootloader(tools):
    return f"lsusb -d {tools.vendor_id}:{tools.bootloader_id}"


def wait_for(guest, command, code=0):
    deadline = time.monotonic() + APPEAR_LIMIT_S
    while True:
        answer = guest.run(command)
        if answer.code == code:
            return answer
        assert time.monotonic() < deadline, str(answer)
        time.sleep(0.1)


def update(tools, release, *options):
    return " ".join([tools.ctl, "update", shlex.quote(str(tools.release(release))),
                     *map(str, options)])


def result_of(answer):
    lines = [json.loads(line) for line in answer.out.splitlines() if line.startswith("{")]
    return lines[-1]


def install(guest, tools, release):
    guest.run(update(tools, release)).expect()


def case_lsusb(guest, tools):
    """lsusb -v reads every descriptor of both modes without a complaint"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        for product, name in ((tools.bootloader_id, "bootloader"), (tools.runtime_id, "run time")):
            told = guest.run(f"lsusb -v -d {tools.vendor_id}:{product} 2>&1").expect()
            assert "Device Firmware Update" in told.out, str(told)
            for complaint in ("arning", "cannot", "can't", "junk", "unknown", "error"):
                assert complaint not in told.out, f"{name}: {complaint}\n{told}"
            tools.keep(f"lsusb-{name.replace(' ', '-')}.txt", told.out)
            if product == tools.bootloader_id:
                install(guest, tools, "1.0.0")


def case_update(guest, tools):
    """h755ctl installs, updates and reports through a real kernel"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        told = guest.run(update(tools, "1.0.0")).expect()
        assert "installed: 1.0.0 (confirmed by the device)" in told.out, str(told)
        told = guest.run(update(tools, "1.1.0")).expect()
        assert "updated: 1.0.0 -> 1.1.0 (confirmed by the device)" in told.out, str(told)
        told = guest.run(f"{tools.ctl} info --json").expect()
        assert json.loads(told.out)["version"] == "1.1.0", str(told)


def case_dfu_util(guest, tools):
    """the unmodified dfu-util installs a release, also in blocks of 1024 bytes"""
    for option in ("", "-t 1024"):
        with Board(tools.virtual, guest):
            wait_for(guest, bootloader(tools))
            told = guest.run(f"dfu-util {option} -D {tools.dfu_file('1.0.0')}").expect()
            assert "Done!" in told.out, str(told)
            wait_for(guest, f"lsusb -d {tools.vendor_id}:{tools.runtime_id}")


def case_dfu_util_detach(guest, tools):
    """dfu-util detaches a running device, downloads, and the new release comes up"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        ids = f"{tools.vendor_id}:{tools.runtime_id},{tools.vendor_id}:{tools.bootloader_id}"
        guest.run(f"dfu-util -d {ids} -D {tools.dfu_file('1.1.0')}").expect()
        wait_for(guest, f"lsusb -d {tools.vendor_id}:{tools.runtime_id}")
        told = guest.run(f"{tools.ctl} info --json").expect()
        assert json.loads(told.out)["version"] == "1.1.0", str(told)


def case_damaged_file(guest, tools):
    """dfu-util with a damaged file fails, and the release that was there still runs"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        told = guest.run(f"dfu-util -D {tools.damaged_dfu_file('1.1.0')}")
        assert told.code != 0, str(told)
        guest.run(f"{tools.ctl} reboot").expect()
        wait_for(guest, f"lsusb -d {tools.vendor_id}:{tools.runtime_id}")
        told = guest.run(f"{tools.ctl} info --json").expect()
        assert json.loads(told.out)["version"] == "1.0.0", str(told)


def case_surprise_removal(guest, tools):
    """a cable pulled in the middle and plugged in again: the same h755ctl finishes the update"""
    with Board(tools.virtual, guest) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        board.control("unplug-at-block", 110)
        board.control("replug-after-ms", 1500)
        answer = guest.run(update(tools, "1.1.0", "--json")).expect()
        result = result_of(answer)
        assert result["outcome"] == "updated" and result["confirmed"], str(answer)
        assert "waiting-for-device" in answer.out, str(answer)


def case_other_port(guest, tools):
    """plugged into another port, the device is still the same one and the update goes on"""
    with Board(tools.virtual, guest, ports=(1, 3)) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        board.control("unplug-at-block", 110)
        guest.run(f"({update(tools, '1.1.0', '--json')}) >/tmp/update.log 2>&1 &").expect()
        deadline = time.monotonic() + 60
        while board.status()["plugged"] == "yes":
            assert time.monotonic() < deadline, guest.run("cat /tmp/update.log").out
            time.sleep(0.05)
        board.control("plug", 2)
        answer = wait_for(guest, "grep '\"type\":\"result\"' /tmp/update.log")
        result = result_of(answer)
        assert result["outcome"] == "updated" and result["confirmed"], str(answer)


def case_killed_device(guest, tools):
    """a device whose power fails without a goodbye is resumed once it is back"""
    with Board(tools.virtual, guest) as board:
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        board.stop()
        board.start("--cut-at-operation", 9000)
        wait_for(guest, f"lsusb -d {tools.vendor_id}:{tools.runtime_id}")
        told = guest.run(update(tools, "1.1.0", "--timeout", 3))
        assert told.code == 8 and "HX-0802" in told.out, str(told)
        board.control("power-on")
        wait_for(guest, f"lsusb -d {tools.vendor_id}:")
        told = guest.run(update(tools, "1.1.0")).expect()
        assert "updated: 1.0.0 -> 1.1.0 (confirmed by the device)" in told.out, str(told)


def case_two_devices(guest, tools):
    """two equal devices are refused without a choice and told apart by their serial numbers"""
    with Board(tools.virtual, guest, ports=(1, 2), devices=2):
        wait_for(guest, f"test $({bootloader(tools)} | wc -l) = 2")
        told = guest.run(update(tools, "1.0.0"))
        assert told.code != 0 and "--device" in told.out, str(told)
        listed = guest.run(f"{tools.ctl} list --json").expect()
        serials = [json.loads(line)["id"] for line in listed.out.splitlines()]
        assert len(set(serials)) == 2, str(listed)
        guest.run(update(tools, "1.0.0", "--device", serials[1])).expect()
        told = guest.run(f"{tools.ctl} info --json --device {serials[0]}").expect()
        assert json.loads(told.out)["mode"] == "bootloader", str(told)


def case_window(guest, tools):
    """the window updates a device through a real kernel"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        install(guest, tools, "1.0.0")
        guest.run(f"QT_QPA_PLATFORM=offscreen H755_RELEASES={tools.releases} "
                  f"{tools.window_test} updatesADevice").expect()
        told = guest.run(f"{tools.ctl} info --json").expect()
        assert result_of(told)["version"] == "1.1.0", str(told)


def case_permissions(guest, tools):
    """our udev rule gives the person at the seat the device, and nobody else"""
    guest.run("mkdir -p /run/systemd/seats && printf 'IS_SEAT0=1\\nACTIVE=c1\\nACTIVE_UID="
              f"{OWNER}\\n' > /run/systemd/seats/seat0").expect()
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        refused = guest.run(f"{USER.format(OWNER, OWNER)} {tools.ctl} info")
        assert refused.code == 4 and "HX-0401" in refused.out, str(refused)
        assert "udev" in refused.out, str(refused)
    guest.run(f"mkdir -p /etc/udev/rules.d && cp {tools.udev_rule} /etc/udev/rules.d/ && "
              "udevadm control --reload").expect()
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        guest.run("udevadm settle").expect()
        guest.run(f"{USER.format(OWNER, OWNER)} {update(tools, '1.0.0')}").expect()
        refused = guest.run(f"{USER.format(STRANGER, STRANGER)} {tools.ctl} info")
        assert refused.code == 4 and "HX-0401" in refused.out, str(refused)


def case_not_yet_configured(guest, tools):
    """a device that the kernel has announced and not yet configured is waited for"""
    with Board(tools.virtual, guest):
        wait_for(guest, bootloader(tools))
        configuration = "/sys/bus/usb/devices/1-1/bConfigurationValue"
        told = guest.run(f"echo 0 >{configuration}; {tools.ctl} info")
        assert told.code == 4 and "HX-0402" in told.out, str(told)
        told = guest.run(f"(sleep 0.5; echo 1 >{configuration}) & {tools.ctl} info --json")
        assert json.loads(told.expect().out)["mode"] == "bootloader", str(told)


def case_emulated_chip(guest, tools):
    """the bootloader's own ARM ELF is enumerated, and updated by h755ctl, through a real kernel"""
    with Board(tools.emulated, guest):
        wait_for(guest, bootloader(tools))
        told = guest.run(update(tools, "1.0.0")).expect()
        assert "installed: 1.0.0 (confirmed by the device)" in told.out, str(told)
        told = guest.run(update(tools, "1.0.2 counter 2")).expect()
        assert "updated: 1.0.0 -> 1.0.2 (confirmed by the device)" in told.out, str(told)
        told = guest.run(f"lsusb -v -d {tools.vendor_id}:{tools.runtime_id} 2>&1").expect()
        assert "Will Detach" in told.out, str(told)
