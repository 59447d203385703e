"""``python -m tests.kills.steps BEFORE COPIES WHERE EVERY COMMAND…``: a command killed before each step on the disk.

For each number N from 1, BEFORE is copied to COPIES/N and the command runs there in a process of its own, which
kills itself (SIGKILL) just before its Nth step; when a run comes to its end, there are no more. Prints the steps as
JSON. With an EVERY of 3, only every third is tried. Python tells of every file it opens, renames, links or removes
before it does so (audit events); counting begins with the first that writes. ``{}`` in the command stands for the
copy; WHERE is ``whole`` or ``apart``, the latter as on a system on which two folders cannot change places.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import shutil
import signal
import sys
from contextlib import redirect_stdout
from itertools import count
from pathlib import Path

from deadlines.cli import main

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
TOLD = {
    "open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.scandir", "os.utime", "os.chmod",
    "os.chown", "ctypes.dlsym",
}  # fmt: skip


class Killer:
    """Counts the steps below a folder and ends the process before one of them."""

    def __init__(self, folder: Path, number: int, told: int) -> None:
        self.folder, self.number, self.told, self.seen = str(folder), number, told, 0

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if event not in TOLD or not self._counts(event, args):
            return
        self.seen += 1
        if self.seen == self.number:
            os.write(self.told, f"{event} {args[0]}".replace(self.folder, "").encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def _counts(self, event: str, args: tuple[object, ...]) -> bool:
        if event == "ctypes.dlsym":  # just before a function of the system is called
            return self.seen > 0
        below = isinstance(args[0], (str, Path)) and str(args[0]).startswith(self.folder)
        writes = event != "os.scandir" and (event != "open" or bool(isinstance(args[2], int) and args[2] & WRITING))
        return below and (writes or self.seen > 0)


def killed_before(number: int, copy: Path, command: list[str]) -> str:
    """Run the command in a copy, killed before a step; the step, or nothing when the command came to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        sys.addaudithook(Killer(copy, number, writing))
        main([word.replace("{}", str(copy)) for word in command], standalone_mode=False)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        step = told.read()
    _, status = os.waitpid(child, 0)
    assert (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL) if step else status == 0, (number, status)
    return step


def run(before: Path, copies: Path, where: str, every: int, command: list[str]) -> dict[int, str]:
    """The steps of the command by number, each with its copy left as the kill left it."""
    trial = shutil.copytree(before, copies / "0")
    main(
        [word.replace("{}", str(trial)) for word in command], standalone_mode=False
    )  # what is imported now is not imported a hundred times
    if where == "apart":
        vars(importlib.import_module("deadlines.cli._whole"))["exchange"] = lambda one, other: False
    steps: dict[int, str] = {}
    for number in count(1, every):
        copy = copies / str(number)
        shutil.copytree(before, copy)
        step = killed_before(number, copy, command)
        if not step:
            break
        steps[number] = step
    return steps


if __name__ == "__main__":
    with redirect_stdout(io.StringIO()):
        found = run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5:])
    print(json.dumps(found))
