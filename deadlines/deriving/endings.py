"""Overlays that something in the book has ended: an agreement as it stands at one school from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from calendars.days import ONE_DAY
from deadlines.books.rows import Logged
from deadlines.model.card import Contract, Overlay


def at_school(contract: Contract, rows: Sequence[Logged], school: str) -> Contract:
    """The agreement with each overlay ended that the book says has ended at a school (empty: everywhere)."""
    overlays = tuple(_ended(overlay, ended_on(overlay, rows, school)) for overlay in contract.overlays)
    return contract if overlays == contract.overlays else replace(contract, overlays=overlays)


def ended_on(overlay: Overlay, rows: Iterable[Logged], school: str) -> date | None:
    """The first day on which the event that ends an overlay happened at a school, or everywhere; None when it did not.

    An event that names a person and no school ends nothing: nobody knows where.
    """
    return min((row.told.day for row in rows if ends(overlay, row) and is_at(row, school)), default=None)


def ends(overlay: Overlay, row: Logged) -> bool:
    """Whether an event ends an overlay for somebody."""
    return row.told.name == overlay.ends_when and bool(row.told.school or not row.told.who)


def is_at(row: Logged, school: str) -> bool:
    """Whether an event is of a school, or of all of them. Capital letters make no other school."""
    return row.told.school.casefold() in ("", school.casefold())


def _ended(overlay: Overlay, day: date | None) -> Overlay:
    """An overlay that no longer holds on a day, nor what it adds."""
    if day is None:
        return overlay
    last = min(overlay.last or date.max, day - ONE_DAY)
    parts = tuple(
        replace(part, in_force=replace(part.in_force, last=min(part.in_force.last or date.max, last)))
        for part in overlay.card.parts
    )
    return replace(overlay, last=last, card=replace(overlay.card, parts=parts))
