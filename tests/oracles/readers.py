"""Two readers from outside Python: ical.js, which Thunderbird reads with, and libical, which GNOME and KDE do."""

from __future__ import annotations

import ctypes
import json
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

from calendars.days import ONE_DAY
from tests.feeds.readers import PIP_READERS, Seen, Unread
from tests.support import ROOT

ORACLES = ROOT / ".oracles"


def by_icaljs(data: bytes) -> list[Seen]:
    """ical.js in strict mode. Raises Unread with its message."""
    library = ORACLES / "node_modules" / "ical.js" / "dist" / "ical.js"
    assert library.exists(), "ical.js is not set up: run `make oracles`"
    with tempfile.NamedTemporaryFile(suffix=".ics") as feed:
        feed.write(data)
        feed.flush()
        script = Path(__file__).with_name("icaljs.mjs")
        ran = subprocess.run(["node", script, library, feed.name], check=True, capture_output=True, encoding="utf-8")
    read = json.loads(ran.stdout)
    if "error" in read:
        raise Unread(f"ical.js: {read['error']}")
    return [
        Seen(e["uid"], date.fromisoformat(e["first"]), date.fromisoformat(e["last"]), e["summary"], e["status"])
        for e in read["events"]
    ]


@cache
def _libical() -> ctypes.CDLL:
    library = ctypes.CDLL("libical.so.3")  # OSError when it is not there: `make oracles` installs it
    for name in (
        "icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component",
        "icalcomponent_get_first_property", "icalcomponent_get_next_property",
    ):  # fmt: skip
        getattr(library, name).restype = ctypes.c_void_p
    for name in (
        "icalproperty_get_value_as_string", "icalproperty_get_parameter_as_string", "icalcomponent_get_summary",
        "icalproperty_as_ical_string",
    ):  # fmt: skip
        getattr(library, name).restype = ctypes.c_char_p
    return library


def by_libical(data: bytes) -> list[Seen]:
    """libical with its table of what may stand where (icalrestriction_check). Raises Unread for any error it notes."""
    if b"\0" in data:
        raise Unread("libical: it takes the first NUL for the end")
    lib = _libical()
    top = lib.icalparser_parse_string(data)
    if not top:
        raise Unread("libical: not a calendar")
    calendar = ctypes.c_void_p(top)
    try:
        if lib.icalcomponent_isa(calendar) != lib.icalcomponent_string_to_kind(b"VCALENDAR"):
            raise Unread("libical: not one calendar")
        allowed = lib.icalrestriction_check(calendar)
        if lib.icalcomponent_count_errors(calendar) or not allowed:
            raise Unread(f"libical: {'; '.join(_errors(calendar)) or 'breaks a restriction'}")
        return [_event(event) for event in _inside(calendar, b"VEVENT")]
    finally:
        lib.icalcomponent_free(calendar)


def _inside(component: ctypes.c_void_p, name: bytes) -> Iterator[ctypes.c_void_p]:
    lib = _libical()
    kind = lib.icalcomponent_string_to_kind(name)
    found = lib.icalcomponent_get_first_component(component, kind)
    while found:
        yield ctypes.c_void_p(found)
        found = lib.icalcomponent_get_next_component(component, kind)


def _properties(component: ctypes.c_void_p, name: bytes) -> list[ctypes.c_void_p]:
    lib = _libical()
    kind = lib.icalproperty_string_to_kind(name)
    found, properties = lib.icalcomponent_get_first_property(component, kind), []
    while found:
        properties.append(ctypes.c_void_p(found))
        found = lib.icalcomponent_get_next_property(component, kind)
    return properties


def _errors(calendar: ctypes.c_void_p) -> list[str]:
    """What libical wrote into the tree as X-LIC-ERROR."""
    lib = _libical()
    places = (calendar, *_inside(calendar, b"VEVENT"))
    return [
        lib.icalproperty_get_value_as_string(found).decode("utf-8", "replace")
        for place in places
        for found in _properties(place, b"X-LIC-ERROR")
    ]


def _event(event: ctypes.c_void_p) -> Seen:
    first, after = _day(event, b"DTSTART"), _day(event, b"DTEND")
    summary = _libical().icalcomponent_get_summary(event) or b""
    return Seen(_value(event, b"UID"), first, after - ONE_DAY, summary.decode("utf-8"), _value(event, b"STATUS"))


def _value(event: ctypes.c_void_p, name: bytes) -> str:
    found = _properties(event, name)
    if len(found) != 1:
        raise Unread(f"libical: {name.decode()} stands {len(found)} times")
    value: bytes = _libical().icalproperty_get_value_as_string(found[0])
    return value.decode("utf-8")


def _day(event: ctypes.c_void_p, name: bytes) -> date:
    try:
        return datetime.strptime(_value(event, name), "%Y%m%d").date()
    except ValueError as error:
        raise Unread(f"libical: {name.decode()}: {error}") from error


READERS = {**PIP_READERS, "ical.js": by_icaljs, "libical": by_libical}
