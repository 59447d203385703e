"""A language nobody speaks: every English letter of a message is a Greek one. What is left in English was forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from deadlines.composing.words import words_of
from deadlines.languages.catalogue import FIELD
from deadlines.languages.messages import Message, messages
from deadlines.loading.shipped import templates
from deadlines.model.local import Local
from deadlines.outputs._wording import Wording

CODE = "el"  # so that dates are Greek too
MAILS = ("digest-subject.txt", "digest.txt", "digest.html")
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβςδεφγηιξκλμνοπθρστυωψχζζΑΒΞΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΨΧΖΖ",
)  # fmt: skip


def greek(text: str) -> str:
    """A message with Greek letters; its fields stay."""
    pieces = re.split(f"({FIELD.pattern})", text)
    return "".join(piece if FIELD.fullmatch(piece) else piece.translate(GREEK) for piece in pieces)


@cache
def every_message() -> tuple[Message, ...]:
    """What every catalogue should have."""
    return tuple(messages(Wording(templates()).messages(MAILS)))


def catalogue(found: Iterable[Message]) -> str:
    """A catalogue of messages, in Greek letters."""
    lines = ['msgid ""', 'msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"', ""]
    for singular, *plural in found:
        lines.append(f"msgid {_quoted(singular)}")
        if plural:
            lines.append(f"msgid_plural {_quoted(plural[0])}")
            lines += [f"msgstr[{n}] {_quoted(greek(text))}" for n, text in enumerate((singular, plural[0]))]
        else:
            lines.append(f"msgstr {_quoted(greek(singular))}")
        lines.append("")
    return "\n".join(lines)


def wording(local: Local) -> dict[str, str]:
    """The templates with a catalogue of that language, and one of all words of a local."""
    own = catalogue((text,) for text in words_of(local))
    return {**templates(), f"languages/{CODE}.po": catalogue(every_message()), f"own/languages/{CODE}.po": own}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
