"""Rendering one prose cell: Jinja over the period's data, then clauses, then Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from thidua.dataset import AbsentEntry, Entry
from thidua.errors import FigureError, ProseError
from thidua.figures import Figure, Indicator
from thidua.prose import problems
from thidua.prose.filters import Filters
from thidua.prose.markdown import to_page
from thidua.prose.tokens import PRIVATE, Phrase, Tokens
from thidua.prose.wording import stated
from thidua.text import written_date


@dataclass(frozen=True)
class Prose:
    """A rendered cell: HTML, plain text, and the figures it prints, in order."""

    html: str
    text: str
    figures: tuple[Figure, ...]


def render(source: str, names: Mapping[str, Any]) -> Prose:
    """Render a cell's source. ProseError says in Vietnamese which expression is wrong and why."""
    tokens = Tokens()
    html, text = to_page(_expanded(source, names, tokens), tokens)
    return Prose(html, text, tuple(tokens.printed))


def render_line(source: str, names: Mapping[str, Any]) -> str:
    """Render one line of plain text, such as a heading in params. ProseError as for ``render``."""
    tokens = Tokens()
    try:
        return tokens.plain(_expanded(source, names, tokens))
    except ProseError as error:
        raise ProseError(f"không dựng được «{source}»: {error}") from None


def _expanded(source: str, names: Mapping[str, Any], tokens: Tokens) -> str:
    """The source with its expressions carried out, values as tokens."""
    environment = _environment(tokens, names)
    try:
        return environment.from_string(PRIVATE.sub("", source)).render(names)
    except jinja2.exceptions.SecurityError:
        raise ProseError("biểu thức dùng phần bên trong của Python, không được phép trong câu văn") from None
    except jinja2.UndefinedError as error:
        raise ProseError(str(error.message)) from None
    except FigureError as error:
        raise ProseError(str(error)) from None
    except jinja2.TemplateError as error:
        raise ProseError(problems.unreadable(error, environment.filters, environment.tests)) from None
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise ProseError(f"không tính được một biểu thức của ô ({error})") from None


def _environment(tokens: Tokens, names: Mapping[str, Any]) -> jinja2.Environment:
    # The sandbox keeps a template from reaching into Python: notebooks travel, and prose is not code.
    environment = ImmutableSandboxedEnvironment(
        undefined=problems.unknown_in(names),
        finalize=lambda value: _as_text(value, tokens),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    kept = {name: environment.filters[name] for name in ("first", "last", "length", "list")}
    environment.filters = problems.guarded({**kept, **Filters(tokens).all()})
    environment.tests["present"] = _is_present
    environment.globals = {"ref": tokens.reference}
    return environment


def _is_present(value: Any) -> bool:
    if isinstance(value, Figure):
        return not value.missing
    if isinstance(value, Indicator):
        return not value.done.missing
    return bool(value)


def _as_text(value: Any, tokens: Tokens) -> str:
    """What ``{{ value }}`` prints."""
    if isinstance(value, Phrase):
        return value
    if isinstance(value, Figure):
        return stated(value, tokens)
    if isinstance(value, Indicator):
        return stated(value.done, tokens)
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises with its own message
    if value is None or value == "" or isinstance(value, AbsentEntry):
        return tokens.gap()
    if isinstance(value, dt.date):
        return tokens.text(written_date(value))
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return tokens.text(value if isinstance(value, str) else str(value))
    if isinstance(value, Entry):
        raise ProseError("một dòng của biểu không in thẳng ra được; hãy chọn một cột của nó, ví dụ .content")
    raise ProseError(f"không in thẳng ra được {problems.kind_of(value)}")
