import json
import struct
import zipfile
import zlib

from host_bench import SLOTS, Bench, Run

COUNTERS = {"correctedEccErrors", "flashErases", "flashPrograms"}  # since power-on
FAULT_COUNT_REGISTER = 21  # H755_BACKUP_FAULT_COUNT
TO_UPDATE_MODE = '"$CTL" reboot --update-mode && '


def entries(path):
    with zipfile.ZipFile(path) as box:
        return {name: box.read(name).decode() for name in box.namelist()}


def said(path):
    """What a device says of itself and its journal; `raw` also holds the counters."""
    parts = entries(path)
    status = json.loads(parts["status.json"])
    return {key: value for key, value in status.items() if key not in COUNTERS | {"raw"}}, \
        parts["journal.json"]


def failed_trial():
    """1.0.2 with counter 2 runs, confirmed, and 1.1.0 with counter 2 has failed its trial in the
    other slot, whose M4 image has rotted since; the bootloader has met a fault."""
    bench = Bench()
    bench.install("1.0.2 counter 2")
    crashes = ["--application", "crash:50@1.1.1"]
    bench.update("1.1.1 counter 2", options=crashes).expect(9, error="HX-0901")
    address, _ = SLOTS["m4", "b"]
    bench.rot(address + 0x800)
    bench.set_backup(FAULT_COUNT_REGISTER, [1, 0x8200, 0x24000010, address + 0x800])
    return bench


def report(bench, name, options=(), before=""):
    path = bench.folder / name
    bench.script(f'{before} "$CTL" report --output "$FOLDER/{name}"', options=options).expect(0)
    return path


class Desk(Bench):
    """A board that is recreated from a report."""

    def __init__(self, report_file):
        super().__init__()
        self.report_file = report_file

    def session(self, *command, options=(), speed=0):
        return super().session(*command, options=["--from-report", self.report_file, *options],
                               speed=speed)


def case_replay_failed_trial():
    """a report's journal, slots, floor and fault record come back on a virtual device"""
    original = failed_trial()
    case = report(original, "case.zip", options=["--button"])
    status, journal = said(case)
    slots = {slot["slot"]: slot for slot in status["slots"]}
    assert slots["B"]["state"] == "reverted" and slots["B"]["m4Fault"] == 1, slots
    assert status["floorCounter"] == 2 and status["faults"] == 1, status

    desk = Desk(case)
    again = report(desk, "again.zip")
    assert said(again) == (status, journal), (said(again), status)
    assert "virtual-h755" not in desk.ctl("info").expect(0).err


def case_replay_goes_on():
    """what repairs the original repairs the recreated device, and a plan can do it every night"""
    original = failed_trial()
    case = report(original, "case.zip", options=["--button"])
    releases = original.tools.release
    for bench in (original, Desk(case)):
        bench.ctl("update", releases("1.0.0")).expect(6, error="HX-0603")
        bench.ctl("update", releases("1.1.1 counter 2")).expect(9, error="HX-0901")
        bench.ctl("update", releases("1.1.2 counter 2")).expect(0)
        line, = bench.ctl("info", "--json").expect(0).json_lines()
        assert (line["version"], line["state"]) == ("1.1.2", "confirmed"), line
        bench.ctl("select-set").expect(0)

    desk = Desk(case)
    plan = desk.file("case.json", json.dumps({"plan": 1, "name": "case", "steps": [
        {"do": "expect", "expect": {"mode": "bootloader"}},
        {"do": "downgrade-must-fail", "release": str(releases("1.0.0"))},
        {"do": "update", "release": str(releases("1.1.2 counter 2")),
         "expect": {"version": "1.1.2", "state": "confirmed"}}]}).encode())
    desk.ctl("test", plan, "--out", desk.folder / "results").expect(0)


