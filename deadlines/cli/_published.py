"""A published folder: what a build made in it, what it would become, and its successor laid beside it.

Each such folder lists what was made in it (``.deadlines.sha256``, as ``sha256sum`` reads it), so that a build
takes away only what a build made, and ``publish`` carries nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from errno import EISDIR, ENOTDIR
from pathlib import Path

from deadlines.cli._files import flush, flush_folders, same, temporary, write

LIST = ".deadlines.sha256"
LINE = re.compile(r"([0-9a-f]{64})  (.+)")
SECOND = 1_000_000_000  # nanoseconds


@dataclass(frozen=True)
class Plan:
    """What a folder would become: the files to write, those that stay (made by us or not), those that go."""

    folder: Path
    write: Mapping[str, bytes]
    stay: tuple[str, ...]
    go: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not self.write and not self.go


def plan(folder: Path, files: Mapping[str, bytes], keep: str = "") -> Plan:
    """The plan that makes ``files`` (by their name below the folder) what we made in it.

    Of what we made before and would not make now, what begins with ``keep`` stays and so does what somebody
    changed since; the rest goes. What we did not make stays.
    """
    listed, there = made_in(folder), set(names_in(folder))
    old = {name: digest for name, digest in listed.items() if name in there and name not in files}
    go = {name for name, digest in old.items() if not (keep and name.startswith(keep)) and _is(folder / name, digest)}
    all_made = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    all_made |= {name: digest for name, digest in old.items() if name not in go}
    wanted = {**files, LIST: "".join(f"{all_made[name]}  {name}\n" for name in sorted(all_made)).encode()}
    if not all_made:  # no list of nothing
        go |= there & {wanted.popitem()[0]}
    write = {name: data for name, data in wanted.items() if not same(folder / name, data)}
    return Plan(folder, write, tuple(sorted(there - write.keys() - go)), tuple(sorted(go)))


def made_in(folder: Path) -> dict[str, str]:
    """What was made in a folder, by name, with its SHA-256; nothing when it has no list."""
    path = folder / LIST
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {found[2]: found[1] for line in lines if (found := LINE.fullmatch(line))}


def strangers(folder: Path) -> Iterator[tuple[str, str]]:
    """What stands in a folder otherwise than it was made, by name: with ``strange``, ``changed`` or ``missing``."""
    listed, there = made_in(folder), set(names_in(folder))
    for name in sorted(there | listed.keys()):
        if name not in there:
            yield name, "missing"
        elif name not in listed and name != LIST:
            yield name, "strange"
        elif name != LIST and not _is(folder / name, listed[name]):
            yield name, "changed"


def names_in(folder: Path) -> Iterator[str]:
    """Every file below a folder, links as they are; nothing when there is no folder."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(root) / name).relative_to(folder).as_posix()


def _is(path: Path, digest: str) -> bool:
    return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def lay_out(plan: Plan) -> Path:
    """The successor of a folder beside it, whole and on the disk: what stays is the same file, not a copy of it.

    On an error it is gone again. Raises OSError, also where a file stands in a folder's place or the other way round.
    """
    _check_room(plan)
    now = plan.folder.resolve()
    successor = temporary(now)
    shutil.rmtree(successor, ignore_errors=True)
    missing = [folder for folder in now.parents if not folder.exists()]
    try:
        now.parent.mkdir(parents=True, exist_ok=True)
        _folders(now, successor, plan)
        for name in plan.stay:
            same_file(now / name, successor / name)
        for name, data in plan.write.items():
            write(successor / name, data)
            _later(successor / name, now / name)
        flush(successor / name for name in plan.write)
        flush_folders({successor, *((successor / name).parent for name in plan.write)})
    except OSError:
        shutil.rmtree(successor, ignore_errors=True)
        for folder in missing:
            with suppress(FileNotFoundError):
                folder.rmdir()
        raise
    return successor


def _check_room(plan: Plan) -> None:
    """No file stands where a folder belongs, no folder where a file does."""
    for name in plan.write:
        path = plan.folder / name
        above = [folder for folder in path.parents if folder == plan.folder or plan.folder in folder.parents]
        for folder in above:
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))


def _folders(now: Path, successor: Path, plan: Plan) -> None:
    """Every folder of the successor, those left empty by others too, with the rights of the one that stands now."""
    successor.mkdir()
    empty = [Path(root).relative_to(now) for root, folders, files in os.walk(now) if not folders and not files]
    for folder in (*((now / name).parent.relative_to(now) for name in (*plan.stay, *plan.write)), *empty):
        (successor / folder).mkdir(parents=True, exist_ok=True)
    for root, _, _ in os.walk(successor):
        stands = now / Path(root).relative_to(successor)
        if stands.is_dir():
            shutil.copystat(stands, root)
            _same_owner(stands, Path(root))


def _same_owner(stands: Path, new: Path) -> None:
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, stands.stat().st_uid, stands.stat().st_gid)


def same_file(now: Path, new: Path) -> None:
    """The same file under a second name; a copy of it, as old as it, on a file system that has no links."""
    try:
        os.link(now, new, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without links
        shutil.copy2(now, new, follow_symlinks=False)


def _later(new: Path, now: Path) -> None:
    """A changed file is at least a second younger than the one before: hosts make ETags of time and size."""
    if now.is_file():
        before, time = now.stat().st_mtime_ns, new.stat().st_mtime_ns
        if time // SECOND <= before // SECOND:
            os.utime(new, ns=(time, before + SECOND))
