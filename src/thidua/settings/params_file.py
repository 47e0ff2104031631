"""Reading a params file: every fault at once, each with its place and the nearest valid name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from thidua.errors import InputError, Problem, ProseError
from thidua.language.text import clean
from thidua.language.yaml_text import Place, YamlText, read_yaml_text
from thidua.settings.asked_period import no_params
from thidua.settings.params import Department, Params, SectionNode, Submission
from thidua.settings.period import FORMS, Period
from thidua.settings.templates import render_line
from thidua.settings.typed_unit import typed_unit
from thidua.settings.yaml_faults import form_problems, model_problems, name_of


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
        return Examined(None, None, [no_params(path)])
    except OSError as error:
        found = f"không đọc được tệp tham số ({error.strerror})"
        return Examined(None, None, [Problem(file, "", "", found, "một tệp đọc được")])
    problems = form_problems(file, text)
    if not isinstance(text.content, dict):
        if not problems:
            found = "tệp tham số không có nội dung dạng tên: giá trị"
            problems = [Problem(file, "", str(text.spot(())), found, f"các tham số {', '.join(Params.model_fields)}")]
        return Examined(None, None, problems)
    params = None
    try:
        params = Params.model_validate(text.content)
    except ValidationError as error:
        problems += model_problems(file, text, Params, error)
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
            problems.append(Problem(file, "", str(text.spot(place)), f"tham số «{name_of(place)}»: {error}", expected))
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
    return [Problem(path.name, "", str(text.spot(("period",))), found, expected)]


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
    complete = len(departments) == len(entries)
    return Submission(period, typed_unit(content).name, tuple(departments), complete)
