"""Counts the calendar can check: the printed ones, and those a contract states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calendars.days import Kind
from calendars.neighbours import SchoolCalendar, year_name
from deadlines.model.local import Local
from deadlines.model.obligation import AuditRow
from deadlines.shapes.audit import compare
from deadlines.shapes.audit import rows as contract_rows

PRINTED = {"student days": Kind.STUDENT, "work days": Kind.TEACHER}


def audits(local: Local, calendars: dict[str, SchoolCalendar]) -> Iterator[AuditRow]:
    """Every printed count and every audit card, for each year and level on file."""
    for level, calendar in calendars.items():
        for year in calendar.years:
            if year.level != level and level:
                continue
            for name, (number, origin) in year.printed.items():
                yield replace(compare(f"{name} (printed)", number, PRINTED[name], year), origin=origin)
            for contract in local.contracts:
                if not year_name(contract.first) <= year.name <= year_name(contract.last):
                    continue
                for card in contract.cards:
                    for part in card.parts:
                        if part.shape == "audit":
                            yield from contract_rows(part.spec, year, card.rule)
