"""Reading a params file: every fault at once, each with its line and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from thidua.errors import InputError, Problem, ProseError
from thidua.params import Department, Params, SectionNode, Submission
from thidua.period import FORMS, Period
from thidua.prose.expressions import render_line
from thidua.text import clean, nearest
from thidua.yaml_text import Place, YamlText, read_yaml_text

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
}


@dataclass(frozen=True)
class Examined:
    """What a params file gives: the params if all of it is right, what intake can do with it, every problem."""

    params: Params | None
    submission: Submission | None
    problems: list[Problem]


def load(path: Path) -> Params:
    """Read a params file. InputError names every wrong parameter and the nearest valid name."""
    examined = examine(path)
    if examined.params is None or examined.problems:
        raise InputError(examined.problems)
    return examined.params


def examine(path: Path) -> Examined:
    """Read a params file as far as it can be read."""
    file = path.name
    try:
        text = read_yaml_text(path)
    except FileNotFoundError:
        near = nearest(path.stem, [p.stem for p in path.parent.glob("*.yaml")])
        hint = f"một tệp có thật; gần nhất là «{near}.yaml»" if near else "một tệp params/<kỳ>.yaml có thật"
        return Examined(None, None, [Problem(file, "", "", "không tìm thấy tệp tham số", hint)])
    except OSError as error:
        found = f"không đọc được tệp tham số ({error.strerror})"
        return Examined(None, None, [Problem(file, "", "", found, "một tệp đọc được")])
    problems = [Problem(file, "", _line(line), found, expected) for line, found, expected in text.faults]
    if not isinstance(text.content, dict):
        if not problems:
            found = "tệp tham số không có nội dung dạng tên: giá trị"
            problems = [Problem(file, "", "", found, f"các tham số {', '.join(Params.model_fields)}")]
        return Examined(None, None, problems)
    params = None
    try:
        params = Params.model_validate(text.content)
    except ValidationError as error:
        items: list[Any] = error.errors()
        problems += [_problem(file, text, item) for item in _without_echoes(items)]
    problems += _wrong_period(path, text)
    if params is not None:
        params, faults = _rendered(params, file, text)
        problems += faults
    return Examined(params, _submission(path.stem, text.content), problems)


def _rendered(params: Params, file: str, text: YamlText) -> tuple[Params, list[Problem]]:
    """The params with title and headings as they read: «{{ period.name }}» is the period's name there."""
    problems: list[Problem] = []
    names = {"period": params.parsed_period, "unit": params.unit}

    def line(source: str, place: Place) -> str:
        try:
            return clean(render_line(source, names)) if "{" in source else source
        except ProseError as error:
            expected = "chữ, cùng {{ period.name }}, {{ period.next.name }}, {{ unit.name }} và các tên khác của chúng"
            problems.append(Problem(file, "", _line(text.line(place)), f"tham số «{_name(place)}»: {error}", expected))
            return source

    def nodes(sections: tuple[SectionNode, ...], place: Place) -> tuple[SectionNode, ...]:
        found = []
        for number, node in enumerate(sections):
            own: Place = (*place, number)
            heading = line(node.heading, (*own, "heading")) if node.heading else None
            below = nodes(node.sections, (*own, "sections"))
            found.append(node.model_copy(update={"heading": heading, "sections": below}))
        return tuple(found)

    title = line(params.document.title, ("document", "title"))
    document = params.document.model_copy(update={"title": title})
    sections = nodes(params.sections, ("sections",))
    return params.model_copy(update={"document": document, "sections": sections}), problems


def _wrong_period(path: Path, text: YamlText) -> list[Problem]:
    period = text.content.get("period")
    if not _is_period(period) or period.strip() == path.stem:
        return []
    found = f"tham số «period» là «{period}» nhưng tên tệp là «{path.name}»"
    expected = f"tên tệp và period cùng một kỳ báo cáo; tệp của kỳ này phải tên là «{period}.yaml»"
    if not _is_period(path.stem):
        expected = f"tên tệp là {FORMS}; tệp của kỳ này phải tên là «{period}.yaml»"
    return [Problem(path.name, "", _line(text.line(("period",))), found, expected)]


def _is_period(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(Period.parse(value))
    except ValueError:
        return False


def _submission(stem: str, content: dict[str, Any]) -> Submission | None:
    """What of the file intake can go by; None where not even the period is clear."""
    period = next((str(p).strip() for p in (content.get("period"), stem) if _is_period(p)), None)
    entries = content.get("departments")
    if period is None or not isinstance(entries, list):
        return None
    departments = []
    for entry in entries:
        try:
            departments.append(Department.model_validate(entry))
        except ValidationError:
            continue
    unit = content.get("unit")
    name = unit.get("name") if isinstance(unit, dict) else None
    complete = len(departments) == len(entries)
    return Submission(period, name if isinstance(name, str) else "", tuple(departments), complete)


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


def _problem(file: str, text: YamlText, item: Any) -> Problem:
    place: Place = item["loc"]
    name = _name(place)
    line = _line(text.line(place))
    kind, value = item["type"], item["input"]
    if kind == "extra_forbidden":
        valid = _names_at(place[:-1])
        near = nearest(str(place[-1]), valid)
        expected = f"một trong các tên {', '.join(valid)}" + (f"; gần nhất là «{near}»" if near else "")
        return Problem(file, "", line, f"không có tham số nào tên «{name}»", expected)
    if kind == "missing":
        return Problem(file, "", line, f"thiếu tham số «{name}»", "một giá trị cho tham số này, vì nó bắt buộc")
    expected = _EXPECTED.get(kind, str(item["msg"]).removeprefix("Value error, ")).format(**item.get("ctx", {}))
    expected = expected.replace(" or ", " hoặc ")
    if value is None or (isinstance(value, str) and not value.strip()):
        expected = expected if value is None else _EXPECTED["string_too_short"]
        return Problem(file, "", line, f"tham số «{name}» để trống", expected)
    if isinstance(value, str):
        return Problem(file, "", line, f"tham số «{name}» có giá trị «{value[:80]}»", expected)
    what = "một danh sách" if isinstance(value, list | tuple) else "một nhóm tham số con"
    return Problem(file, "", line, f"tham số «{name}» là {what}", expected)


def _name(place: Place) -> str:
    """«departments[4].file»; lists are counted from one."""
    pieces = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(pieces).lstrip(".")


def _line(number: int) -> str:
    return f"dòng {number}" if number else ""


def _names_at(place: Place) -> list[str]:
    """The parameter names valid at a place of the params file."""
    model: type[BaseModel] = Params
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part)) is not None), None)
