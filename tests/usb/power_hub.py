"""The supply of boards on this host, switched from the guest (power_switch.sh)."""

import contextlib
import socket
import threading

COMMANDS = {"off": "cut", "on": "power-on"}


class PowerHub:
    """`boards`: {number of the guest's port: board}. Until `close`, a line "off 1" cuts the power
    of that board."""

    def __init__(self, guest, boards):
        self.boards = boards
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(str(guest.folder / "switch"))
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self):
        with contextlib.suppress(OSError), self.line.makefile("rwb") as stream:
            for request in stream:
                word, port = request.decode().split()
                self.boards[int(port)].control(COMMANDS[word])
                stream.write(b"done\n")
                stream.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.line.close()
