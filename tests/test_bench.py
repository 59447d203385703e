"""The folders that are measured are whole: a card that is taken out must not be missed by another."""

from __future__ import annotations

from pathlib import Path

from bench.district import cards_in, grown, sixty
from deadlines.loading.folder import read_local


def test_sixty_cards_and_three_years_are_that(tmp_path: Path) -> None:
    folder = sixty(tmp_path / "sixty")
    assert cards_in(folder) == 60
    assert len(read_local(folder).years) == 3


def test_a_grown_district_has_every_card_of_its_first_agreement_twice(tmp_path: Path) -> None:
    folder = grown(tmp_path / "grown")
    rules = min(folder.glob("agreements/*/rules"))
    assert len([*rules.glob("*-copy.yaml")]) * 2 == len([*rules.glob("*.yaml")])
    assert cards_in(folder) > 600
