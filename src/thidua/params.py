"""The parameters of a report: typed, and refused as a whole before any kernel starts when one of them is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from thidua.errors import InputError, Problem
from thidua.period import Period
from thidua.text import clean, nearest


def _period_id(value: str) -> str:
    return Period.parse(value).id


def _plain_name(value: str) -> str:
    if value != PurePosixPath(value).name or "\\" in value or value in ("", ".", ".."):
        raise ValueError("phải là một tên tệp, không kèm đường dẫn")
    return value


Text = Annotated[str, AfterValidator(clean), Field(min_length=1)]
PeriodId = Annotated[str, AfterValidator(_period_id)]
FileName = Annotated[str, AfterValidator(_plain_name)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Unit(_Model):
    """The reporting unit: who it is, how it is called in running text, who is above it."""

    name: Text
    short_name: Text
    level: Text
    issuer: Text
    issuer_full: Text
    superior: Text | None = None
    place: Text
    lower_units: Text | None = None


class Signer(_Model):
    authority: Text | None = None
    title: Text
    name: Text


class DocumentParams(_Model):
    """The facts of the document itself (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    number: Text | None = None
    symbol: Text
    date: dt.date | None = None
    type: Text = "BÁO CÁO"
    title: Text
    author: Text
    recipients: tuple[Text, ...]
    signer: Signer


class Department(_Model):
    """A department that submits: the workbook's file name and the sheets that it must have."""

    file: FileName
    name: Text
    sheets: tuple[Text, ...] = Field(min_length=1)


class SectionNode(_Model):
    """A node of the outline: a heading of its own or a notebook, with the nodes below it."""

    notebook: FileName | None = None
    heading: Text | None = None
    kind: Literal["section", "appendix", "front", "back"] = "section"
    sections: tuple[SectionNode, ...] = ()

    def model_post_init(self, _context: Any) -> None:
        if (self.notebook is None) == (self.heading is None):
            raise ValueError("mỗi mục cần đúng một trong hai: notebook hoặc heading")


class Acceptance(_Model):
    """A finding of the checks that the officer lets stand: its id, who decided so, and why."""

    id: Text
    who: Text
    why: Text


class Params(_Model):
    """All parameters of one report."""

    period: PeriodId
    unit: Unit
    document: DocumentParams
    departments: tuple[Department, ...] = Field(min_length=1)
    sections: tuple[SectionNode, ...] = Field(min_length=1)
    accepted: tuple[Acceptance, ...] = ()

    @property
    def parsed_period(self) -> Period:
        return Period.parse(self.period)

    @property
    def notebooks(self) -> tuple[str, ...]:
        """Names of the section notebooks in reading order, without the ending."""

        def walk(nodes: tuple[SectionNode, ...]) -> list[str]:
            names: list[str] = []
            for node in nodes:
                names += [node.notebook] if node.notebook else []
                names += walk(node.sections)
            return names

        return tuple(walk(self.sections))


_KINDS = {
    "missing": "thiếu tham số bắt buộc",
    "string_type": "phải là chữ",
    "string_too_short": "không được để trống",
    "too_short": "phải có ít nhất một mục",
    "date_from_datetime_parsing": "phải là ngày dạng NĂM-THÁNG-NGÀY",
    "date_parsing": "phải là ngày dạng NĂM-THÁNG-NGÀY",
    "date_type": "phải là ngày dạng NĂM-THÁNG-NGÀY",
    "literal_error": "không nằm trong các giá trị cho phép",
    "model_type": "phải là một nhóm tham số con",
    "tuple_type": "phải là một danh sách",
}


def load(path: Path) -> Params:
    """Read a params file. InputError names every wrong parameter and the nearest valid name."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        near = nearest(path.stem, [p.stem for p in path.parent.glob("*.yaml")])
        hint = f"một tệp có thật; gần nhất là «{near}.yaml»" if near else "một tệp params/<kỳ>.yaml có thật"
        raise InputError([Problem(path.name, "", "", "không tìm thấy tệp tham số", hint)]) from None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
        found = f"không đọc được tệp tham số{where}"
        raise InputError([Problem(path.name, "", "", found, "tệp YAML đúng cú pháp, mã UTF-8")]) from None
    if not isinstance(content, dict):
        found = "tệp tham số không có nội dung dạng tên: giá trị"
        raise InputError(
            [Problem(path.name, "", "", found, "các tham số period, unit, document, departments, sections")]
        )
    try:
        params = Params.model_validate(content)
    except ValidationError as error:
        raise InputError([_problem(path.name, item) for item in error.errors()]) from None
    if params.period != path.stem:
        found = f"tham số period là «{params.period}» nhưng tên tệp là «{path.name}»"
        raise InputError([Problem(path.name, "", "", found, "tên tệp và period cùng một kỳ báo cáo")])
    return params


def _problem(file: str, item: Any) -> Problem:
    place = ".".join(str(p) for p in item["loc"])
    if item["type"] == "extra_forbidden":
        valid = _names_at(item["loc"][:-1])
        near = nearest(str(item["loc"][-1]), valid)
        expected = f"một trong các tên {', '.join(valid)}" + (f"; gần nhất là «{near}»" if near else "")
        return Problem(file, "", "", f"không có tham số nào tên «{place}»", expected)
    expected = _KINDS.get(item["type"]) or str(item["msg"]).removeprefix("Value error, ")
    shown = "" if item["type"] == "missing" else f" có giá trị «{item['input']}»"
    return Problem(file, "", "", f"tham số «{place}»{shown[:120]}", expected)


def _names_at(location: tuple[Any, ...]) -> list[str]:
    """The parameter names valid at a place of the params file."""
    model: type[BaseModel] = Params
    children: dict[str, type[BaseModel]] = {
        "unit": Unit,
        "document": DocumentParams,
        "signer": Signer,
        "departments": Department,
        "sections": SectionNode,
        "accepted": Acceptance,
    }
    for step in location:
        model = children.get(str(step), model)
    return list(model.model_fields)
