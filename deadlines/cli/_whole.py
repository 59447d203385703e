"""A build reaches the disk whole: the published folder, the ledger, the changes and the report, or none of them.

Everything new is laid beside its place and brought to the disk; then one small file, the order, is renamed into
place: that is the moment the build counts. What follows only carries the order out: the published folder changes
places with its successor in one step, the other files are replaced. A build killed before that moment has done
nothing; one killed after it is carried out by whoever opens the folder next, and its order says how far it came.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from deadlines.cli._files import differing, flush, flush_folders, stage, temporary, without_address
from deadlines.cli._published import Plan, lay_out, plan, same_file
from deadlines.cli._swap import exchange

ORDER = ".build.json"
PRIVATE = ("report", "books", "sources", "private")
FEEDS = "feeds/"  # an address people subscribe to is never taken away by a build


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """A local's folder with no build under way: waits for one that runs, carries out one that was cut short.

    Until the end of the block no other build begins. (On Windows nobody waits: run one build at a time there.)
    """
    try:
        import fcntl
    except ImportError:
        carry_out(folder)
        yield
        return
    lock = os.open(folder, os.O_RDONLY)  # the folder itself: no file to leave behind, and a killed process lets go
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        carry_out(folder)
        yield
    finally:
        os.close(lock)


def published_folder(folder: Path, out: str) -> Path:
    """Where a build publishes. Raises UsageError where that is no folder of its own: it is swapped as a whole."""
    where, local = (folder / out).resolve(), folder.resolve()
    if where == local or where in local.parents or is_private(where, folder):
        raise click.UsageError(f"--out names a folder of its own for what is published, such as public, not {out}")
    return folder / out


def is_private(where: Path, folder: Path) -> bool:
    """Whether a place lies in what a local's folder keeps to itself."""
    return any(where.resolve().is_relative_to(folder.resolve() / name) for name in PRIVATE)


def replace_all(folder: Path, site: Path, files: Mapping[Path, bytes]) -> tuple[set[Path], set[Path]]:
    """Bring a build to the disk: ``files`` below ``site`` are the published folder, the others stand beside it.

    Returns the files whose bytes changed, and those of earlier builds that are taken away; when there are none,
    nothing is written. On an error nothing has been replaced. Raises OSError.
    """
    published = {path.relative_to(site).as_posix(): data for path, data in files.items() if path.is_relative_to(site)}
    beside = {path: data for path, data in files.items() if not path.is_relative_to(site)}
    _forget(site, beside)
    would = plan(site, published, FEEDS)
    try:
        successor = None if would.nothing else lay_out(would)
        waiting = stage(differing(beside))
        if successor or waiting:
            _commit(folder, would, successor, [*waiting])
    except OSError:
        _forget(site, beside)
        raise
    carry_out(folder)
    changed = {*waiting, *(site / name for name in would.write if name in published)}
    return changed, {site / name for name in would.go}


def _forget(site: Path, beside: Mapping[Path, bytes]) -> None:
    """What a build left behind that was killed before it counted."""
    remove_leftovers(site.resolve())
    for path in beside:
        with suppress(FileNotFoundError, NotADirectoryError):
            temporary(path).unlink()


def _commit(folder: Path, would: Plan, successor: Path | None, places: list[Path]) -> None:
    """Write the order and put it into its place: from now on the build counts."""
    order: dict[str, Any] = {"files": [os.path.relpath(place, folder) for place in places]}
    if successor:
        order["site"] = {
            "folder": os.path.relpath(would.folder, folder), "successor": successor.stat().st_ino,
            "write": [*would.write], "go": [*would.go],
        }  # fmt: skip
    (written,) = stage({folder / ORDER: json.dumps(order).encode()}).values()
    flush_folders([folder, *(place.parent for place in places)])
    written.replace(folder / ORDER)
    flush_folders([folder])


def carry_out(folder: Path) -> None:
    """Carry out the order that lies in a folder, if one does; what of it is done already is not done again.

    Leaves with exit code 1 when the system does not allow a step of it: the order stays for the next try.
    """
    if not (folder / ORDER).is_file():
        return
    order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
    places = [folder / name for name in order["files"]]
    try:
        if "site" in order:
            site = order["site"]
            put_in_place(folder / site["folder"], site["successor"], site["write"], site["go"])
        for place in places:
            with suppress(FileNotFoundError):  # it is in its place
                temporary(place).replace(place)
        flush_folders([folder, *(place.parent for place in places)])
    except OSError as error:
        what = without_address(error.filename2 or error.filename or folder)
        click.echo(f"{what}: {error.strerror}; the build waits beside it and the next command tries again.", err=True)
        sys.exit(1)
    (folder / ORDER).unlink()


def put_in_place(folder: Path, successor: int, write: list[str], go: list[str], in_place: bool = False) -> bool:
    """The successor laid beside a folder takes its place; whether that was one step.

    ``successor`` is its inode number: under its temporary name it still waits, and otherwise what waits there is
    the folder it has replaced. Where two folders cannot change places, or somebody holds on to this very one
    (``in_place``), its files are replaced one by one.
    """
    now = folder.resolve()
    waits, whole = temporary(now), True
    if waits.is_dir() and waits.stat().st_ino == successor:
        if not now.exists():
            waits.rename(now)
        elif in_place or not exchange(waits, now):
            replace_files(waits, now, write, go)
            waits.rename(_done(waits))  # so that a folder half removed is never put in place
            whole = False
        flush_folders([now.parent])
    remove_leftovers(now)
    return whole


def remove_leftovers(now: Path) -> None:
    """What waited beside a folder, or was replaced in it."""
    for folder in (temporary(now), _done(temporary(now))):
        shutil.rmtree(folder, ignore_errors=True)


def _done(waits: Path) -> Path:
    return waits.with_suffix(".old")


def replace_files(successor: Path, folder: Path, write: list[str], go: list[str]) -> None:
    """The files to write are replaced one by one, pages after what they link to; then the others are taken away.

    Each is whole at any moment; the folder as a whole is not, until this ends. The successor stays as it is, so that
    this can be cut short and begun again.
    """
    for name in sorted(write, key=lambda name: (name.endswith(".html"), name)):
        new, place = successor / name, folder / name
        if place.exists() and place.samefile(new):  # done before this was cut short
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary(place).unlink(missing_ok=True)
        same_file(new, temporary(place))
        flush([temporary(place)])
        temporary(place).replace(place)
    for name in go:
        (folder / name).unlink(missing_ok=True)
        with suppress(OSError):  # not empty
            (folder / name).parent.rmdir()
