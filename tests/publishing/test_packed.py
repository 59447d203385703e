"""Gzip siblings: what gzip(1) unpacks is the feed, byte for byte, packed whole or from pieces packed once."""

from __future__ import annotations

import gzip
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.feed import END, Built
from calendars.packed import FEW, joined, packed, siblings
from tests.feeds.sample import ENTRIES, INFO
from tests.kills.storm import BUILD, before_the_storm
from tests.support import clean

FEED = Built((entry, ("all",)) for entry in ENTRIES).pieces("all", INFO)
PLAIN = b"".join(FEED)


def by_gzip(data: bytes) -> bytes:
    """What the program of that name makes of a file; it complains of anything that is not as RFC 1952 has it."""
    ran = subprocess.run(["gzip", "--decompress", "--stdout"], input=data, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout


def many(count: int) -> dict[str, list[bytes]]:
    """Feeds that share their events, each with a head of its own."""
    return {f"{n}.ics": [b"BEGIN:VCALENDAR\r\nNAME:%d\r\n" % n, *FEED[1 + n % 2 : -1], END] for n in range(count)}


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 3 * FEW])
def test_what_gzip_unpacks_is_the_feed(count: int) -> None:
    feeds = many(count)
    found = dict(siblings(feeds))
    assert set(found) == {f"{name}.gz" for name in feeds}
    for name in (*list(feeds)[:2], list(feeds)[-1]):
        assert by_gzip(found[f"{name}.gz"]) == b"".join(feeds[name])
    assert all(gzip.decompress(found[f"{name}.gz"]) == b"".join(parts) for name, parts in feeds.items())


def test_a_sibling_does_not_depend_on_which_was_packed_first() -> None:
    feeds = many(FEW + 1)
    assert dict(siblings(feeds)) == dict(siblings(dict(reversed(feeds.items()))))


@given(st.lists(st.binary(max_size=3000), max_size=12))
def test_packed_pieces_may_be_joined_in_any_order(parts: list[bytes]) -> None:
    once = {part: packed(part) for part in parts}
    for order in (parts, parts[::-1], [*parts, *parts]):
        data = b"".join(order)
        assert gzip.decompress(joined([once[part] for part in order], zlib.crc32(data), len(data))) == data


def test_the_header_tells_no_time_and_no_name() -> None:
    """RFC 1952, 2.3.1: no flags, MTIME 0, the most packing, an unknown operating system: same feed, same bytes."""
    (_, first), (_, second) = (next(siblings({name: FEED})) for name in ("a.ics", "b.ics"))
    assert first == second
    assert first[:10].hex(" ") == "1f 8b 08 00 00 00 00 00 02 ff"
    assert first[-4:] == len(PLAIN).to_bytes(4, "little")


@pytest.mark.parametrize("at", [0, 12, -8, -4])
def test_a_damaged_sibling_is_noticed(at: int) -> None:
    """The checksum and the size are those of the feed: gzip(1) finds one wrong byte in header, body or trailer."""
    ((_, whole),) = siblings({"a.ics": FEED})
    broken = bytearray(whole)
    broken[at] ^= 0x55
    ran = subprocess.run(["gzip", "--test"], input=bytes(broken), capture_output=True, check=False)
    assert ran.returncode != 0


def test_a_sibling_with_the_checksum_of_another_feed_is_noticed() -> None:
    wrong = joined([packed(PLAIN)], zlib.crc32(PLAIN + b"x"), len(PLAIN))
    with pytest.raises(gzip.BadGzipFile, match="CRC"):
        gzip.decompress(wrong)


def test_every_feed_of_a_build_has_its_sibling_and_it_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    folder = before_the_storm(tmp_path / "local", built=False)
    clean(*BUILD, str(folder))
    feeds = sorted((folder / "public/feeds").glob("*.ics"))
    assert [path.name for path in feeds] == ["calendar.ics", "steward-alarms.ics", "steward.ics"]
    assert [by_gzip(path.with_suffix(".ics.gz").read_bytes()) for path in feeds] == [p.read_bytes() for p in feeds]
    ages = {path: path.stat().st_mtime_ns for path in (folder / "public").rglob("*")}
    clean(*BUILD, str(folder))
    assert ages == {path: path.stat().st_mtime_ns for path in (folder / "public").rglob("*")}
