"""Districts of other sizes, made of the one that ships: 60 cards and three years, and one that has grown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from deadlines.loading.folder import read_local
from deadlines.loading.shipped import shipped


def chicago() -> Path:
    """The folder that ships."""
    return shipped("districts") / "chicago"


def cards_in(folder: Path) -> int:
    """All cards, those an agreement carries over from the one before it among them."""
    return sum(len(contract.all_cards) for contract in read_local(folder).contracts)


def sixty(folder: Path) -> Path:
    """Sixty of Chicago's own cards of 2015-19, evenly spread over its articles, and its first three years.

    None that another one starts or ends: the other might be left out.
    """
    shutil.copytree(chicago(), folder)
    first, *later = sorted(folder.glob("agreements/*"))
    for agreement in later:
        shutil.rmtree(agreement)
    for year in sorted(folder.glob("years/*.yaml"))[3:]:
        year.unlink()
    cards = sorted((first / "rules").glob("*.yaml"))
    alone = [card for card in cards if not re.search("ended by:|starts: ", card.read_text(encoding="utf-8"))]
    for card in {*cards} - {alone[number * len(alone) // 60] for number in range(60)}:
        card.unlink()
    return folder


def grown(folder: Path) -> Path:
    """Chicago with every card of its first agreement copied once under another name; the later ones carry them over."""
    shutil.copytree(chicago(), folder)
    originals = sorted(min(folder.glob("agreements/*/rules")).glob("*.yaml"))
    texts = [card.read_text(encoding="utf-8") for card in originals]
    names = "|".join(re.escape(match[1]) for text in texts if (match := re.search(r"^rule: (\S+)", text, re.MULTILINE)))
    for card, text in zip(originals, texts, strict=True):
        copied = re.sub(rf"\b({names})\b", r"\1-copy", text)
        card.with_stem(f"{card.stem}-copy").write_text(copied, encoding="utf-8")
    return folder
