"""A district of 60 cards and 3 school years, made of the one that ships: what a grown local's folder weighs."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from calendars.neighbours import next_year_name
from deadlines.loading.shipped import shipped

CARDS = 60
YEARS = 3
WHOLE_WEEKS = timedelta(weeks=52)  # the same weekdays, so that the year stays one that makes sense


def chicago() -> Path:
    """The folder that ships."""
    return shipped("districts") / "chicago"


def grown(folder: Path) -> Path:
    """Chicago with its cards copied under other names, and its last year copied to the years after it."""
    shutil.copytree(chicago(), folder)
    (rules,) = folder.glob("agreements/*/rules")
    cards = sorted(rules.glob("*.yaml"))
    texts = [card.read_text(encoding="utf-8") for card in cards]
    names = [match[1] for text in texts if (match := re.search(r"^rule: (\S+)", text, re.MULTILINE))]
    for number in range(len(cards), CARDS):
        copy, index = divmod(number, len(cards))
        text = re.sub(rf"\b({'|'.join(map(re.escape, names))})\b", rf"\1-copy-{copy}", texts[index])
        (rules / f"{cards[index].stem}-copy-{copy}.yaml").write_text(text, encoding="utf-8")
    years = sorted((folder / "years").glob("*.yaml"))
    while len(years) < YEARS:
        name = next_year_name(years[-1].stem)
        text = years[-1].read_text(encoding="utf-8").replace(years[-1].stem, name)
        years.append(years[-1].with_stem(name))
        years[-1].write_text(re.sub(r"\d{4}-\d\d-\d\d", _a_year_later, text), encoding="utf-8")
    return folder


def _a_year_later(match: re.Match[str]) -> str:
    return (date.fromisoformat(match[0]) + WHOLE_WEEKS).isoformat()
