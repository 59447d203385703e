"""Points 6, 13, 14, 16, 22, 23 and 25 for any feed: each property's value, by the type the standards give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from calendars.lint.components import Component
from calendars.lint.css import CSS_NAMES
from calendars.lint.finding import Finding
from calendars.lint.lines import Line
from calendars.lint.values import (
    Wrong,
    address,
    is_time,
    is_utc,
    moment,
    number,
    offset,
    period,
    rule,
    seconds,
    text,
    why_no_moment,
)  # fmt: skip

STATUSES = {
    "VEVENT": ("TENTATIVE", "CONFIRMED", "CANCELLED"),
    "VTODO": ("NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"),
    "VJOURNAL": ("DRAFT", "FINAL", "CANCELLED"),
}
APPLE_COLOR = re.compile(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
LONGEST_UID = 254  # octets, RFC 7986, 5.3

_TEXTS = (
    "ACTION", "CALSCALE", "CLASS", "COMMENT", "CONTACT", "DESCRIPTION", "LOCATION", "METHOD", "NAME", "PRODID",
    "RELATED-TO", "SUMMARY", "TZID", "TZNAME", "UID", "X-WR-CALDESC", "X-WR-CALNAME",
)  # fmt: skip
_ADDRESSES = (
    "ATTACH", "ATTENDEE", "CONCEPT", "CONFERENCE", "IMAGE", "LINK", "ORGANIZER", "SOURCE", "TZURL", "URL",
)  # fmt: skip
_NUMBERS = {"PERCENT-COMPLETE": (0, 100), "PRIORITY": (0, 9), "REPEAT": (0, None), "SEQUENCE": (0, None)}
# What VALUE may make of a value; the types named nowhere else (FLOAT, TEXT of an X- property …) are left alone.
_BY_VALUE = {
    "BINARY": None, "BOOLEAN": None, "CAL-ADDRESS": "address", "DATE": "moment", "DATE-TIME": "moment",
    "DURATION": "duration", "PERIOD": "moments", "TEXT": "text", "UID": "text", "URI": "address",
    "XML-REFERENCE": "address",
}  # fmt: skip
_KINDS: dict[str, str | None] = {
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(("CATEGORIES", "RESOURCES"), "texts"),
    **dict.fromkeys(_ADDRESSES, "address"),
    **dict.fromkeys(("DTSTART", "DTEND", "DUE", "RECURRENCE-ID"), "moment"),
    **dict.fromkeys(("EXDATE", "FREEBUSY", "RDATE"), "moments"),
    **dict.fromkeys(("ACKNOWLEDGED", "COMPLETED", "CREATED", "DTSTAMP", "LAST-MODIFIED"), "stamp"),
    **dict.fromkeys(("DURATION", "REFRESH-INTERVAL", "TRIGGER", "X-PUBLISHED-TTL"), "duration"),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), "offset"),
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(("RRULE", "EXRULE"), "rule"),
    "COLOR": "color", "STATUS": "status", "TRANSP": "transp", "VERSION": "version", "X-APPLE-CALENDAR-COLOR": "apple",
}  # fmt: skip


def properties(component: Component) -> Iterator[Finding]:
    """What is wrong with the values of a block's own lines."""
    for line in component.lines:
        kind = _KINDS.get(line.name)
        if line.written and "VALUE" in line.parameters:
            kind = _kind_by_value(kind, line)
        if kind and (wrong := _CHECKS[kind](line, component)):
            yield line.on_value(wrong.code, wrong.message, wrong.nearest, wrong.start, wrong.end)
        if line.written:
            yield from _needless_zone(line)
        yield from _without_value(line)


def _kind_by_value(kind: str | None, line: Line) -> str | None:
    value = line.parameter("VALUE").upper()
    if kind in ("moment", "moments") and value in ("DATE", "DATE-TIME", "PERIOD"):
        return kind
    return _BY_VALUE.get(value, kind) if kind else None


def _text(line: Line, _: Component) -> Wrong | None:
    if line.name == "UID":
        if not line.value.strip():
            return Wrong("uid-empty", "the UID is empty", "UID:a UUID made once and kept")
        octets = len(line.value.encode("utf-8", "surrogateescape"))
        if octets > LONGEST_UID:
            return Wrong(
                "uid-long", f"a UID of {octets} octets; fewer than 255 are sure to be kept", "a UUID: 36 octets"
            )
    return text(line.value)


def _address(line: Line, _: Component) -> Wrong | None:
    return address(line.value, "mailto:" if line.name in ("ATTENDEE", "ORGANIZER") else "https://")


def _moment(line: Line, _: Component) -> Wrong | None:
    found = moment(line.value)
    said = line.parameter("VALUE").upper()
    if found is None:
        return Wrong("bad-date", f"{line.name}: {why_no_moment(line.value)}", _digits(line.value))
    if said == "DATE" and is_time(found):
        return Wrong("bad-date", f"{line.name} says VALUE=DATE and holds a time", line.with_value(line.value[:8]))
    if said != "DATE" and not is_time(found):
        written = re.sub(r";VALUE=DATE-TIME", "", line.written, flags=re.IGNORECASE)
        nearest = f"{line.name};VALUE=DATE{written}:{line.value}"
        return Wrong("date-without-value", f"{line.name} holds a date and does not say VALUE=DATE", nearest)
    return None


