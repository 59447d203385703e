"""The page of the documentation about the page: its pictures are those of today's templates, its tables complete."""

from __future__ import annotations

import hashlib

from tests.site.built import YEAR, chicago_site
from tests.support import ROOT

PAGE = (ROOT / "docs/page.md").read_text(encoding="utf-8")


def test_the_pictures_show_the_layout_of_today() -> None:
    """Taken again (docs/pictures/take-page.sh) when the wording or the looks changed; all pictures are small."""
    folder = ROOT / "docs/pictures"
    templates = sorted((ROOT / "templates/site").iterdir())
    now = hashlib.sha256(b"".join(path.read_bytes() for path in templates)).hexdigest()
    taken = (folder / "page-taken-from.sha256").read_text(encoding="utf-8").strip()
    assert taken == now, "sh docs/pictures/take-page.sh"
    assert sum(picture.stat().st_size for picture in folder.glob("*.png")) < 600_000


def test_every_kind_of_page_is_in_the_table() -> None:
    kinds = {name.partition("/")[0] if "/" in name else name for name in chicago_site(*YEAR).pages}
    told = {line.split("`")[1].partition("/")[0] for line in PAGE.split("\n") if line.startswith("| `")}
    assert kinds == told
