"""The wording: templates filled in, and what is wrong with a steward's own one told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from deadlines.model.problem import Place, Problem, Refused

FOLDER = "templates/"


class Wording:
    """Templates by name (``digest.txt``, ``site/index.html``), each read once however many pages it fills."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, select_autoescape

        def load(name: str) -> tuple[str, str, Callable[[], bool]]:
            if name not in templates:
                raise TemplateNotFound(name)
            return templates[name], FOLDER + name, lambda: True

        self._environment = Environment(
            loader=FunctionLoader(load),
            undefined=StrictUndefined,
            autoescape=select_autoescape(("html",)),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def page(self, name: str, **values: Any) -> bytes:
        """A template filled in, as UTF-8. Raises Refused when the wording fails, with the line it fails on."""
        try:
            return self._environment.get_template(name).render(**values).encode()
        except Exception as error:  # a steward's own wording can fail in any way a template can
            file, line = _where(error)
            if not line:
                raise
            said = re.sub(r"'[\w.]*\.(\w+) object'", r"a \1", str(error))
            message = f"the wording fails here: {said}"
            raise Refused([Problem(Place(file, line, 1), message, nearest="the template that ships")]) from None


def _where(error: Exception) -> tuple[str, int]:
    """The template and the line of it an error came from; line 0 when it came from elsewhere."""
    file = str(getattr(error, "filename", None) or "")
    found = file, int(getattr(error, "lineno", None) or 0)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.startswith(FOLDER):
            found = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return found
