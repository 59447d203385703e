"""What is measured is what it says: the folders are whole, and icalendar writes as much as we do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.district import cards_in, grown, sixty
from bench.writing import obvious
from calendars.feed import feed_bytes
from deadlines.loading.folder import read_local
from tests.clients.feed import Block, calendar
from tests.feeds.sample import ENTRIES, INFO


def test_sixty_cards_and_three_years_are_that(tmp_path: Path) -> None:
    folder = sixty(tmp_path / "sixty")
    assert cards_in(folder) == 60
    assert len(read_local(folder).years) == 3


def test_a_grown_district_has_every_card_of_its_first_agreement_twice(tmp_path: Path) -> None:
    folder = grown(tmp_path / "grown")
    rules = min(folder.glob("agreements/*/rules"))
    assert len([*rules.glob("*-copy.yaml")]) * 2 == len([*rules.glob("*.yaml")])
    assert cards_in(folder) > 600


def test_icalendar_used_the_obvious_way_writes_every_property_of_ours_and_no_other() -> None:
    info = replace(INFO, source="")
    ours, theirs = (calendar(data.decode()) for data in (feed_bytes(info, ENTRIES), obvious(info, list(ENTRIES))))
    assert _names(ours) == _names(theirs)
    assert [_names(event) for event in ours.blocks("VEVENT")] == [
        _names(event) for event in sorted(theirs.blocks("VEVENT"), key=lambda event: event.value("DTSTART"))
    ]


def _names(block: Block) -> list[str]:
    return sorted(name for name, _ in block.properties)
