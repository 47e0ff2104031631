"""The parameters of a report: typed, and refused as a whole before any kernel starts when one of them is wrong."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from thidua.forms.schema import INFO_SHEET, schemas
from thidua.language.text import clean, fold, nearest_hint, read_date
from thidua.settings.levels import level_named, levels, with_words
from thidua.settings.period import FORMS, Period

# A validator's ValueError says what is expected; what was found is told by what reports it.


def _period_id(value: str) -> str:
    try:
        return Period.parse(value).id
    except ValueError:
        raise ValueError(FORMS) from None


def _plain_name(value: str) -> str:
    if not value or value.startswith((".", "~")) or any(c in value for c in '/\\:*?"<>|') or not value.isprintable():
        raise ValueError("một tên tệp, không kèm đường dẫn và ký tự lạ")
    return clean(value)


def _workbook_name(value: str) -> str:
    if not value.casefold().endswith(".xlsx"):
        raise ValueError("tên một tệp .xlsx")
    return _plain_name(value)


def _form_title(value: str) -> str:
    known = [*schemas(), INFO_SHEET]
    found = next((title for title in known if fold(title) == fold(value)), None)
    if found is None:
        raise ValueError(f"tên một trang theo mẫu: {', '.join(schemas())}{nearest_hint(value, known)}")
    return found


def _level(value: str) -> str:
    found = level_named(value)
    if found is None:
        raise ValueError(f"một cấp: {', '.join(levels())}{nearest_hint(value, levels())}")
    return found


def _day(value: Any) -> Any:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return read_date(str(value))
    except ValueError:
        raise ValueError("một ngày có thật, viết NĂM-THÁNG-NGÀY hoặc ngày/tháng/năm") from None


Text = Annotated[str, AfterValidator(clean), Field(min_length=1)]
PeriodId = Annotated[str, AfterValidator(_period_id)]
FileName = Annotated[str, AfterValidator(_plain_name)]
WorkbookName = Annotated[str, AfterValidator(_workbook_name)]
FormTitle = Annotated[str, AfterValidator(_form_title)]
Level = Annotated[str, AfterValidator(_level)]
Day = Annotated[dt.date, BeforeValidator(_day)]


def _each_submitter_once(submitters: tuple[Submitter, ...]) -> tuple[Submitter, ...]:
    if twice := [name for name, n in Counter(s.file.casefold() for s in submitters).items() if n > 1]:
        raise ValueError(f"mỗi đơn vị một tệp riêng; «{twice[0]}» khai hai lần")
    return submitters


def _each_unit_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := [name for name, n in Counter(map(fold, names)).items() if n > 1]:
        raise ValueError(f"mỗi đơn vị một tên riêng; «{twice[0]}» khai hai lần")
    return names


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Unit(_Model):
    """The reporting unit: who it is, how it is called in running text, who is above and below it.

    From ``upper_level`` on they are words that differ by level: where params do not give them, the level does
    (levels.yaml). None is what the unit has not.
    """

    name: Text
    short_name: Text
    level: Level
    issuer: Text
    issuer_full: Text
    superior: Text | None = None
    place: Text
    upper_level: Text | None = None
    province_level: Text | None = None
    lower_units: Text | None = None
    lower_authorities: Text | None = None
    one_stop: Text | None = None
    lower_one_stop: Text | None = None
    council: Text | None = None
    councils: Text | None = None
    upper_budget: Text | None = None
    own_budget: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _words_of_the_level(cls, content: Any) -> Any:
        return with_words(content) if isinstance(content, dict) else content


class Signer(_Model):
    """Who signs, with the line above the title that says in whose name; the name may be left open, never out."""

    authority: Text | None = None
    title: Text
    name: Text | None


class DocumentParams(_Model):
    """The facts of the document itself (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    number: Text | None = None
    symbol: Text
    date: Day | None = None
    type: Text = "BÁO CÁO"
    title: Text
    author: Text
    recipients: tuple[Text, ...]
    signer: Signer


class Submitter(_Model):
    """A sub-unit that submits a department's workbook for itself: its file's name, in the department's folder."""

    file: WorkbookName
    name: Text


class Department(_Model):
    """A department that submits: the workbook's file name and the sheets that it must have, and until when.

    Where several sub-units submit the same workbook, ``submitters`` names them, and the workbooks stand in a folder
    named as ``file`` without its ending.
    """

    file: WorkbookName
    name: Text
    sheets: tuple[FormTitle, ...] = Field(min_length=1)
    submitters: Annotated[tuple[Submitter, ...], AfterValidator(_each_submitter_once)] = ()
    due: Day | None = None

    @property
    def workbooks(self) -> dict[str, str]:
        """Who submits, by the workbook that is expected: «y-te.xlsx», or «y-te/xa-a.xlsx» of a sub-unit."""
        if not self.submitters:
            return {self.file: self.name}
        folder = self.file.rpartition(".")[0]
        return {f"{folder}/{s.file}": f"{self.name}, {s.name}" for s in self.submitters}


class Gathered(_Model):
    """The units below, whose sealed runs of the period are put together: where their runs lie, what each is called.

    ``runs`` are folders of sealed runs, relative to the reports' own folder; «*» and «?» stand for any letters. Or
    storages of runs, s3://….
    """

    runs: Annotated[tuple[Text, ...], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)] = (
        Field(min_length=1)
    )
    units: Annotated[tuple[FileName, ...], Field(min_length=1), AfterValidator(_each_unit_once)]


