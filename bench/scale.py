"""A roster of ten thousand and one of a hundred thousand, planned by the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deadlines.books import open_book
from deadlines.books.people import Enrolled
from deadlines.books.roster import Roster
from deadlines.cli._common import open_local
from tests.mail.sample import MAIL_SECTION

ON = date(2018, 11, 12)
FEW, MANY = 10_000, 100_000
SCHOOLS, DAYS = 650, 5


@dataclass(frozen=True)
class Planned:
    """What a command said, the seconds it took, those of them on a processor, and the most memory it had, in MB."""

    said: str
    seconds: float
    cpu: float
    megabytes: float


def laid(folder: Path, many: int) -> None:
    """Chicago with a roster: teachers, a delegate in ten, at as many schools as the district has, on five days.

    Made by a process of its own: to Linux a child has had the memory its parent had when it began.
    """
    subprocess.run([sys.executable, "-m", "bench.scale", str(folder), str(many)], check=True)


def _lay(folder: Path, many: int) -> None:
    subprocess.run([sys.executable, "-m", "deadlines", "init", folder, "--from", "chicago"], check=True,
                   capture_output=True)  # fmt: skip
    with (folder / "deadlines.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL_SECTION)
    _, local = open_local(folder)
    Roster(open_book(folder, "", str(local.namespace))).enrol([_reader(n) for n in range(many)], ON)


def _reader(n: int) -> Enrolled:
    role, school = "teacher" if n % 10 else "delegate", f"School {n // 10 % SCHOOLS}"
    level = ("elementary", "high school")[n // 10 % SCHOOLS % 2]
    return Enrolled(f"p{n}@example.org", f"Jo Doe {n}", (role,), school, level, "en", "America/Chicago", n % DAYS, 7)


def plan(folder: Path) -> Planned:
    """`deadlines digest plan` there."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "deadlines", "digest", "plan", "--on", ON.isoformat(), "-C", folder],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    with process.stdout:
        said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    cpu = usage.ru_utime + usage.ru_stime
    return Planned(said, time.perf_counter() - before, cpu, usage.ru_maxrss / 1024)


def run() -> None:
    """The table of this group."""
    for many in (FEW, MANY):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "local"
            laid(folder, many)
            for when in ("planned", "planned again"):
                found = plan(folder)
                size = (folder / "books" / "events.sqlite").stat().st_size / 1e6
                print(f"{many:,} {when}: {found.seconds:.1f} s, CPU {found.cpu:.1f} s, at most "
                      f"{found.megabytes:.0f} MB of memory, {size:,.0f} MB of book; {found.said.strip()}")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _lay(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        run()
