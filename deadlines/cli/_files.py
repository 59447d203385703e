"""Writing files so that a reader sees the old one or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path


def write_all(files: Mapping[Path, bytes]) -> set[Path]:
    """Write the files whose bytes changed; returns those. Each is replaced in one step, after all are on disk.

    On an error no file has been replaced, and temporary files and new folders are gone. Raises OSError.
    """
    changed = {path: data for path, data in files.items() if not (path.is_file() and path.read_bytes() == data)}
    waiting: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in changed.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
            missing = [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            made = [*missing, *made]  # the deepest first
            temporary = path.with_name(f".{path.name}.new")
            waiting[path] = temporary
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
        for folder in made:
            folder.rmdir()
        raise
    for path, temporary in waiting.items():
        temporary.replace(path)
    return set(changed)
