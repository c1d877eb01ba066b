"""The bus of the tools build: usbredir over TCP, as the programs for Windows are tested."""

import pathlib
import socket
import struct
import threading

from host_bench import Bench, Run, UNTIL_CONFIRMED

STOP = pathlib.Path(__file__).with_name("stop_after_blocks.py")
CTL = '"$CTL" --device tcp:127.0.0.1:$H755_VIRTUAL_TCP'


def over_tcp(bench, text, options=(), speed=0):
    return bench.script(text, options=["--tcp", 0, *options], speed=speed)


def case_tcp_update():
    """over TCP, a device is listed, updated, restarted and updated again"""
    bench = Bench()
    old, new = bench.tools.release("1.0.0"), bench.tools.release("1.1.0")
    run = over_tcp(bench, f'{CTL} list && {CTL} update "{old}" && {UNTIL_CONFIRMED} && '
                          f'{CTL} reboot && {CTL} update "{new}"')
    run.expect(0, last_line="updated: 1.0.0 -> 1.1.0 (confirmed by the device)")


def case_tcp_unplugged():
    """over TCP, a cable pulled half way and plugged in again: the same process goes on"""
    bench = Bench()
    bench.install("1.0.0")
    run = over_tcp(bench, f'{CTL} update "{bench.tools.release("1.1.0")}" --json',
                   options=["--unplug-at-block", 70, "--replug-after-ms", 1500])
    result = run.expect(0).json_lines()[-1]
    assert "waiting-for-device" in run.out, run.told
    assert result["outcome"] == "updated" and result["confirmed"], run.told


def case_tcp_power_cut():
    """over TCP, a power cut in the middle of an update, which the next program resumes"""
    bench = Bench()
    bench.install("1.0.0")
    bundle = bench.tools.release("1.1.0")
    over_tcp(bench, f'{CTL} update "{bundle}" --timeout 3', speed=20,
             options=["--cut-at-operation", 20000]).expect(8, error="HX-0802")
    run = over_tcp(bench, f'{CTL} update "{bundle}" --json')
    result = run.expect(0).json_lines()[-1]
    assert result["outcome"] == "updated" and result["from"] == "1.0.0", run.told
    assert result["bytesSent"] < len(bench.tools.stream("1.1.0")), run.told


def case_tcp_nobody():
    """over TCP, nobody at the port and another computer's address are told apart"""
    bench = Bench()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    Run([bench.tools.ctl, "--device", f"tcp:127.0.0.1:{port}", "info"]).expect(3, error="HX-0301")
    for address in ("192.0.2.1:80", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:80x", "127.0.0.1"):
        Run([bench.tools.ctl, "--device", f"tcp:{address}", "info"]).expect(2, error="HX-0201")


def hello():
    return struct.pack("<III64sI", 0, 68, 0, b"hostile", 1 << 1)


def message(kind, body):
    return struct.pack("<III", kind, len(body), 0) + body


def device_of(bundle_ids):
    return message(1, struct.pack("<BBBBHHH", 1, 0, 0, 0, *bundle_ids, 0x100))


def case_hostile_tcp():
    """over TCP, a peer that lies, stalls or makes noise ends in an error, never in a crash"""
    bench = Bench()
    ids = (0x1209, 0x0001)
    lies = [b"", b"\xff" * 64, b"\0" * 4096, hello()[:40], hello() + b"\xff" * 4096,
            hello() + struct.pack("<III", 1, 0xFFFFFFFF, 0),
            hello() + message(4, b"\xff" * 132) + device_of(ids),
            hello() + message(1, b"\1"), hello() + message(4, b""),
            hello() + device_of(ids) + message(100, b"\x80" * 3),
            hello() + device_of(ids) + message(100, b"\x80" * 4000),
            hello() + device_of(ids) * 2000]
    for lie in lies:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            stop = threading.Event()

            def serve(listener=listener, lie=lie, stop=stop):
                listener.settimeout(0.1)
                peers = []
                while not stop.is_set():
                    try:
                        peer, _ = listener.accept()
                        peers.append(peer)
                        peer.sendall(lie)
                    except OSError:
                        pass
                for peer in peers:
                    peer.close()

            thread = threading.Thread(target=serve)
            thread.start()
            address = f"tcp:127.0.0.1:{listener.getsockname()[1]}"
            run = Run([bench.tools.ctl, "--device", address, "--timeout", 2, "info"])
            stop.set()
            thread.join()
        assert run.code in (3, 4, 7, 8), f"{lie[:100]}: {run.told}"