def case_replay_half_download():
    """a report of a cut download comes back, and the update is completed on the recreated device"""
    original = Bench()
    original.install("1.0.0")
    original.ctl("update", original.tools.release("1.1.0"), "--timeout", 2,
                 options=["--unplug-at-block", 40]).expect(8)
    case = report(original, "half.zip", before=TO_UPDATE_MODE)
    status, journal = said(case)
    assert status["downloadSlot"] == "B", status
    desk = Desk(case)
    assert said(report(desk, "again.zip")) == (status, journal)
    desk.update("1.1.0").expect(0)


def packed(parts):
    """An archive in the only form that reports have."""
    local, central = b"", b""
    for name, text in parts.items():
        data = text.encode()
        head = struct.pack("<5H3I2H", 10, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data),
                           len(name), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 10) + head \
            + struct.pack("<3H2I", 0, 0, 0, 0, len(local)) + name.encode()
        local += b"PK\x03\x04" + head + name.encode() + data
    return local + central + b"PK\x05\x06" + struct.pack(
        "<4H2IH", 0, 0, len(parts), len(parts), len(central), len(local), 0)


def changed(bench, path, name, change):
    parts = entries(path)
    assert packed(parts) == path.read_bytes()
    change(parts)
    return bench.file(name, packed(parts))


def with_raw(change):
    """Parts of a report whose GET_STATUS is changed."""
    def changed_parts(parts):
        status = json.loads(parts["status.json"])
        status["raw"] = change(status["raw"])
        parts["status.json"] = json.dumps(status)
    return changed_parts


def with_journal(change):
    def changed_parts(parts):
        parts["journal.json"] = change(parts["journal.json"])
    return changed_parts


def of_another_product(raw):
    return raw[:24] + f"{int(raw[24:26], 16) ^ 1:02x}" + raw[26:]


LIES = [  # what is changed in a good report, and what is said of it
    (with_raw(lambda raw: raw[:-2]), "GET_STATUS length"),
    (with_raw(lambda raw: raw + "00"), "GET_STATUS length"),
    (with_raw(lambda raw: raw + 3000 * "00"), "not a status in hex"),
    (with_raw(lambda raw: "zz" + raw[2:]), "not a status in hex"),
    (with_raw(lambda raw: 7), "GET_STATUS length"),
    (with_raw(lambda raw: "ff" + raw[2:]), "bootloader protocol"),
    (with_raw(of_another_product), "about product"),
    (lambda parts: parts.pop("journal.json"), "no journal.json"),
    (lambda parts: parts.update({"status.json": "[1]"}), "not an object"),
    (lambda parts: parts.update({"status.json": '{"a":' * 9 + "1" + "}" * 9}), "too deeply"),
    (lambda parts: parts.update({"status.json": " " * 20_000}), "too long"),
    (with_journal(lambda text: text.splitlines()[0]), "only a part"),
    (with_journal(lambda text: "\n".join(reversed(text.splitlines()))), "range or order"),
    (with_journal(lambda text: text.replace('"word":0,', '"word":4096,')), "range or order"),
    (with_journal(lambda text: text.replace('"word":0,', '"word":-1,')), "word is missing"),
    (with_journal(lambda text: text.replace('"raw":"', '"raw":"00')), "not a flash word"),
    (with_journal(lambda text: text + "}"), "not JSON"),
]


def case_replay_refuses():
    """a report that cannot be replayed is refused with code, cause and what to do"""
    bench = Bench()
    bench.install("1.0.0")
    running = bench.folder / "running.zip"
    bench.ctl("report", "--output", running).expect(0)
    good = report(bench, "good.zip", before=TO_UPDATE_MODE)

    def refuse(file, *words):
        run = Run([bench.tools.virtual, "--from-report", file, "--", "true"]).expect(2)
        for word in words:
            assert word in run.err, (word, run.told)

    refuse(running, "error HX-0205", "application ran", "reboot --update-mode")
    refuse(bench.folder / "none.zip", "error HX-0202")
    refuse(bench.file("text.zip", b"no archive"), "error HX-0205", "not a report")
    refuse(bench.file("cut.zip", good.read_bytes()[:-1]), "error HX-0205", "not a report")
    for change, words in LIES:
        refuse(changed(bench, good, "lie.zip", change), words)
