"""Rendering one prose cell: Jinja over the period's data, then clauses, then Markdown."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from thidua.dataset import Entry
from thidua.errors import FigureError, ProseError
from thidua.figures import Figure, Indicator
from thidua.prose.filters import Filters
from thidua.prose.markdown import to_html
from thidua.prose.tokens import Phrase, Tokens
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
    environment = _environment(tokens)
    try:
        text = environment.from_string(source).render(names)
    except jinja2.TemplateSyntaxError as error:
        raise ProseError(f"cú pháp sai ở dòng {error.lineno} của ô: {_syntax(error, environment)}") from None
    except jinja2.UndefinedError as error:
        raise ProseError(_undefined(str(error.message), names)) from None
    except (AttributeError, FigureError) as error:
        raise ProseError(str(error)) from None
    html = to_html(text, tokens)
    shown = {f.id for f in tokens.figures if f'data-fig="{f.id}"' in html}
    return Prose(html, tokens.plain(text).strip(), tuple(f for f in tokens.figures if f.id in shown))


def render_line(source: str, names: Mapping[str, Any]) -> str:
    """Render one line of plain text, such as a heading in params."""
    tokens = Tokens()
    try:
        return tokens.plain(_environment(tokens).from_string(source).render(names))
    except jinja2.TemplateError as error:
        raise ProseError(f"không dựng được «{source}»: {error}") from None


def _environment(tokens: Tokens) -> jinja2.Environment:
    # The sandbox keeps a template from reaching into Python: notebooks travel, and prose is not code.
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: _as_text(value, tokens),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {**_kept_filters(environment), **Filters(tokens).all()}
    environment.tests["present"] = _is_present
    environment.globals = {"ref": tokens.reference}
    return environment


def _kept_filters(environment: jinja2.Environment) -> dict[str, Any]:
    return {name: environment.filters[name] for name in ("first", "last", "length", "list")}


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
        return tokens.figure(value)
    if isinstance(value, Indicator):
        return tokens.figure(value.done)
    if isinstance(value, jinja2.Undefined):
        return str(value)  # a StrictUndefined raises here with its own message
    if value is None or value == "":
        return tokens.gap()
    if isinstance(value, dt.date):
        return tokens.text(written_date(value))
    if isinstance(value, str | int):
        return tokens.text(value if isinstance(value, str) else str(value))
    if isinstance(value, Entry):
        raise ProseError("một dòng của biểu không in thẳng ra được; hãy chọn một cột của nó, ví dụ .content")
    raise ProseError(f"không in ra được giá trị kiểu {type(value).__name__}")


def _undefined(message: str, names: Mapping[str, Any]) -> str:
    quoted = re.findall(r"'([^']+)'", message)
    name = quoted[-1] if quoted else message
    if "has no attribute" in message:
        valid = [n for n in dir(Indicator) if not n.startswith("_")] if "Indicator" in message else []
    else:
        valid = list(names)
    near = difflib.get_close_matches(name, valid, n=1)
    return f"không có tên «{name}»" + (f"; gần nhất là «{near[0]}»" if near else "")


def _syntax(error: jinja2.TemplateSyntaxError, environment: jinja2.Environment) -> str:
    message = error.message or ""
    if message.startswith("No filter named"):
        name = message.split("'")[1]
        near = difflib.get_close_matches(name, environment.filters, n=1)
        return f"không có bộ lọc «{name}»" + (f"; gần nhất là «{near[0]}»" if near else "")
    return message
