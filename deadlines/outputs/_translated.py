"""A digest in another language: every text of the page said in it, all else as it is."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from deadlines.languages.language import ENGLISH, Language
from deadlines.outputs.digest import Page

AS_IT_IS = frozenset({"local", "school", "state", "stakes"})  # names, and words that templates compare


def translated(page: Page, language: Language) -> Page:
    """The page in a language."""
    if language is ENGLISH:
        return page
    found: Page = _said(page, language)
    return found


def _said(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        return language.say(value)
    if isinstance(value, tuple):
        return tuple(_said(one, language) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own = [field.name for field in fields(value) if field.name not in AS_IT_IS]
    return replace(value, **{name: _said(getattr(value, name), language) for name in own})
