"""JSON: everything derived, with trails and readings. For the steward and for other programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from deadlines.model.obligation import Obligation, ReadingRow, Value
from deadlines.model.trail import Step
from deadlines.outputs._view import View, contact, why

SUFFIX = "json"


def render(view: View) -> bytes:
    """One object: the day, the obligations in order, and what has no date."""
    agenda = view.agenda
    data = {
        "local": view.local.name,
        "role": view.role,
        "on": agenda.on.isoformat(),
        "as known on": agenda.known_on.isoformat(),
        "messages": list(agenda.messages),
        "obligations": [_obligation(o, view) for o in view.obligations],
        "without a date": [
            {"rule": r.card.rule, "part": r.part.name, "hang": r.hang, "agreement": r.agreement, "state": r.state,
             "why": r.why}
            for r in view.rows
        ],
        "counts": [
            {"what": a.what, "expected": a.expected, "found": a.found, "verdict": a.verdict, "why": a.why,
             "year": a.year, "level": a.level, "rule": a.rule} for a in agenda.audits
        ],
    }  # fmt: skip
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _obligation(o: Obligation, view: View) -> dict[str, Any]:
    card, outcome = o.card, o.outcome
    return {
        "id": o.id, "title": o.title, "status": card.status.value, "lead": _value(outcome.lead),
        "dates": {name: _value(value) for name, value in outcome.values.items()},
        "in doubt": outcome.in_doubt, "doubt": outcome.doubt_why, "after the agreement's end": o.after_end,
        "before the agreement's start": o.before_start,
        "levels": list(o.levels), "why": why(o),
        "article": card.citation.place, "document": card.citation.document, "compared": card.citation.compared,
        "who must": o.who_must, "owed to": card.owed_to, "tell": list(card.tell), "stakes": card.stakes,
        "delegate should": card.advice, "remedy": card.remedy, "soft words": card.soft_words,
        "contact": contact(o, view.local),
        "trail": [_step(step) for step in outcome.steps],
        "readings": [_reading(row) for row in outcome.readings],
        "open questions": list(outcome.questions),
    }  # fmt: skip


def _reading(row: ReadingRow) -> dict[str, Any]:
    return {
        "answers": dict(row.answers),
        "dates": {name: _value(value) for name, value in row.values.items()},
        "leads": row.leads,
        "steps": [_step(step) for step in row.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "text": step.text,
        "day": _value(step.day),
        "file": str(step.origin) if step.origin else None,
        "source": step.origin.source if step.origin else None,
        "passed over": [
            {"days": s.days, "why": s.why, "first": s.first.isoformat(), "last": s.last.isoformat(),
             "file": str(s.origin) if s.origin else None} for s in step.skipped
        ],
    }  # fmt: skip


def _value(value: Value | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
