"""CSV: one row for each day of each obligation, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from calendars.days import weekday_name
from deadlines.outputs._view import View, contact, label, why

SUFFIX = "csv"
COLUMNS = (
    "date", "weekday", "which", "title", "article", "who must", "stakes", "status", "may move", "why",
    "delegate should", "contact", "id",
)  # fmt: skip


def render(view: View) -> bytes:
    """RFC 4180 text, UTF-8; rows by day."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    rows = []
    for o in view.obligations:
        for moment in o.outcome.moments:
            if view.span and moment.day not in view.span:
                continue
            rows.append((
                moment.day.isoformat(), weekday_name(moment.day), moment.which, label(o, moment.title, moment.sure),
                o.card.citation.place, o.who_must, o.card.stakes, o.card.status.value,
                "yes" if o.outcome.in_doubt else "no", why(o, moment.day), o.card.advice, contact(o, view.local), o.id,
            ))  # fmt: skip
    writer.writerows([_plain(cell) for cell in row] for row in sorted(rows))
    return out.getvalue().encode()


def _plain(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
