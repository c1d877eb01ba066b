import json
import zipfile

from host_bench import Bench

ENTRIES = {"status.json", "usb-tree.txt", "versions.json", "log.txt"}


def contents(path):
    with zipfile.ZipFile(path) as box:
        assert box.testzip() is None
        return {name: box.read(name).decode() for name in box.namelist()}


def case_report():
    """report writes a ZIP with status, journal, bus and versions, and names nobody"""
    bench = Bench()
    bench.install("1.0.0")
    file = bench.folder / "report of an application.zip"
    (line,) = bench.ctl("report", "--output", file, "--json").expect(0).json_lines()
    assert line["type"] == "report" and line["file"] == str(file), line
    entries = contents(file)
    assert set(entries) == ENTRIES, set(entries)
    status = json.loads(entries["status.json"])
    assert status["mode"] == "application" and status["version"] == "1.0.0", status
    assert line["id"] in entries["usb-tree.txt"] and "1209:0001" in entries["usb-tree.txt"]
    versions = json.loads(entries["versions.json"])
    assert versions["program"] == "h755ctl" and versions["kernel"].startswith("Linux"), versions

    bench.script('"$CTL" reboot --update-mode &&'
                 ' "$CTL" report --output "$FOLDER/boot.zip"').expect(0)
    entries = contents(bench.folder / "boot.zip")
    assert set(entries) == ENTRIES | {"journal.json"}, set(entries)
    words = [json.loads(word) for word in entries["journal.json"].splitlines()]
    status = json.loads(entries["status.json"])
    assert len(words) == status["journalWordsUsed"] > 0, (len(words), status)
    assert words[-1]["slotA"] == "confirmed", words[-1]
    assert len(bytes.fromhex(status["raw"])) == 208, status


def case_report_without_device():
    """without a device report writes a file that says so, and ends with exit code 3"""
    bench = Bench()
    bench.script('"$VIRTUAL" control "$CONTROL" unplug &&'
                 ' HOME="$FOLDER" USER=jo "$CTL" report --output "$FOLDER/none.zip"'
                 ).expect(3, error="HX-0301")
    entries = contents(bench.folder / "none.zip")
    assert set(entries) == ENTRIES, set(entries)
    assert json.loads(entries["status.json"])["code"] == "HX-0301"
    assert "HX-0301" in entries["log.txt"], entries["log.txt"]


def case_report_of_one_of_two():
    """a report about one of two devices does not tell the other one's serial number"""
    bench = Bench()
    other = ["--devices", "2", "--state", bench.folder / "other.bin"]
    devices = bench.ctl("list", "--json", options=other).expect(0).json_lines()
    file = bench.folder / "report.zip"
    bench.ctl("report", "--output", file, "--device", "1-2", options=other).expect(0)
    text = "".join(contents(file).values())
    assert devices[1]["id"] in text and devices[0]["id"] not in text, text
    assert "<other device 1>" in text, text
    refused = bench.ctl("report", "--output", file, options=other).expect(3, error="HX-0302")
    assert devices[0]["id"] in refused.err, refused.told
    text = "".join(contents(file).values())
    assert devices[0]["id"] not in text and devices[1]["id"] not in text, text
