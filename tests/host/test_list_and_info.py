from host_bench import Bench


def case_list():
    """a connected device is listed with id, port, mode and version"""
    bench = Bench()
    run = bench.ctl("list").expect(0)
    identity, port, mode, version = run.out.split()
    assert len(identity) == 24 and port == "1-1", run.told
    assert (mode, version) == ("bootloader", "0.1.0"), run.told

    bench.install("1.0.0")
    (device,) = bench.ctl("list", "--json").expect(0).json_lines()
    assert device["type"] == "device" and device["id"] == identity
    assert (device["mode"], device["version"]) == ("application", "1.0.0")
    assert device["problem"] is None


def case_nothing_connected():
    """without a device, list is empty and info ends with exit code 3"""
    bench = Bench()
    run = bench.script('"$VIRTUAL" control "$CONTROL" unplug && "$CTL" list').expect(0)
    assert run.out.splitlines() == ["ok"], run.told
    bench.script('"$VIRTUAL" control "$CONTROL" unplug && "$CTL" info').expect(3, error="HX-0301")


def case_list_watch():
    """list --watch shows a device that goes and comes back"""
    bench = Bench()
    run = bench.script('("$CTL" list --watch --timeout 4 --json &) ; sleep 1;'
                       '"$VIRTUAL" control "$CONTROL" unplug >/dev/null; sleep 1;'
                       '"$VIRTUAL" control "$CONTROL" plug >/dev/null; sleep 3').expect(0)
    kinds = [line["type"] for line in run.json_lines()]
    assert kinds == ["added", "removed", "added"], run.told


def case_info():
    """info says what the application runs and what the bootloader knows of both slots"""
    bench = Bench()
    bench.install("1.0.0")
    (info,) = bench.ctl("info", "--json").expect(0).json_lines()
    assert info["mode"] == "application" and info["state"] == "confirmed", info
    assert info["version"] == "1.0.0" and info["product"] == 755001, info

    run = bench.script('"$CTL" reboot --update-mode --json && "$CTL" info --json').expect(0)
    restarted, info = run.json_lines()
    assert restarted["mode"] == "bootloader", run.told
    assert info["mode"] == "bootloader" and info["updateReason"] == "requested", run.told
    states = {slot["slot"]: slot["state"] for slot in info["slots"]}
    assert states[info["activeSlot"]] == "confirmed", run.told
    assert sorted(states.values()) == ["confirmed", "empty"], run.told
    active = next(s for s in info["slots"] if s["slot"] == info["activeSlot"])
    assert active["version"] == "1.0.0" and active["verified"] is True, run.told


def case_reboot():
    """reboot brings a device back into its application from either side"""
    bench = Bench()
    bench.install("1.0.0")
    run = bench.script('"$CTL" reboot --json && "$CTL" reboot --update-mode --json &&'
                       '"$CTL" reboot --json').expect(0)
    modes = [line["mode"] for line in run.json_lines()]
    assert modes == ["application", "bootloader", "application"], run.told


def case_two_devices():
    """of two devices only the named one is updated, and none named is a refusal"""
    bench = Bench()
    bundle = bench.tools.release("1.0.0")
    other = ["--devices", "2", "--state", bench.folder / "other.bin"]
    refused = bench.ctl("update", bundle, options=other).expect(3, error="HX-0302")
    devices = bench.ctl("list", "--json", options=other).expect(0).json_lines()
    assert [device["port"] for device in devices] == ["1-1", "1-2"], devices
    for device in devices:
        assert device["id"] in refused.err, refused.told

    bench.ctl("update", bundle, "--device", devices[1]["id"].lower(), options=other).expect(0)
    after = bench.ctl("list", "--json", options=other).expect(0).json_lines()
    assert [device["mode"] for device in after] == ["bootloader", "application"], after

    bench.ctl("update", bundle, "--device", "1-1", options=other).expect(0)
    after = bench.ctl("list", "--json", options=other).expect(0).json_lines()
    assert [device["mode"] for device in after] == ["application", "application"], after
    bench.ctl("info", "--device", "F" * 24, options=other).expect(3, error="HX-0303")
    bench.ctl("info", "--device", "1-9", options=other).expect(3, error="HX-0303")
