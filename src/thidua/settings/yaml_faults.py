"""What is wrong with a YAML file that an officer edits: its form, and whatever of it is not as its model wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from thidua.errors import Problem
from thidua.language.text import nearest, nearest_hint
from thidua.language.yaml_text import Place, YamlText

_EXPECTED = {
    "string_too_short": "một giá trị, không để trống",
    "too_short": "ít nhất một mục",
    "literal_error": "một trong các giá trị {expected}",
    "model_type": "một nhóm tham số con, mỗi dòng một tên: giá trị",
    "model_attributes_type": "một nhóm tham số con, mỗi dòng một tên: giá trị",
    "tuple_type": "một danh sách, mỗi dòng một mục bắt đầu bằng dấu -",
    "string_type": "một dòng chữ",
    "bool_parsing": "true hoặc false",
    "bool_type": "true hoặc false",
    "int_parsing": "một số nguyên",
    "int_type": "một số nguyên",
    "string_pattern_mismatch": "chữ thường không dấu và chữ số, nối bằng dấu gạch ngang",
}


def form_problems(file: str, text: YamlText) -> list[Problem]:
    """The faults of the file's form."""
    return [Problem(file, "", str(spot), found, expected) for spot, found, expected in text.faults]


def model_problems(file: str, text: YamlText, model: type[BaseModel], error: ValidationError) -> list[Problem]:
    """Every value that the model refuses, each with line, column and the nearest valid name."""
    items: list[Any] = error.errors()
    return [_problem(file, text, model, item) for item in _without_echoes(items)]


def _without_echoes(items: list[Any]) -> Iterator[Any]:
    """Each fault once: without the missing name that a misspelt one stands for, and without lists that count as empty
    only because an item of theirs is wrong."""
    meant = set()
    for item in items:
        if item["type"] == "extra_forbidden":
            parent = item["loc"][:-1]
            absent = [str(i["loc"][-1]) for i in items if i["type"] == "missing" and i["loc"][:-1] == parent]
            if near := nearest(str(item["loc"][-1]), absent):
                meant.add((*parent, near))
    for item in items:
        hollow = item["type"] == "too_short" and isinstance(item["input"], list) and len(item["input"]) > 0
        if not hollow and not (item["type"] == "missing" and item["loc"] in meant):
            yield item


def _problem(file: str, text: YamlText, model: type[BaseModel], item: Any) -> Problem:
    place: Place = item["loc"]
    name, spot = name_of(place), str(text.spot(place))
    kind, value = item["type"], item["input"]
    if kind == "extra_forbidden":
        valid = _names_at(model, place[:-1])
        expected = f"một trong các tên {', '.join(valid)}{nearest_hint(str(place[-1]), valid)}"
        return Problem(file, "", spot, f"không có tham số nào tên «{name}»", expected)
    if kind == "missing":
        return Problem(file, "", spot, f"thiếu tham số «{name}»", "một giá trị cho tham số này, vì nó bắt buộc")
    expected = _EXPECTED.get(kind, str(item["msg"]).removeprefix("Value error, ")).format(**item.get("ctx", {}))
    expected = expected.replace(" or ", " hoặc ")
    if value is None or (isinstance(value, str) and not value.strip()):
        expected = expected if value is None else _EXPECTED["string_too_short"]
        return Problem(file, "", spot, f"tham số «{name}» để trống", expected)
    if isinstance(value, str):
        expected += nearest_hint(value, re.findall(r"'([^']+)'", expected)) if kind == "literal_error" else ""
        return Problem(file, "", spot, f"tham số «{name}» có giá trị «{value[:80]}»", expected)
    what = "một danh sách" if isinstance(value, list | tuple) else "một nhóm tham số con"
    return Problem(file, "", spot, f"tham số «{name}» là {what}", expected)


def name_of(place: Place) -> str:
    """«departments[4].file»; lists are counted from one."""
    pieces = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(pieces).lstrip(".")


def _names_at(model: type[BaseModel], place: Place) -> list[str]:
    """The names valid at a place of a model's file."""
    for step in place:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if step in fields:
            model = _model_in(fields[str(step)].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part)) is not None), None)
