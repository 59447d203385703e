"""The outputs. One file is one output, found by name: ``--format json`` is json.py.

An output file has ``SUFFIX`` and ``render(view) -> bytes``. A ``View`` is all it may read: the agenda,
the local, the role and the span of days asked for. No output computes a date.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def names() -> tuple[str, ...]:
    """The outputs there are, by file name."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


def output(name: str) -> ModuleType:
    """The output of a name. KeyError when there is no such file."""
    if name not in names():
        raise KeyError(name)
    return importlib.import_module(f"{__name__}.{name}")
