"""What every test has: a local's folder is read once for as long as its files are the same, byte for byte."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deadlines.loading import folder as loading
from deadlines.model.local import Local
from deadlines.shapes import all_shapes

READ = ("deadlines.yaml", "years", "agreements")  # what reading a local reads
MOST = 20


@pytest.fixture(autouse=True, scope="session")
def _same_files_are_read_once() -> Iterator[None]:
    """For commands run in this process; Chicago takes a fifth of a second, thousands of times. No refusal is kept."""
    really, kept = loading.read_local, dict[bytes, Local]()

    def read(folder: Path) -> Local:
        seen = _fingerprint(folder)
        if seen not in kept:
            kept[seen] = really(folder)
            if len(kept) > MOST:
                del kept[next(iter(kept))]
        return kept[seen]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_local", read)
        yield


def _fingerprint(folder: Path) -> bytes:
    """Of every name below, whether it is a file, and every byte; of what cannot be read that it cannot.

    And of the shapes there are: a test may bring one.
    """
    seen = hashlib.sha256(repr([module.WORDS for module in all_shapes()]).encode())
    for start in (folder / name for name in READ):
        for path in sorted([start, *start.rglob("*")]):
            try:
                data = path.read_bytes() if path.is_file() else b""
            except OSError as error:
                data = repr(error).encode()
            seen.update(os.fsencode(path.relative_to(folder)))
            seen.update(f"\0{path.is_file()}{path.exists()}{len(data)}\0".encode())
            seen.update(data)
    return seen.digest()
