"""Catalogues of gettext: what ships, and on top of it what a steward's own folder says. The only importer of Babel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from deadlines.model.problem import Place, Problem, Refused

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

FIELD = re.compile(r"\{\w+\}|%\(\w+\)[sd]")


class Catalogue:
    """What a language calls things: messages, those that count, dates (CLDR).

    ``texts`` are catalogues as (file, text), the later ones on top. Raises Refused.
    """

    def __init__(self, code: str, texts: Iterable[tuple[str, str]]) -> None:
        read = [(file, text, _read(code, file, text)) for file, text in texts]
        if problems := [problem for one in read for problem in _wrong(*one)]:
            raise Refused(problems)
        from babel import Locale

        self._locale = Locale.parse(code)
        self.direction: str = self._locale.text_direction
        self._said = {key: said[0] for _, _, catalog in read for key, counts, said in _entries(catalog) if not counts}
        self._counted = {key: said for _, _, catalog in read for key, counts, said in _entries(catalog) if counts}
        self._which: Callable[[int], int] = _plural_rule(read[0][2]) if read else lambda n: int(n != 1)

    def message(self, text: str) -> str | None:
        """A message that counts nothing, in this language; None when nobody has translated it."""
        return self._said.get(text)

    def counted(self, singular: str, n: int) -> str | None:
        """A message that counts something; None when nobody has translated it."""
        found = self._counted.get(singular)
        return found[min(self._which(n), len(found) - 1)] if found else None

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one catalogue a language and run
    def day(self, day: date, how: str) -> str:
        """A date: ``full`` with its weekday, or by the fields of CLDR, such as ``yMMMEd``."""
        from babel.dates import format_date, format_skeleton

        if how == "full":
            return format_date(day, "full", self._locale)
        return format_skeleton(how, day, locale=self._locale)

    def weekday(self, number: int) -> str:
        """The name of a day of the week; 0 is Monday."""
        return str(self._locale.days["format"]["wide"][number])


def is_there() -> bool:
    """Whether Babel is installed."""
    return find_spec("babel") is not None


def checked(code: str, file: str, text: str) -> list[Problem]:
    """What is wrong with a catalogue: a line that is none, or a field the message does not have or that is left out."""
    try:
        return list(_wrong(file, text, _read(code, file, text)))
    except Refused as refused:
        return refused.problems


def renewed(code: str, file: str, text: str, words: Mapping[str, Iterable[str]]) -> tuple[str, int]:
    """A catalogue with an entry for each of the words and no other, and how many of them are not translated.

    ``words`` are told with where they stand. What a translator doubts (fuzzy) is used nowhere, and counts as not
    translated. What was translated stays; what is not said any more stays at the end
    as a comment, for whoever wants it back. Raises Refused when ``text`` is no catalogue.
    """
    catalog = _read(code, file, text)
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    wanted = Catalog()
    for said, places in words.items():
        wanted.add(said, auto_comments=[", ".join(places)])
    catalog.update(wanted, no_fuzzy_matching=True)
    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True)
    return out.getvalue().decode(), sum(not message.string or message.fuzzy for message in catalog if message.id)


def _read(code: str, file: str, text: str) -> Catalog:
    try:
        from babel.messages.pofile import PoFileError, read_po
    except ModuleNotFoundError:
        message = "mails in other languages than English need Babel, which is not installed"
        raise Refused([Problem(Place(file), message, nearest="pip install 'deadlines[languages]'")]) from None
    try:
        return read_po(StringIO(text), locale=code, abort_invalid=True)
    except PoFileError as error:
        line = text.split("\n")[error.lineno] if error.lineno < text.count("\n") else ""
        place = Place(file, error.lineno + 1, 1)
        raise Refused([Problem(place, "this is no line of a catalogue", line, 'msgid "…" and msgstr "…"')]) from None
    except ValueError:
        near = "leave it out: only entries are needed"
        raise Refused([Problem(Place(file, 1, 1), "the head of this catalogue cannot be read", nearest=near)]) from None


def _wrong(file: str, text: str, catalog: Catalog) -> Iterator[Problem]:
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        ids, said = _several(message.id), _several(message.string)
        fields = {field for one in ids for field in FIELD.findall(one)}
        for one in said:
            found = set(FIELD.findall(one))
            if one and (found - fields or (len(ids) == 1 and found != fields)):
                first, line = ids[0].split("\n")[0], message.lineno or 0
                written = _line(text, line)
                said_wrong = f"the translation of `{first}` has other fields than the text"
                place = Place(file, line, 1, len(written))
                yield Problem(place, said_wrong, written, " ".join(sorted(fields)) or "none")


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _several(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _entries(catalog: Catalog) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    """What is translated: its English (of what counts something, the singular), whether it counts, its translations."""
    message: Message
    for message in catalog:
        said = _several(message.string)
        if message.id and not message.fuzzy and all(said):
            yield _several(message.id)[0], not isinstance(message.id, str), said


def _plural_rule(catalog: Catalog) -> Callable[[int], int]:
    from gettext import c2py  # the arithmetic of a Plural-Forms line, as gettext itself does it

    return c2py(catalog.plural_expr)
