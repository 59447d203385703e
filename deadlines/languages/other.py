"""A language other than English: a text is looked up, or recognised by its form and said anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from calendars.days import MONTHS, WEEKDAYS
from deadlines.languages.catalogue import Catalogue
from deadlines.languages.forms import AND, OR, Form, forms, kind_of
from deadlines.languages.language import ENGLISH, Language, Said
from deadlines.model.problem import Place, Problem, Refused

SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
FOLDER, OWN = "languages/", "own/languages/"
Piece = tuple[str, bool]
ONE: tuple[Piece, ...] = (("1", False),)


def language(code: str, templates: Mapping[str, str]) -> Language:
    """A language by its code, with the catalogues among the templates. Raises Refused when one of them is none."""
    if code == ENGLISH.code:
        return ENGLISH
    if f"{FOLDER}{code}.po" not in templates:
        near = ", ".join(sorted(name[len(FOLDER) : -len(".po")] for name in templates if name.startswith(FOLDER)))
        raise Refused([Problem(Place(f"{FOLDER}{code}.po"), "no mails are in this language", nearest=near)])
    texts = [(f"templates/{FOLDER}{code}.po", templates[f"{FOLDER}{code}.po"])]
    if own := templates.get(f"{OWN}{code}.po"):
        texts.append((f"{FOLDER}{code}.po", own))
    return Other(code, texts)


class Other(Language):
    """A language that has a catalogue."""

    def __init__(self, code: str, texts: Iterable[tuple[str, str]]) -> None:
        self.code = code
        self._catalogue = Catalogue(code, texts)
        self.direction = self._catalogue.direction

    def say(self, text: str) -> str:
        """A text in this language. What of it nobody has translated stays English, and is marked so."""
        return Said.of(self._pieces(text), self.direction == "rtl") if text else text

    def gettext(self, message: str) -> str:
        """A message of a template; English when nobody has translated it."""
        return self._catalogue.message(message) or message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """A message of a template that counts something."""
        return self._catalogue.counted(singular, n) or super().ngettext(singular, plural, n)

    # ---- saying ---------------------------------------------------------------------------------

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one object a language and run
    def _pieces(self, text: str) -> tuple[Piece, ...]:
        found = self._known(text) or self._begun(text)
        if found is None:
            found = self._joined(text, (". ", "; ")) or ((text, True),)
        return found

    def _known(self, text: str) -> tuple[Piece, ...] | None:
        """A text as it is looked up or recognised; None when it is neither."""
        if (said := self._catalogue.message(text)) is not None:
            return ((said, False),)
        for form in forms():
            if match := form.pattern.fullmatch(text):
                found = self._filled(form, match)
                if found is not None:
                    return found
        return self._titled(text)

    def _begun(self, text: str) -> tuple[Piece, ...] | None:
        """What is known without the capital letter it begins with here, said with one; None when it is not."""
        found = self._known(text[:1].lower() + text[1:]) if text[:1].isupper() else None
        return found and ((found[0][0][:1].upper() + found[0][0][1:], found[0][1]), *found[1:])

    def _filled(self, form: Form, match: re.Match[str]) -> tuple[Piece, ...] | None:
        """A form in this language, filled in; None when it is not there, or a field holds something else."""
        said: str | None
        if form.plural:
            said = self._catalogue.counted(form.text, int(match.groupdict().get("n", 1)))
        elif re.fullmatch(r"\{\w+\}", form.text):
            said = form.text  # a date by itself
        else:
            said = self._catalogue.message(form.text)
        if said is None:
            return None
        fields: dict[str, tuple[Piece, ...]] = {"n": ONE}  # "in a day" may be said with a figure
        for name, text in match.groupdict().items():
            value = self._value(kind_of(name), text)
            if value is None:
                return None
            fields[name] = value
        return _put(said, fields)

    def _value(self, kind: str, text: str) -> tuple[Piece, ...] | None:
        """What stands in a field; None when the field cannot hold it."""
        if kind in DATES:
            how, read = DATES[kind]
            return ((self._catalogue.day(read(text), how), False),)
        return _VALUES.get(kind, Other._pieces)(self, text)

    def _as_it_is(self, text: str) -> tuple[Piece, ...]:
        return ((text, False),)

    def _weekday(self, text: str) -> tuple[Piece, ...]:
        return ((self._catalogue.weekday(WEEKDAYS.index(text)), False),)

    def _number(self, text: str) -> tuple[Piece, ...]:
        return ((text[:-2], False),)

    def _ranked(self, text: str) -> tuple[Piece, ...]:
        return self._pieces(re.sub(r"(?<=\d)(st|nd|rd)$", "th", text))

    def _levels(self, text: str) -> tuple[Piece, ...] | None:
        """Levels of the school years; None when what stands in the brackets is something else."""
        levels = [self._catalogue.message(level) for level in text.split(", ")]
        return None if None in levels else ((", ".join(filter(None, levels)), False),)

    def _each(self, text: str) -> tuple[Piece, ...]:
        return self._joined(text, (", ",)) or self._pieces(text)

    def _conditions(self, text: str) -> tuple[Piece, ...] | None:
        """Conditions that all hold: each said by itself, where all are known."""
        first, found, last = text.partition(" and ")
        if not found or self._known(text):
            return self._pieces(text)
        known = self._known(first) and self._known(last)
        return self._filled_list(AND, first, last) if known else self._pieces(text)

    def _names(self, text: str) -> tuple[Piece, ...]:
        return self._joined(text, ("; ",)) or self._pieces(text)

    def _listed(self, text: str) -> tuple[Piece, ...] | None:
        """``A, B and C``: each said, or as it is when it is a number of an article."""
        for joint, form in ((" or ", OR), (" and ", AND)):
            first, found, last = text.rpartition(joint)
            if found:
                return self._filled_list(form, first, last)
        return ((text, False),)

    def _filled_list(self, form: str, first: str, last: str) -> tuple[Piece, ...] | None:
        said = self._catalogue.message(form)
        if said is None:
            return None
        days = re.split(r"(?<=\d{4}), ", first)
        before = "; ".join("".join(piece for piece, _ in self._own(day)) for day in days)
        return _put(said, {"first": ((before, False),), "last": self._own(last)})

    def _own(self, text: str) -> tuple[Piece, ...]:
        return self._known(text) or ((text, False),)

    def _joined(self, text: str, joints: Iterable[str]) -> tuple[Piece, ...] | None:
        """Several sentences or clauses, each said by itself; None when there is only one."""
        for joint in joints:
            parts = text.split(joint)
            if len(parts) > 1:
                end = joint.rstrip()
                whole = [*(part + end for part in parts[:-1]), parts[-1]] if end == "." else parts
                between = " " if end == "." else joint
                pieces = [*self._pieces(whole[0])]
                for part in whole[1:]:
                    said = self._pieces(part)
                    pieces += [(between, pieces[-1][1] and said[0][1]), *said]
                return _merged(pieces)
        return None

    def _titled(self, text: str) -> tuple[Piece, ...] | None:
        """``A card's title, its part`` or ``its title: its part``, the title being known; None when it is no such."""
        for match in re.finditer(r", |: ", text):
            title = self._catalogue.message(text[: match.start()])
            if title is not None:
                return ((title + match.group(), False), *self._pieces(text[match.end() :]))
        return None


