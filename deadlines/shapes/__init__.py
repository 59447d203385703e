"""The kinds of rule. One file is one kind, found by name: the word in a card is the file's word.

A shape file has ``WORDS`` (the card keys it owns; the first it finds makes a part of this shape),
``read`` (fields to its own frozen spec), ``phrases`` (the trees in a spec, for checks), ``work_out``
(a case to an Outcome) and ``in_words`` (the spec read back). It may have ``GIVEN`` (what an example of
it may give besides the year and events) and, when it never has a date, ``DATED = False`` with the
``STATE`` it is listed under. Files whose name begins with ``_`` are what the shapes share.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


def all_shapes() -> tuple[ModuleType, ...]:
    """Every shape in this folder, by file name."""
    folders = tuple(__path__)
    return tuple(_shape(name, folders) for name in _names(folders))


@cache
def _names(folders: tuple[str, ...]) -> tuple[str, ...]:
    """The files there are; looked for once, because every part of every card asks."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(folders) if not m.name.startswith("_")))


def is_dated(module: ModuleType) -> bool:
    """Whether a shape gives dates; a limit or a table never does."""
    return bool(getattr(module, "DATED", True))


def shape(name: str) -> ModuleType:
    """The shape of a name. KeyError when there is no such file."""
    return _shape(name, tuple(__path__))


@cache
def _shape(name: str, folders: tuple[str, ...]) -> ModuleType:
    if name not in _names(folders):
        raise KeyError(name)
    return importlib.import_module(f"{__name__}.{name}")