class SectionNode(_Model):
    """A node of the outline: a heading of its own or a notebook, with the nodes below it."""

    notebook: FileName | None = None
    heading: Text | None = None
    kind: Literal["section", "appendix", "front", "back", "summary"] = "section"
    sections: tuple[SectionNode, ...] = ()

    def model_post_init(self, _context: Any) -> None:
        """ValueError unless it has a notebook or a heading of its own, and only one of them."""
        if (self.notebook is None) == (self.heading is None):
            raise ValueError("đúng một trong hai: notebook hoặc heading")


class Acceptance(_Model):
    """A finding of the checks that the officer lets stand: its id, who decided so, and why.

    It holds for the ``values`` that the finding rested on then; settings.acceptance_line writes them.
    """

    id: Text
    who: Text
    why: Text
    values: dict[str, Text] = {}


def _each_once(departments: tuple[Department, ...]) -> tuple[Department, ...]:
    if twice := [name for name, n in Counter(d.file.casefold() for d in departments).items() if n > 1]:
        raise ValueError(f"mỗi đơn vị một tệp riêng; «{twice[0]}» khai hai lần")
    return departments


def _each_notebook_once(sections: tuple[SectionNode, ...]) -> tuple[SectionNode, ...]:
    if twice := [name for name, n in Counter(_notebooks(sections)).items() if n > 1]:
        raise ValueError(f"mỗi notebook đứng ở một mục; «{twice[0]}» khai hai lần")
    return sections


def _notebooks(nodes: tuple[SectionNode, ...]) -> list[str]:
    names: list[str] = []
    for node in nodes:
        names += [node.notebook] if node.notebook else []
        names += _notebooks(node.sections)
    return names


def unit_of(file: str, names: Collection[str]) -> str:
    """The unit below whose sealed run a workbook is from; nothing where it is none's.

    Its name stands before the workbook's, «xã Suối Mơ/kinh-te.xlsx», behind the period where it is an earlier one.
    """
    if not names:
        return ""
    parts = file.split("/")[:-1]
    return next((name for n in range(len(parts)) if (name := "/".join(parts[: n + 1])) in names), "")


@dataclass(frozen=True)
class Submission:
    """What intake must find: the period, the unit's name, the departments that submit.

    Made from whatever is right in a params file, so that its faults and those of the workbooks are reported together;
    ``complete`` is whether all departments could be read, ``alone`` whether nobody else's numbers are put together.
    """

    period: str
    unit: str
    departments: tuple[Department, ...]
    complete: bool = True
    alone: bool = True


class Params(_Model):
    """All parameters of one report."""

    period: PeriodId
    unit: Unit
    document: DocumentParams
    departments: Annotated[tuple[Department, ...], Field(min_length=1), AfterValidator(_each_once)]
    gathered: Gathered | None = None
    sections: Annotated[tuple[SectionNode, ...], Field(min_length=1), AfterValidator(_each_notebook_once)]
    # A name with nothing below it is where lines of «thidua check» are put.
    accepted: Annotated[tuple[Acceptance, ...], BeforeValidator(lambda given: () if given is None else given)] = ()

    @property
    def parsed_period(self) -> Period:
        """The period as a value; its id was checked when the params were read."""
        return Period.parse(self.period)

    @property
    def workbooks(self) -> dict[str, str]:
        """Who submits, by the workbook that is expected, in the order of the departments."""
        return {file: who for department in self.departments for file, who in department.workbooks.items()}

    def submitter(self, file: str) -> str:
        """Who submitted a workbook, a department, a sub-unit or a unit below; nothing where nobody has such a one."""
        unit = unit_of(f"{file}/", self.unit_names)  # a unit's name alone is its own
        return unit or {f.casefold(): who for f, who in self.workbooks.items()}.get(file.casefold(), "")

    @property
    def unit_names(self) -> tuple[str, ...]:
        """The units below whose sealed runs are put together, in their order; none where params name none."""
        return self.gathered.units if self.gathered else ()

    @property
    def notebooks(self) -> tuple[str, ...]:
        """Names of the section notebooks in reading order, without the ending."""
        return tuple(_notebooks(self.sections))

    @property
    def submission(self) -> Submission:
        """What intake needs of the params."""
        return Submission(self.period, self.unit.name, self.departments, alone=self.gathered is None)