_VALUES: Mapping[str, Callable[[Other, str], tuple[Piece, ...] | None]] = {
    "n": Other._as_it_is,
    "year": Other._as_it_is,
    "weekday": Other._weekday,
    "nth": Other._ranked,
    "rank": Other._ranked,
    "ordinal": Other._number,
    "days": Other._listed,
    "place": Other._listed,
    "levels": Other._levels,
    "amount": Other._known,
    "names": Other._names,
    "name": Other._as_it_is,
    "list": Other._each,
    "conditions": Other._conditions,
}


def _put(said: str, fields: Mapping[str, tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """A message with its fields filled in."""
    parts = re.split(r"\{(\w+)\}", said)
    found = [(part, False) for part in parts[:1]]
    for name, between in zip(parts[1::2], parts[2::2], strict=True):
        found += [*fields[name], (between, False)]
    return _merged(found)


def _merged(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces without empty ones; neighbours that are alike become one."""
    pieces: list[Piece] = []
    for text, english in found:
        if pieces and pieces[-1][1] == english:
            pieces[-1] = (pieces[-1][0] + text, english)
        elif text:
            pieces.append((text, english))
    return tuple(pieces)


def _long(text: str) -> date:
    return _bare(text.split(" ", 1)[1], MONTHS)


def _short(text: str) -> date:
    return _bare(text.split(" ", 1)[1], SHORT_MONTHS)


def _bare(text: str, months: tuple[str, ...] = SHORT_MONTHS) -> date:
    month, day, year = text.replace(",", "").split(" ")
    return date(int(year), months.index(month) + 1, int(day))


def _month(text: str) -> date:
    month, year = text.split(" ")
    return date(int(year), MONTHS.index(month) + 1, 1)


def _month_day(text: str) -> date:
    month, day = text.split(" ")
    return date(2000, MONTHS.index(month) + 1, int(day))  # a leap year


# How CLDR writes what a field holds, and how it is read.
DATES: Mapping[str, tuple[str, Callable[[str], date]]] = {
    "day": ("full", _long),
    "short": ("yMMMEd", _short),
    "date": ("yMMMd", _bare),
    "month": ("yMMMM", _month),
    "monthday": ("MMMMd", _month_day),
}
