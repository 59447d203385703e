"""A page in another language: every text of it said in it, all else as it is."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from deadlines.languages.language import ENGLISH, Language

T = TypeVar("T")
AS_IT_IS = frozenset({"local", "school", "state", "stakes"})  # names, and words that templates compare


def translated(page: T, language: Language) -> T:
    """What a template is given, in a language."""
    return page if language is ENGLISH else _said(page, language)


def _said(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        return language.say(value)
    if isinstance(value, tuple):
        return tuple(_said(one, language) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own = [field.name for field in fields(value) if field.name not in AS_IT_IS]
    return replace(value, **{name: _said(getattr(value, name), language) for name in own})
