"""Expressions of the old kind: ``{= … =}`` in prose, and titles in params such as «… {{ period.name }}»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from thidua.dataset import AbsentEntry, Entry
from thidua.errors import FigureError, ProseError
from thidua.figures import Figure, Indicator
from thidua.prose import quantities
from thidua.prose.problems import kind_of, unknown_in, unreadable
from thidua.prose.words import Words, gap, text, with_unit
from thidua.text import written_date


def value_of(code: str, names: Mapping[str, Any]) -> Words:
    """The words of an expression's value. ProseError says in Vietnamese what is wrong with it."""
    environment = ImmutableSandboxedEnvironment(undefined=unknown_in(names))
    made: Words = _guarded(lambda: _said(environment.compile_expression(code, undefined_to_none=False)(**names)))
    return made


def misread(code: str) -> str:
    """What is wrong with an expression's form; empty where nothing is. Needs no data."""
    try:
        ImmutableSandboxedEnvironment().compile_expression(code)
    except jinja2.TemplateError as error:
        return unreadable(error)
    return ""


def render_line(source: str, names: Mapping[str, Any]) -> str:
    """One line of plain text, such as a title in params. ProseError names the line and what is wrong."""
    environment = ImmutableSandboxedEnvironment(undefined=unknown_in(names), finalize=_plain)
    try:
        return str(_guarded(lambda: environment.from_string(source).render(names)))
    except ProseError as error:
        raise ProseError(f"không dựng được «{source}»: {error}") from None


def _guarded(make: Any) -> Any:
    try:
        return make()
    except jinja2.exceptions.SecurityError:
        raise ProseError("biểu thức dùng phần bên trong của Python, không được phép trong câu văn") from None
    except jinja2.UndefinedError as error:
        raise ProseError(str(error.message)) from None
    except jinja2.TemplateError as error:
        raise ProseError(unreadable(error)) from None
    except FigureError as error:
        raise ProseError(str(error)) from None
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise ProseError(f"không tính được biểu thức ({error})") from None


def _said(value: Any) -> Words:
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises with its own message
    if isinstance(value, Words):
        return value
    if isinstance(value, Figure):
        return with_unit(value)
    if isinstance(value, Indicator):
        return quantities.amount(value)
    if value is None or value == "" or isinstance(value, AbsentEntry):
        return gap("biểu thức không có giá trị")
    return text(_plain(value))


def _plain(value: Any) -> str:
    """What a value prints as plain text."""
    if isinstance(value, jinja2.Undefined):
        return str(value)
    if isinstance(value, dt.date):
        return written_date(value)
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, Entry):
        raise ProseError("một dòng của biểu không in thẳng ra được; hãy chọn một cột của nó, ví dụ .content")
    raise ProseError(f"không in thẳng ra được {kind_of(value)}")
