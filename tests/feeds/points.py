"""Every point by its number, and what it finds in a feed."""

from __future__ import annotations

from tests.feeds import points_bytes, points_calendar, points_event
from tests.feeds.reading import Broken
from tests.feeds.truth import Truth

POINTS = {
    int(name.removeprefix("point_")): check
    for module in (points_bytes, points_calendar, points_event)
    for name, check in vars(module).items()
    if name.startswith("point_")
}


def findings(number: int, data: bytes, truth: Truth) -> list[str]:
    """What a point finds wrong with a feed; nothing when it is right."""
    try:
        return list(POINTS[number](data, truth))
    except Broken as broken:
        return [str(broken)]


def all_findings(data: bytes, truth: Truth) -> list[str]:
    return [f"point {number}: {found}" for number in sorted(POINTS) for found in findings(number, data, truth)]
