"""Writing files so that a reader sees the old one or the new one, whole, and the disk has them before they count."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

DIGEST = re.compile("[0-9a-f]{64}")  # what a private feed is called on the disk
FEW = 16  # files; more are brought to the disk by one sync of the file system


def write_all(files: Mapping[Path, bytes]) -> set[Path]:
    """Write the files whose bytes changed; returns those. Each is replaced in one step, after all are on disk.

    On an error no file has been replaced, and temporary files and new folders are gone. Raises OSError.
    """
    waiting = stage(differing(files))
    for path, temporary in waiting.items():
        temporary.replace(path)
    return set(waiting)


def differing(files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The files that are not on disk with these bytes."""
    return {path: data for path, data in files.items() if not same(path, data)}


def same(path: Path, data: bytes) -> bool:
    """Whether a file is there with exactly these bytes."""
    try:
        with path.open("rb", buffering=0) as stream:
            return stream.read(len(data) + 1) == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def stage(files: Mapping[Path, bytes]) -> dict[Path, Path]:
    """Write each file beside its place, under the temporary name returned for it, and to the disk. No place is touched.

    On an error temporary files and new folders are gone again. Raises OSError, also for a place that is a folder.
    """
    waiting: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in files.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
            missing = [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            made = [*missing, *made]  # the deepest first
            waiting[path] = temporary(path)
            write(waiting[path], data)
        flush(waiting.values())
    except OSError:
        for written in waiting.values():
            written.unlink(missing_ok=True)
        for folder in made:
            folder.rmdir()
        raise
    return waiting


def write(path: Path | str, data: bytes) -> None:
    """A file with these bytes, in place of what it held: a tenth quicker than through a stream. Raises OSError."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def without_address(name: object) -> str:
    """A path as it may be printed: the name of a private feed is an address, so eight figures of it stand for it."""
    return DIGEST.sub(lambda digest: f"{digest[0][:8]}…", str(name))


def temporary(path: Path) -> Path:
    """The name beside a file or folder under which its successor waits."""
    return path.with_name(f".{path.name}.new")


def flush(paths: Iterable[Path]) -> None:
    """Bring what was written to the disk: each file when they are few, else the whole file system at once."""
    waiting = list(paths)
    if len(waiting) > FEW and _flush_file_system(waiting[0]):
        return
    for path in waiting:
        _flush_one(path, os.O_RDWR)


def flush_folders(folders: Iterable[Path]) -> None:
    """Bring the names in folders to the disk, where a system can: Windows cannot, and needs not."""
    for folder in set(folders):
        with suppress(PermissionError):
            _flush_one(folder, os.O_RDONLY)


def _flush_one(path: Path, mode: int) -> None:
    file = os.open(path, mode)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _flush_file_system(path: Path) -> bool:
    """One syncfs (Linux) instead of a thousand fsyncs, which take nine times as long; False elsewhere."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    file = os.open(path, os.O_RDONLY)
    try:
        return bool(syncfs(file) == 0)
    finally:
        os.close(file)
