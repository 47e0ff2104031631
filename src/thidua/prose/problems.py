"""What is wrong with a prose cell, said in Vietnamese to the officer who wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import jinja2
from jinja2.utils import missing as nameless
from pydantic import BaseModel

from thidua.dataset import AbsentEntry, Award, Entry, Lookup
from thidua.figures import Figure, Indicator
from thidua.forms.schema import schemas
from thidua.text import nearest


def unknown_in(names: Iterable[str]) -> type[jinja2.StrictUndefined]:
    """What a template has for a name or attribute that does not exist: it names the nearest that does."""
    known = [n for n in names if not n.startswith("_")]

    class Unknown(jinja2.StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            name = str(self._undefined_name)
            if self._undefined_obj is nameless:
                return f"không có tên «{name}»{_hint(name, known)}"
            owner = self._undefined_obj
            return f"{kind_of(owner)} không có «{name}»{_hint(name, _attributes(owner))}"

    return Unknown


def unreadable(error: jinja2.TemplateError) -> str:
    """The message for an expression that Jinja cannot read."""
    message = error.message or ""
    if "unexpected end" in message.lower():
        return "biểu thức viết chưa hết"
    return f"biểu thức viết sai ({message})"


def kind_of(value: Any) -> str:
    """What a value is, in an officer's words."""
    if isinstance(value, str):
        return "một đoạn chữ"
    if isinstance(value, Lookup):
        return "bảng tra theo mã"
    if isinstance(value, bool | int | float):
        return f"giá trị {value}"
    kinds: dict[type | tuple[type, ...], str] = {
        Indicator: "chỉ tiêu",
        Figure: "số liệu",
        Award: "dòng khen thưởng",
        Entry: "dòng của biểu",
        BaseModel: "nhóm tham số",
        dt.date: "ngày",
        (list, tuple, set, dict): "danh sách",
        type(None): "giá trị trống",
    }
    return next(
        (name for kind, name in kinds.items() if isinstance(value, kind)), f"giá trị kiểu {type(value).__name__}"
    )


def _hint(name: str, valid: Iterable[str]) -> str:
    near = nearest(name, valid)
    return f"; gần nhất là «{near}»" if near else ""


def _attributes(owner: Any) -> list[str]:
    if isinstance(owner, Entry):
        kind = owner.kind if isinstance(owner, AbsentEntry) else owner.record.kind
        return next(list(s.keys) for s in schemas().values() if s.kind == kind)
    if isinstance(owner, BaseModel):
        return [n for n in dir(type(owner)) if not n.startswith(("_", "model_"))] + list(type(owner).model_fields)
    return [n for n in dir(owner) if not n.startswith("_")]
