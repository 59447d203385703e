"""The value types of RFC 5545, 3.3: what a value is, or what is wrong with it. Nothing here raises."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple


class Wrong(NamedTuple):
    """What is wrong with a value: the code of the check, in words, the nearest right form, and where in the value."""

    code: str
    message: str
    nearest: str = ""
    start: int = 0
    end: int | None = None


Moment = date | datetime  # a date; a time in UTC; or, without a zone, a time on some wall

_TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
_TEXTS = re.compile(r"(?:[^\\;]|\\[\\,;nN])*")  # a comma stands between two
_ESCAPE = re.compile(r"\\(.?)|[,;]", re.DOTALL)
_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)", re.IGNORECASE)
_N = "([0-9]{1,9})"
_DURATION = re.compile(rf"([+-]?)P(?:{_N}W|(?:{_N}D)?(?:T(?=[0-9])(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?)", re.IGNORECASE)
_OFFSET = re.compile(r"[+-](?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_IN_ADDRESS = re.compile(r"[^!#-;=?-\[\]_a-z~]")  # RFC 3986, 2


def text(value: str, several: bool = False) -> Wrong | None:
    """TEXT (3.3.11), or a list of them with commas between."""
    if (_TEXTS if several else _TEXT).fullmatch(value):
        return None
    for found in _ESCAPE.finditer(value):
        start, end = found.span()
        if found[0] == ";" or (found[0] == "," and not several):
            name = "comma" if found[0] == "," else "semicolon"
            return Wrong("bare-separator", f"a {name} without its backslash", f"\\{found[0]}", start, end)
        if found[0][0] == "\\" and (not found[1] or found[1] not in "\\,;nN"):
            if not found[1]:
                return Wrong("bad-escape", "a backslash at the end", r"\\", start, end)
            plain = f"{found[1]} as it is, or \\\\{found[1]} for a backslash"
            return Wrong("bad-escape", f"a backslash before {found[1]}", plain, start, end)
    return None


def text_of(value: str) -> str:
    """A TEXT value as people see it; what is escaped wrongly is kept."""
    if "\\" not in value:
        return value
    return re.sub(r"\\([\\,;nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


@lru_cache(maxsize=8192)
def moment(value: str) -> Moment | None:
    """A DATE or DATE-TIME (3.3.4, 3.3.5); None for anything else. A leap second counts as the one before it."""
    if found := _DATE.fullmatch(value):
        return _day(found)
    found = _TIME.fullmatch(value)
    day = _day(_DATE.fullmatch(found[1])) if found else None
    if not found or not day:
        return None
    hour, minute, second = int(found[2]), int(found[3]), min(int(found[4]), 60)
    if hour > 23 or minute > 59 or int(found[4]) > 60:
        return None
    zone = UTC if found[5] else None
    return datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=zone)


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def is_time(found: Moment | None) -> bool:
    return isinstance(found, datetime)


def is_utc(found: Moment | None) -> bool:
    return isinstance(found, datetime) and found.tzinfo is not None


def why_no_moment(value: str) -> str:
    """What is wrong with something that should be a date or a time."""
    digits = re.sub(r"[-:]", "", value)
    if not value:
        return "there is no date"
    if _DATE.fullmatch(value) or _TIME.fullmatch(value):
        return "there is no such day or time"
    if digits != value and moment(digits):
        return "a date is written without - and :"
    return "neither a date (20190204) nor a time (20190204T160000Z)"


def seconds(value: str) -> int | None:
    """A DURATION (3.3.6) in seconds; None for anything else."""
    found = _DURATION.fullmatch(value)
    if not found or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, left = (int(part or 0) for part in found.groups()[1:])
    total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + left
    return -total if found[1] == "-" else total


def period(value: str) -> bool:
    """Whether a value is a PERIOD (3.3.9): a time and, after a slash, its end or its length."""
    start, slash, end = value.partition("/")
    return is_time(moment(start)) and bool(slash) and (is_time(moment(end)) or (seconds(end) or -1) >= 0)


def address(value: str, scheme: str = "https://") -> Wrong | None:
    """A URI (3.3.13): a scheme, and nothing that RFC 3986 does not allow. ``scheme`` is the one it likely lacks."""
    if found := _NOT_IN_ADDRESS.search(value):
        meant = value.replace("\\,", ",").replace("\\;", ";").replace("\\:", ":").strip()
        nearest = "".join(_percent(one) if _NOT_IN_ADDRESS.fullmatch(one) else one for one in meant)
        named = {" ": "a space", "\\": "a backslash"}.get(found[0], f"“{found[0]}”")
        return Wrong("bad-address", f"{named} in an address", nearest, found.start(), found.end())
    if not _SCHEME.match(value):
        return Wrong("relative-address", "an address without its scheme", f"{scheme}{value.lstrip('/')}")
    return None


def _percent(character: str) -> str:
    return "".join(f"%{octet:02X}" for octet in character.encode("utf-8", "surrogateescape"))


def offset(value: str) -> Wrong | None:
    """A UTC-OFFSET (3.3.14)."""
    if _OFFSET.fullmatch(value) and value not in ("-0000", "-000000"):
        return None
    return Wrong("bad-offset", f"“{value}” is no offset from UTC", "+0100, -0500 or the like")


def number(value: str, least: int, most: int | None) -> Wrong | None:
    """An INTEGER (3.3.8) from ``least`` to ``most``, both included; None is without end."""
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", value):
        return Wrong("bad-number", f"“{value}” is no whole number", str(least))
    if int(value) < least or (most is not None and int(value) > most):
        span = f"from {least} to {most}" if most is not None else f"from {least} up"
        return Wrong("bad-number", f"{value} is out of range: {span}", str(least if int(value) < least else most))
    return None


_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SIGNED = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*"
_DAYS = r"[+-]?[0-9]{0,2}(?:MO|TU|WE|TH|FR|SA|SU)"
_RULE_PARTS = {
    "FREQ": "|".join(_FREQUENCIES), "INTERVAL": r"0*[1-9][0-9]*", "COUNT": r"[0-9]+", "UNTIL": r"[0-9TZ]+",
    "BYDAY": rf"{_DAYS}(?:,{_DAYS})*", "WKST": "MO|TU|WE|TH|FR|SA|SU", "RSCALE": "[A-Z0-9-]+",
    "SKIP": "OMIT|BACKWARD|FORWARD", "BYMONTH": r"[0-9]{1,2}L?(?:,[0-9]{1,2}L?)*",
    **dict.fromkeys(("BYSECOND", "BYMINUTE", "BYHOUR", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"), _SIGNED),
}  # fmt: skip


def rule(value: str) -> Wrong | None:
    """A RECUR (3.3.10, RFC 7529): known parts, each once, FREQ among them, not both COUNT and UNTIL."""
    seen: set[str] = set()
    at = 0
    for part in value.upper().split(";"):
        name, _, said = part.partition("=")
        if name not in _RULE_PARTS or name in seen or not re.fullmatch(_RULE_PARTS[name], said):
            again = " twice" if name in seen else ""
            return Wrong(
                "bad-rule", f"“{part}”{again} in a recurrence rule", "FREQ=WEEKLY;COUNT=10", at, at + len(part)
            )
        if name == "UNTIL" and not moment(said):
            return Wrong("bad-rule", f"UNTIL: {why_no_moment(said)}", "UNTIL=20190630", at, at + len(part))
        seen.add(name)
        at += len(part) + 1
    if "FREQ" not in seen:
        return Wrong("bad-rule", "a recurrence rule without FREQ", f"FREQ=WEEKLY;{value}")
    if {"COUNT", "UNTIL"} <= seen:
        return Wrong("bad-rule", "a recurrence rule with both COUNT and UNTIL", "one of the two")
    return None
