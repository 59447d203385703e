"""Proves a steward's own wording and translations before they are needed: a mail is worded, to nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from deadlines.composing.compose import sender_of
from deadlines.composing.wording import body, reader
from deadlines.languages.catalogue import is_there
from deadlines.languages.language import ENGLISH
from deadlines.languages.other import OWN, language
from deadlines.model.local import Local
from deadlines.model.problem import Problem, Refused
from deadlines.outputs._translated import translated
from deadlines.outputs._view import View
from deadlines.outputs._wording import Wording
from deadlines.outputs.digest import page


def prove_mails(local: Local, view: View, templates: Mapping[str, str]) -> None:
    """Word the mail of a view, to nowhere: in English, and in each language the local has words of its own in.

    Those are left out where Babel is not installed: no mail can be in them there. Raises Refused with all that is
    wrong in any of them, also when deadlines.yaml has no ``mail``.
    """
    problems: list[Problem] = []
    sender = sender_of(local)
    for code in (ENGLISH.code, *(own_languages(templates) if is_there() else ())):
        try:
            said_in = language(code, templates)
            to = reader(local, sender, view.readers, "a school", "", True, said_in)
            body(Wording(templates, said_in), translated(page(view), said_in), to)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)


def own_languages(templates: Mapping[str, str]) -> tuple[str, ...]:
    """The languages a local has words of its own in, by code."""
    return tuple(sorted(name.removeprefix(OWN).removesuffix(".po") for name in templates if name.startswith(OWN)))
