"""Every message a catalogue should have: of the templates of the mails, and the forms of the program's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deadlines.languages.forms import FIXED, FORMS, LAST_OF_SEVERAL, PLURALS

Message = tuple[str, ...]  # what counts something has its plural behind it


def messages(of_templates: Iterable[Message]) -> Iterator[Message]:
    """Each once, in the order of the templates and then of the forms."""
    own = ((text,) for text in (*FIXED, *FORMS, *LAST_OF_SEVERAL) if not _is_date(text))
    yield from dict.fromkeys((*of_templates, *PLURALS, *own))


def _is_date(text: str) -> bool:
    """Whether a form is a date by itself, which CLDR says."""
    return text.startswith("{") and text.endswith("}") and text.count("{") == 1
