"""The table ``deadlines show`` prints: plain text, one line for each obligation."""

from __future__ import annotations

from calendars.days import short_date
from deadlines.model.obligation import Obligation
from deadlines.outputs._view import View, front, label

SUFFIX = "txt"
HEAD = ("date", "what", "article", "who must", "")


def rows(view: View) -> list[tuple[str, str, str, str, str]]:
    """The cells of the table, without the head."""
    return [row for o in view.obligations for row in _rows(o)]


def _rows(o: Obligation) -> list[tuple[str, str, str, str, str]]:
    outcome = o.outcome
    if outcome.window:
        opens, last = outcome.window
        when = f"{short_date(opens)} to {short_date(last)}"
    else:
        assert outcome.lead
        when = short_date(outcome.lead)
    notes = []
    stated, ask = outcome.values.get("stated"), outcome.values.get("ask by")
    if ask and ask != stated and not isinstance(ask, str):
        notes.append(f"ask by {short_date(ask)}")
    if o.before_start:
        notes.append("agreement not yet in force")
    if o.after_end:
        notes.append("agreement ended")
    return [(when, label(o, o.title), o.card.citation.place, o.who_must, ", ".join(notes))]


def render(view: View) -> bytes:
    """Aligned columns; what has no date below when everything is asked for."""
    body = rows(view)
    lines = list(aligned([HEAD, *body])) if body else ["Nothing with a date."]
    return ("\n".join(line.rstrip() for line in lines) + "\n" + below(view)).encode()


def below(view: View) -> str:
    """What stands under the table: what has no date (when asked for), and the notes."""
    lines = []
    if view.everything:
        lines += ["", "Without a date:"]
        lines += [
            f"  {r.card.citation.place}  {front(r.card)}{r.card.title}{': ' + r.part.name if r.part.name else ''}"
            f"{' (' + r.hang + ')' if r.hang else ''}: {r.state}; {r.why}"
            for r in view.rows
        ]
    lines += ["", *(f"Note: {message}." for message in view.agenda.messages)] if view.agenda.messages else []
    return "".join(line + "\n" for line in lines)


def aligned(table: list[tuple[str, ...]]) -> list[str]:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table]
