"""Jinja over names: titles in params such as «… {{ period.name }}», and what is wrong with them, in Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as nameless
from pydantic import BaseModel

from thidua.errors import FigureError, ProseError
from thidua.language.text import nearest_hint, written_date

_Made = TypeVar("_Made")


def render_line(source: str, names: Mapping[str, Any]) -> str:
    """One line of plain text, such as a title in params. ProseError names the line and what is wrong."""
    environment = ImmutableSandboxedEnvironment(undefined=unknown_in(names), finalize=plain)
    try:
        return str(guarded(lambda: environment.from_string(source).render(names)))
    except ProseError as error:
        raise ProseError(f"không dựng được «{source}»: {error}") from None


def plain(value: Any) -> str:
    """What a value prints as plain text. ProseError where it prints none."""
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises with its own message
    if isinstance(value, dt.date):
        return written_date(value)
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    raise ProseError(f"không in thẳng ra được {kind_of(value)}")


def guarded(make: Callable[[], _Made]) -> _Made:
    """What a function makes of an expression. ProseError says in Vietnamese why there is nothing."""
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


def kind_of(value: Any) -> str:
    """What a value is, in an officer's words."""
    if isinstance(value, str):
        return "một đoạn chữ"
    if isinstance(value, bool | int | float):
        return f"giá trị {value}"
    kinds: dict[type | tuple[type, ...], str] = {
        BaseModel: "nhóm tham số",
        dt.date: "ngày",
        (list, tuple, set, dict): "danh sách",
        type(None): "giá trị trống",
    }
    return next(
        (name for kind, name in kinds.items() if isinstance(value, kind)), f"giá trị kiểu {type(value).__name__}"
    )


def attributes(owner: Any) -> list[str]:
    """The names that can follow a value and a dot."""
    names = [
        n for n in dir(type(owner) if isinstance(owner, BaseModel) else owner) if not n.startswith(("_", "model_"))
    ]
    return names + list(type(owner).model_fields) if isinstance(owner, BaseModel) else names


def unknown_in(
    names: Iterable[str],
    kind_of: Callable[[Any], str] = kind_of,
    attributes: Callable[[Any], list[str]] = attributes,
) -> type[jinja2.StrictUndefined]:
    """What a template has for a name or attribute that does not exist: it names the nearest that does."""
    known = [n for n in names if not n.startswith("_")]

    class Unknown(jinja2.StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            name = str(self._undefined_name)
            if self._undefined_obj is nameless:
                return f"không có tên «{name}»{nearest_hint(name, known)}"
            owner = self._undefined_obj
            return f"{kind_of(owner)} không có «{name}»{nearest_hint(name, attributes(owner))}"

    return Unknown


def unreadable(error: jinja2.TemplateError) -> str:
    """The message for an expression that Jinja cannot read."""
    message = error.message or ""
    if "unexpected end" in message.lower():
        return "biểu thức viết chưa hết"
    return f"biểu thức viết sai ({message})"
