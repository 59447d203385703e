"""Counts the calendar can check: the printed ones, and those a contract states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from calendars.days import Kind
from calendars.neighbours import SchoolCalendar, year_name
from calendars.schoolyear import SchoolYear
from deadlines.model.local import Local
from deadlines.model.obligation import AuditRow
from deadlines.shapes.audit import compare
from deadlines.shapes.audit import rows as contract_rows

PRINTED = {"student days": Kind.STUDENT, "work days": Kind.TEACHER}


def audits(local: Local, calendars: dict[str, SchoolCalendar], known_on: date) -> Iterator[AuditRow]:
    """Every printed count and every audit card, for each year and level on file."""
    for level, calendar in calendars.items():
        for year in calendar.years:
            if year.level != level and level:
                continue
            yield from _printed(local, year, known_on)
            for contract in local.contracts:
                if not year_name(contract.first) <= year.name <= year_name(contract.last):
                    continue
                for card in contract.all_cards:
                    for part in card.parts:
                        if part.shape == "audit":
                            yield from contract_rows(part.spec, year, card.rule)


def _printed(local: Local, year: SchoolYear, known_on: date) -> Iterator[AuditRow]:
    """The printed counts of a year; what was closed or opened since one was printed may explain a difference."""
    history = next(h for h in local.years if h.name == year.name)
    for name, (number, origin) in year.printed.items():
        row = replace(compare(f"{name} (printed)", number, PRINTED[name], year), origin=origin)
        printed_on = next(
            r.announced for r in history.revisions if any(at == origin for _, at in r.printed.get(name, {}).values())
        )
        since = [mark.name for r in history.changes_between(printed_on, known_on) for mark in r.marks]
        if row.verdict == "differ" and since:
            why = f"{row.why}; since it was printed: {'; '.join(since)}"
            row = replace(row, why=why, explained="; ".join(since))
        yield row
