"""A board that runs 1.0.0 and has confirmed it, for the cases that begin with one:
prepare_board.py FOLDER_OF_STATES."""

import pathlib
import shutil
import sys

from host_bench import Bench

RELEASE = "1.0.0"


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    bench = Bench()
    bench.install(RELEASE)
    folder.mkdir(parents=True)
    shutil.copy(bench.state, folder / f"{RELEASE}.state")


main()
