"""No false alarm on the sample calendars inside icalendar and recurring-ical-events.

samples.txt lists the samples that break the standard, each with its reasons; every other must be clean. A reason is
not taken on trust: ``reasons.py`` looks for each in the bytes, without the linter, and must agree with the list.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from calendars.lint import lint
from calendars.lint.catalogue import CHECKS
from tests.lint.reasons import REASONS, reasons_of

LIST = Path(__file__).with_name("samples.txt")


def _inside(library: str) -> Path:
    """Where a library is installed; it is not imported."""
    spec = find_spec(library)
    assert spec, f"{library} is not installed: make lint sets up .venv"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@cache
def samples() -> dict[str, Path]:
    """Every sample calendar of the two libraries, by its name."""
    return {
        f"{library}/{path.relative_to(folder).as_posix()}": path
        for library in ("icalendar", "recurring_ical_events")
        for folder in [_inside(library)]
        for path in sorted(folder.rglob("*.ics"))
    }


@cache
def listed() -> dict[str, list[str]]:
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {name: codes.split(", ") for name, _, codes in (line.partition(": ") for line in lines)}


def test_there_are_samples_of_both() -> None:
    names = list(samples())
    assert sum(name.startswith("icalendar/") for name in names) > 150
    assert sum(name.startswith("recurring_ical_events/") for name in names) > 90
    clean = [name for name in names if name not in listed()]
    assert sum(name.startswith("icalendar/") for name in clean) >= 13
    assert sum(name.startswith("recurring_ical_events/") for name in clean) >= 20


@pytest.mark.parametrize("name", samples())
def test_a_sample_is_clean_or_wrong_for_a_reason_that_holds(name: str) -> None:
    """What the linter finds is what is listed, and what is listed is there for anybody to see."""
    data = samples()[name].read_bytes()
    assert sorted({one.code for one in lint(data)}) == sorted(listed().get(name, []))
    assert sorted(reasons_of(data)) == sorted(listed().get(name, []))


def test_the_list_names_samples_and_reasons_that_exist() -> None:
    assert set(listed()) <= set(samples())
    assert {code for codes in listed().values() for code in codes} == set(REASONS)
    assert all(CHECKS[code].level == "any" for code in REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_names_its_place(code: str) -> None:
    assert REASONS[code][0].startswith(("RFC 5545, 3.", "RFC 7986, 5.", "collective/icalendar#"))
