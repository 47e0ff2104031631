"""Expressions of the old kind: ``{= … =}`` in prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from thidua.dataset import Lookup
from thidua.entries import AbsentEntry, Entry
from thidua.errors import ProseError
from thidua.figures import Figure, Indicator
from thidua.prose import quantities
from thidua.prose.problems import attributes, kind_of
from thidua.prose.words import Words, gap, text
from thidua.settings.templates import guarded, plain, unknown_in, unreadable


def value_of(code: str, names: Mapping[str, Any]) -> Words:
    """The words of an expression's value. ProseError says in Vietnamese what is wrong with it."""
    environment = ImmutableSandboxedEnvironment(undefined=unknown_in(names, kind_of, attributes))
    return guarded(lambda: _said(environment.compile_expression(code, undefined_to_none=False)(**names)))


def misread(code: str) -> str:
    """What is wrong with an expression's form; empty where nothing is. Needs no data."""
    try:
        ImmutableSandboxedEnvironment().compile_expression(code)
    except jinja2.TemplateError as error:
        return unreadable(error)
    return ""


def _said(value: Any) -> Words:
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises with its own message
    if isinstance(value, Words):
        return value
    if isinstance(value, Figure):
        return quantities.stated(value)
    if isinstance(value, Indicator):
        return quantities.amount(value)
    if value is None or value == "" or isinstance(value, AbsentEntry):
        return gap("biểu thức không có giá trị")
    return text(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, Entry):
        raise ProseError("một dòng của biểu không in thẳng ra được; hãy chọn một cột của nó, ví dụ .content")
    if isinstance(value, Figure | Indicator | Lookup):
        raise ProseError(f"không in thẳng ra được {kind_of(value)}")
    return plain(value)
