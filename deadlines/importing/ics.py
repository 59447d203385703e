"""A district's calendar in iCalendar form, event by event."""

from __future__ import annotations

from pathlib import Path

from calendars.foreign import NotACalendar, events_in
from deadlines.importing.lines import Found, Line, foreign_document
from deadlines.model.problem import Place, Problem, Problems, Refused
from deadlines.reading.nodes import read_text

LARGEST = 20_000_000  # bytes; a district's calendar goes on for years


def read_ics(path: Path, name: str, zone: str) -> Found:
    """Every event of the file. Raises Refused when it is no calendar, or holds no event."""
    text = read_text(path, name, LARGEST)
    document = foreign_document(name, (line.rstrip("\r") for line in text.split("\n")))
    found = Found(document, Problems())
    try:
        for event in events_in(text, zone):
            shown = document.lines[event.line - 1] if event.line <= len(document.lines) else ""
            place = Place(name, event.line, 1, max(1, len(shown)))
            found.lines.append(Line(place, event.name, event.span, trouble=event.trouble or _nameless(event.name)))
    except NotACalendar as error:
        message = f"this is no calendar that can be read: {error.reason}"
        raise Refused(
            [document.problem(Place(name, error.line, 1), message, "take it from the district again")]
        ) from None
    if not found.lines:
        raise Refused([Problem(Place(name), "there is no event in this calendar")])
    return found


def _nameless(name: str) -> str:
    return "" if name else "it has no name"
