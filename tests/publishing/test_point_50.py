"""Point 50: a fetch while a build is put in place never sees a partial file, nor none."""

from __future__ import annotations

import threading
import zlib
from pathlib import Path

import pytest

from deadlines.cli._files import write_all
from deadlines.cli._whole import replace_all

NAMES = ("index.html", "feeds/steward.ics", "feeds/steward.ics.gz", "pages/a/b.html")
BUILDS = 25


def _build(number: int, folder: Path) -> dict[Path, bytes]:
    """Files of some fifty kilobytes that say of which build they are and hold their own checksum."""
    found = {}
    for name in NAMES:
        body = f"build {number} of {name}\r\n".encode() * 2_000
        found[folder / "public" / name] = body + zlib.crc32(body).to_bytes(4, "big")
    return found


class Reader(threading.Thread):
    """Fetches a file again and again, as a web server does: opens it by its name and reads it to its end."""

    def __init__(self, path: Path, stop: threading.Event) -> None:
        super().__init__()
        self.path, self.stop = path, stop
        self.wrong: list[str] = []
        self.seen: set[bytes] = set()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                data = self.path.read_bytes()
            except OSError as error:
                self.wrong.append(repr(error))
                return
            if zlib.crc32(data[:-4]).to_bytes(4, "big") != data[-4:]:
                self.wrong.append(f"{len(data)} bytes")
                return
            self.seen.add(data[:20])


@pytest.mark.parametrize("apart", [False, True], ids=["swapped", "file by file"])
def test_point_50_a_fetch_sees_the_old_file_or_the_new_one(apart: bool, tmp_path: Path) -> None:
    def write(number: int) -> None:
        files = _build(number, tmp_path)
        if apart:
            write_all(files)
        else:
            replace_all(tmp_path, tmp_path / "public", files)

    write(0)
    stop = threading.Event()
    readers = [Reader(tmp_path / "public" / name, stop) for name in NAMES]
    for reader in readers:
        reader.start()
    for number in range(1, BUILDS):
        write(number)
    stop.set()
    for reader in readers:
        reader.join()
    assert [reader.wrong for reader in readers] == [[], [], [], []]
    assert max(len(reader.seen) for reader in readers) > 1  # they did read while builds were put in place


def test_point_50_can_fail(tmp_path: Path) -> None:
    """A file written over where it stands is seen half."""
    path, stop = tmp_path / "feed", threading.Event()
    whole = next(iter(_build(0, tmp_path).values()))
    path.write_bytes(whole)
    reader = Reader(path, stop)
    reader.start()
    for _ in range(2_000):
        with path.open("wb") as stream:
            stream.write(whole[:1000])
            stream.flush()
            stream.write(whole[1000:])
        if reader.wrong:
            break
    stop.set()
    reader.join()
    assert reader.wrong
