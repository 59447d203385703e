"""A QR code as the path of a picture; the only importer of segno."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4  # modules of white around it (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: its side in modules with the quiet zone, and the dark modules as the path of an SVG."""

    side: int
    path: str
    text: str


def code(text: str) -> Code | None:
    """The code of an address, with correction that stands a crease or a pin (level M: 15 % may be lost).

    None for an address longer than a code can hold, 2,331 bytes.
    """
    import segno

    try:
        made = segno.make(text, error="m", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None
    rows = [[bool(dark) for dark in row] for row in made.matrix]
    path = "".join(_row(row, y) for y, row in enumerate(rows))
    return Code(len(rows) + 2 * QUIET, path, text)


def _row(row: list[bool], y: int) -> str:
    """The dark stretches of a row, each one rectangle a module high."""
    found, start = [], None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(found)
