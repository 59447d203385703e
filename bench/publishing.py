"""The feeds of a whole district: every distinct event once, joined, packed and written; against the write itself."""

from __future__ import annotations

import cProfile
import pstats
import shutil
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from bench.measure import Contestant, figures, show
from bench.schools import District, district
from bench.writing import obvious
from calendars.feed import event_bytes
from calendars.packed import siblings
from deadlines.cli._files import same, write
from deadlines.cli._published import lay_out, plan
from deadlines.cli._whole import put_in_place
from tests.feeds.by_icalendar import event_by_icalendar

MEMORY = Path("/dev/shm")  # a file system in memory, on Linux
NAIVE = "icalendar for every feed, the obvious way"
SAMPLE = 50


def run() -> None:
    """The tables of this group."""
    _against_icalendar(district(65))
    _unchanged(district(65), Path(gettempdir()))
    large = district(650)
    _against_naive(large)
    for where in (MEMORY, Path(gettempdir())):
        if where.is_dir():
            _against_the_write(large, where)
    _packed(large)
    _profile(large)


def joined(found: District) -> Iterator[tuple[str, bytes]]:
    """The feeds as a build makes them: each distinct event once, then joined; one after the other."""
    for name, parts in _pieces(found):
        yield name, b"".join(parts)


def _pieces(found: District) -> Iterator[tuple[str, list[bytes]]]:
    built = found.published.built()
    for name in built.feeds:
        yield name, built.pieces(name, found.infos[name])


def by_icalendar(found: District) -> Iterator[tuple[str, bytes]]:
    """The same, with each distinct event written by icalendar."""
    once = {line.uid: event_by_icalendar(line.entry) for line in found.published.lines.values()}
    built = found.published.built()
    for name, entries in found.published.feeds().items():
        head, *_, end = built.pieces(name, found.infos[name])
        yield name, b"".join([head, *[once[entry.uid] for entry in sorted(entries, key=attrgetter("sort_key"))], end])


def naive(found: District) -> Iterator[tuple[str, bytes]]:
    """What one writes after reading icalendar's first page, feed by feed."""
    for name, entries in found.published.feeds().items():
        yield name, obvious(found.infos[name], entries)


def _against_icalendar(found: District) -> None:
    files = dict(joined(found))
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as temporary:
        folder = Path(temporary) / "feeds"
        ways: dict[str, Callable[[], Iterable[tuple[str, bytes]]]] = {
            "each event once, joined, written": lambda: joined(found),
            "writing the same bytes": files.items,
            "the same, each event by icalendar": lambda: by_icalendar(found),
            NAIVE: lambda: naive(found),
        }
        contestants = {name: _into(folder, _writing(folder, way)) for name, way in ways.items()}
        show(_title("65 schools", found, files), figures(contestants, rounds=3))


def _against_the_write(found: District, where: Path) -> None:
    files = dict(joined(found))
    with TemporaryDirectory(dir=where) as temporary:
        folder, there = Path(temporary) / "feeds", Path(temporary) / "there"
        _into(there, _writing(there, files.items))()

        def as_a_build() -> None:
            would = plan(folder, dict(joined(found)))
            put_in_place(folder, lay_out(would).stat().st_ino, [*would.write], [*would.go])

        contestants = {
            "writing the same bytes": _into(folder, _writing(folder, files.items)),
            "each event once": _timed(lambda: [event_bytes(entry) for entry in found.entries]),
            "each event once, joined": _timed(lambda: deque(joined(found), maxlen=0)),
            "each event once, joined, written": _into(folder, _writing(folder, lambda: joined(found))),
            "the same, listed, synced, swapped": _into(folder, as_a_build),
            "nothing changed: the files compared": _timed(
                lambda: all(same(there / name, files[name]) for name in files)
            ),
        }
        show(_title(f"650 schools, on {where}", found, files), figures(contestants, rounds=5))


