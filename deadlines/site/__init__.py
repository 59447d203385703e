"""The public page: a static site beside the feeds. It says what the feeds say, and how each date was reached.

``pages`` is all of it: a function of the local, what was derived and what is published, to files. It reads no clock
and opens no file; nothing on a page asks another host for anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from deadlines.ledger.lines import Line
from deadlines.model.local import Local
from deadlines.model.obligation import Agenda
from deadlines.site.whole import MARK, Whole

__all__ = ["MARK", "Whole", "pages"]


def pages(
    local: Local,
    agenda: Agenda,
    published: Mapping[UUID, Line],
    feeds: Collection[str],
    changes: str,
    templates: Mapping[str, str],
) -> Mapping[str, bytes]:
    """Every page by its path from the top of the site, beside ``feeds/``.

    ``published`` is the ledger after the build, ``feeds`` the names of the feeds it makes, ``changes`` the text
    of changes.jsonl with this build's lines. Raises Refused when a template or a line of the changes is wrong.
    """
    return dict(Whole(local, agenda, published, feeds, changes, templates).pages())
