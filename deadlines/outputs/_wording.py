"""The wording: templates filled in, and what is wrong with a steward's own one told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from deadlines.languages.language import ENGLISH, Language, Said
from deadlines.model.problem import Place, Problem, Refused

FOLDER = "templates/"


class Wording:
    """Templates by name (``digest.txt``, ``site/index.html``), each read once however many pages it fills.

    What stands between ``trans`` and ``endtrans`` in them is said in ``language``, which they also know by that name.
    """

    def __init__(self, templates: Mapping[str, str], language: Language = ENGLISH) -> None:
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
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals["language"] = language
        self._environment.filters["sentence"] = _sentence

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

    def mail(self, name: str, **values: Any) -> str:
        """A page as a mail: its style stands in each element too, for programs that know no style sheet.

        What asks for the night stays a sheet. Nothing is fetched.
        """
        from css_inline import CSSInliner

        inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
        return inliner.inline(self.page(name, **values).decode())

    def messages(self, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """What stands between ``trans`` and ``endtrans`` in templates; of what counts something, its plural too."""
        for name in names:
            source = self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
            for _, _, found in self._environment.extract_translations(source):  # type: ignore[attr-defined]
                yield (found,) if isinstance(found, str) else tuple(text for text in found if text)


def _sentence(text: str) -> str:
    """A text with a capital letter at its beginning, as it begins a sentence."""
    if isinstance(text, Said):
        (first, english), *rest = text.pieces
        return Said.of(((first[:1].upper() + first[1:], english), *rest), text.rtl)
    return text[:1].upper() + text[1:]


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