def _against_naive(found: District) -> None:
    """Where no write waits for a disk. icalendar takes as long for a feed however many there are: a sample will do."""
    feeds = found.published.feeds()
    some = [*feeds][::SAMPLE]
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as temporary:
        folder = Path(temporary) / "feeds"
        sample = _timed(lambda: [obvious(found.infos[name], feeds[name]) for name in some])
        contestants = {
            "each event once, joined, written": _into(folder, _writing(folder, lambda: joined(found))),
            NAIVE: lambda: sample() * len(feeds) / len(some),
        }
        show(f"650 schools, one feed in {SAMPLE} by icalendar", figures(contestants), {NAIVE: "goal: at least 300x"})


def _unchanged(found: District, where: Path) -> None:
    """What finding that nothing changed costs, file by file: few enough that no write has to wait for the disk."""
    files = dict(joined(found))
    with TemporaryDirectory(dir=where) as temporary:
        folder, there = Path(temporary) / "feeds", Path(temporary) / "there"
        _into(there, _writing(there, files.items))()
        unchanged = "nothing changed: the files compared"
        contestants = {
            "writing the same bytes": _into(folder, _writing(folder, files.items)),
            unchanged: _timed(lambda: all(same(there / name, files[name]) for name in files)),
            "  what looks at sizes and times alone": _timed(lambda: [(there / name).stat() for name in files]),
            "the same, and listed, as a build does it": _timed(lambda: plan(there, files)),
            "the same, and every feed made anew": _timed(lambda: plan(there, dict(joined(found)))),
        }
        show(_title(f"65 schools, on {where}", found, files), figures(contestants), {unchanged: "goal: at most 0.2x"})


def _packed(found: District) -> None:
    parts = dict(_pieces(found))
    whole = {name: b"".join(made) for name, made in parts.items()}  # a build has them, to write them
    show(
        "gzip siblings",
        figures(
            {"zlib, level 6, each feed": _timed(lambda: [len(zlib.compress(data, 6)) for data in whole.values()]),
             "each event packed once, joined": _timed(lambda: [len(data) for _, data in siblings(parts, whole)])},
            rounds=3,
        ),
        {"each event packed once, joined": "goal: at most 0.1x"},
    )  # fmt: skip
    alone = sum(len(zlib.compress(data, 6)) for data in whole.values())
    ours = sum(len(data) for _, data in siblings(parts, whole))
    print(f"  bytes: {sum(map(len, whole.values())):,} plain, {alone:,} by zlib, {ours:,} joined ({ours / alone:.2f}x)")


def _profile(found: District) -> None:
    profile = cProfile.Profile()
    with profile:
        files = dict(joined(found))
    print(f"\nwhat is left of making {len(files):,} feeds: own time, shares")
    rows = pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
    whole = sum(seconds for _, (_, _, seconds, _, _) in rows)
    for (file, _, function), (_, calls, seconds, _, _) in sorted(rows, key=lambda row: -row[1][2])[:10]:
        print(f"  {Path(file).stem + '.' + function:<60} {seconds / whole:6.1%} in {calls:,} calls")


def _title(name: str, found: District, files: dict[str, bytes]) -> str:
    places = sum(len(line.feeds) for line in found.published.lines.values())
    each, size = places / len(found.published.lines), sum(map(len, files.values()))
    return f"{name}: {len(files):,} feeds, {places:,} places, {each:.0f} for each distinct event, {size:,} bytes"


def _writing(folder: Path, feeds: Callable[[], Iterable[tuple[str, bytes]]]) -> Callable[[], None]:
    def work() -> None:
        for name, data in feeds():
            write(f"{folder}/{name}", data)

    return work


def _into(folder: Path, work: Callable[[], object]) -> Contestant:
    """A contestant that finds its folder empty each time; emptying it is not counted."""
    timed = _timed(work)

    def run() -> float:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return timed()

    return run


def _timed(work: Callable[[], object]) -> Contestant:
    def run() -> float:
        before = time.process_time()
        work()
        return time.process_time() - before

    return run
