"""A district of more than 60 cards, made of the one that ships: what a grown local's folder weighs."""

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