def _digits(value: str) -> str:
    digits = re.sub(r"[-:]", "", value)
    return digits if digits != value and moment(digits) else ""


def _moments(line: Line, _: Component) -> Wrong | None:
    said = line.parameter("VALUE").upper()
    at = 0
    for one in line.value.split(","):
        found = moment(one)
        end = at + len(one)
        if line.name == "FREEBUSY" or said == "PERIOD":
            if not period(one):
                return Wrong("bad-date", f"{line.name}: “{one}” is no period", "20190204T160000Z/PT1H", at, end)
        elif found is None:
            return Wrong("bad-date", f"{line.name}: {why_no_moment(one)}", _digits(one), at, end)
        elif is_time(found) == (said == "DATE"):
            what = "holds a time and says VALUE=DATE" if said == "DATE" else "holds a date and does not say VALUE=DATE"
            code = "bad-date" if said == "DATE" else "date-without-value"
            return Wrong(code, f"{line.name} {what}", f"{line.name};VALUE=DATE:{one[:8]}", at, end)
        at = end + 1
    return None


def _stamp(line: Line, _: Component) -> Wrong | None:
    found = moment(line.value)
    if is_utc(found) and not line.parameter("TZID"):
        return None
    if is_time(found):
        nearest = f"{line.name}:{line.value.rstrip('zZ')}Z, the time in UTC"
        return Wrong("stamp-not-utc", f"{line.name} is not in UTC", nearest)
    if found:
        return Wrong(
            "bad-date", f"{line.name} is a date, and a time in UTC is due", f"{line.name}:{line.value}T000000Z"
        )
    return Wrong("bad-date", f"{line.name}: {why_no_moment(line.value)}", _digits(line.value))


def _duration(line: Line, _: Component) -> Wrong | None:
    found = seconds(line.value)
    if found is None:
        if line.name == "TRIGGER" and moment(line.value):  # its own check
            return None
        return Wrong("bad-duration", f"{line.name}: “{line.value}” is no duration", "P1D, PT12H, -PT15M or the like")
    if found <= 0 and line.name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        return Wrong("refresh-positive", f"{line.name} is {line.value}: never, or all the time", line.with_value("P1D"))
    return None


def _number(line: Line, _: Component) -> Wrong | None:
    return number(line.value, *_NUMBERS[line.name])


def _color(line: Line, _: Component) -> Wrong | None:
    if line.value.lower() in CSS_NAMES:
        return None
    return Wrong("color-name", f"“{line.value}” is no colour name of CSS3", "COLOR:steelblue")


def _apple(line: Line, _: Component) -> Wrong | None:
    if APPLE_COLOR.fullmatch(line.value):
        return None
    return Wrong("apple-color", f"“{line.value}” is not #RRGGBB", line.with_value("#4682B4"))


def _status(line: Line, component: Component) -> Wrong | None:
    allowed = STATUSES.get(component.name)
    if not allowed or line.value.upper() in allowed:
        return None
    return Wrong("status", f"a {component.name} has no STATUS:{line.value}", f"one of {', '.join(allowed)}")


def _transp(line: Line, _: Component) -> Wrong | None:
    if line.value.upper() in ("OPAQUE", "TRANSPARENT"):
        return None
    return Wrong("transp", f"there is no TRANSP:{line.value}", "TRANSP:TRANSPARENT (free) or TRANSP:OPAQUE (busy)")


def _version(line: Line, _: Component) -> Wrong | None:
    if re.fullmatch(r"(?:[0-9]+\.[0-9]+;)?2\.0", line.value):
        return None
    return Wrong("version", f"VERSION is {line.value}", "VERSION:2.0")


_CHECKS: dict[str, Callable[[Line, Component], Wrong | None]] = {
    "address": _address,
    "apple": _apple,
    "color": _color,
    "duration": _duration,
    "moment": _moment,
    "moments": _moments,
    "number": _number,
    "offset": lambda line, _: offset(line.value),
    "rule": lambda line, _: rule(line.value),
    "stamp": _stamp,
    "status": _status,
    "text": _text,
    "texts": lambda line, _: text(line.value, several=True),
    "transp": _transp,
    "version": _version,
}


def _needless_zone(line: Line) -> Iterator[Finding]:
    """A TZID where there is no time on a wall (RFC 5545, 3.2.19)."""
    if _KINDS.get(line.name) not in ("moment", "moments") or not line.parameter("TZID"):
        return
    found = moment(line.value.split(",")[0].split("/")[0])
    if found and (is_utc(found) or not is_time(found)):
        what = "a time in UTC" if is_utc(found) else "a date"
        written = re.sub(r";TZID=(?:\"[^\"]*\"|[^;:]*)", "", line.written, flags=re.IGNORECASE)
        nearest = f"{line.name}{written}:{line.value}"
        yield line.finding("zone-needless", f"a TZID on {what}", nearest, len(line.name) + 1, line.value_at - 1)


def _without_value(line: Line) -> Iterator[Finding]:
    """Properties of RFC 7986 that have no default type and must name it (3.2.20, 5.7, 5.8)."""
    if line.name not in ("REFRESH-INTERVAL", "SOURCE"):
        return
    code, due = ("refresh-value", "DURATION") if line.name == "REFRESH-INTERVAL" else ("source-value", "URI")
    if line.parameter("VALUE").upper() != due:
        yield line.finding(code, f"{line.name} does not say VALUE={due}", f"{line.name};VALUE={due}:{line.value}")
