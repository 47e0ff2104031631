"""What the codes of a phrase stand for: indicators, documents, movements, rows of a group, parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel

from thidua.dataset import Dataset
from thidua.entries import Entry
from thidua.figures import Figure, Indicator, missing
from thidua.figures.indicator import valued
from thidua.forms.roles import indicator_form
from thidua.language.text import nearest_hint, written_date
from thidua.prose.reported_units import ReportedUnits, reported_units
from thidua.prose.words import Words, gap, text
from thidua.report import Report
from thidua.settings.params import DocumentParams, Unit
from thidua.settings.period import Period

# Sets that have no code in a workbook: all rows of a form.
WHOLE = {"phong_trao": "movements", "dien_hinh": "role_models", "danh_muc_van_ban": "register"}
AWARDS = "khen_thuong"
_PARAMETERS: dict[str, type] = {
    "unit": Unit,
    "period": Period,
    "document": DocumentParams,
    "gathered": ReportedUnits,
}


@dataclass
class Names:
    """The names that one cell can use: those of the report, and figures that cells before it made."""

    report: Report
    own: Mapping[str, Any] = field(default_factory=dict)

    def indicators(self, codes: Sequence[str]) -> list[Indicator]:
        """Indicators by code; a figure of the notebook's own counts as one."""
        return [self._indicator(code) for code in codes]

    def indicators_or_groups(self, codes: Sequence[str]) -> list[Indicator]:
        """Indicators by code, or all of a group."""
        known = self._data.indicators
        found: list[Indicator] = []
        for code in codes:
            group = [] if code in known or code in self.own else self._data.group(code)
            found += group or [self._indicator(code)]
        return found

    def group(self, code: str) -> list[Indicator]:
        """The indicators of a group."""
        return self._data.group(code)

    def _indicator(self, code: str) -> Indicator:
        own = self.own.get(code)
        if code not in self._data.indicators and isinstance(own, Figure | Indicator):
            return own if isinstance(own, Indicator) else _as_indicator(own)
        return self._data.indicators[code]

    def documents(self, codes: Sequence[str]) -> list[Entry]:
        """Documents by code, or all of a group."""
        found: list[Entry] = []
        for code in codes:
            if code in self._data.documents:
                found.append(self._data.documents[code])
            elif not (group := self._data.documents_about(code)):
                self._data.missed(code, self._data.documents.codes)
            else:
                found += group
        return found

    def movements(self, codes: Sequence[str]) -> list[Entry]:
        """Movements by code, all of a group, or all rows of a form."""
        found: list[Entry] = []
        for code in codes:
            group = [] if code in self._data.movements else self._data.movements_of(code)
            found += self.rows([code]) if code in WHOLE else group or [self._data.movements[code]]
        return found

    def rows(self, codes: Sequence[str]) -> list[Entry]:
        """The rows of groups of events, assessments or tasks, or all rows of a form."""
        return [row for code in codes for row in self._group(code)]

    def noted(self, codes: Sequence[str]) -> list[Entry | Indicator]:
        """What has a note: an indicator and the rows of a group, which may go by one code."""
        found: list[Entry | Indicator] = []
        for code in codes:
            there: list[Entry | Indicator] = [*self.rows([code])]
            there += [self._data.indicators[code]] if code in self._data.indicators else []
            if not there:
                self._data.missed(code, self._data.indicators.codes)
            noted = [item for item in there if item.note]
            found += noted or there
        return found

    def is_there(self, code: str) -> bool:
        """Whether the period has anything by a code."""
        data = self._data
        if code == AWARDS:
            return len(data.awards) > 0
        if code in data.indicators:
            return not data.indicators[code].done.missing
        if code in data.documents or code in data.movements:
            return True
        if group := data.group(code):
            return any(not i.done.missing for i in group)
        return bool(self._group(code) or data.documents_about(code))

    def parameter(self, path: str) -> Words:
        """A parameter by its name, «unit.issuer»; a gap where params leave it empty."""
        root, *names = path.split(".")
        value: Any = self._gathered if root == "gathered" else getattr(self.report, root)
        for name in names:
            value = getattr(value, name)
        if value is None or value == "":
            return gap(f"{path} không có gì" if root == "gathered" else f"tham số {path} còn trống")
        return Words(text(written_date(value) if isinstance(value, dt.date) else str(value)).parts, data=False)

    def by_kind(self, kind: str) -> Iterator[str]:
        """The codes and groups that verbs of a kind can take, for completion."""
        data = self._data
        topics = {k: sorted({r.text("topic") for r in data.records if r.kind == k} - {""}) for k in _TOPICAL}
        rows = [t for k in ("events", "assessments", "tasks") for t in topics[k]]
        match kind:
            case "indicators":
                own = [n for n, v in self.own.items() if isinstance(v, Figure | Indicator)]
                yield from [*data.indicators.codes, *own, *sorted({g for i in data.indicators for g in i.groups})]
            case "documents":
                yield from [*data.documents.codes, *topics["documents"]]
            case "movements":
                groups = {g for m in data.movements for g in m.record.text("group").split(", ")} - {""}
                yield from [*data.movements.codes, *sorted(groups), *WHOLE]
            case "notes":
                yield from [*data.indicators.codes, *rows]
            case "rows":
                yield from [*rows, *sorted({g for i in data.indicators for g in i.groups}), *WHOLE]
            case "any":
                kinds = (data.indicators.codes, data.documents.codes, data.movements.codes)
                yield from [*(c for codes in kinds for c in codes), *rows, *topics["documents"], *WHOLE, AWARDS]

    def _group(self, code: str) -> list[Entry]:
        if code in WHOLE:
            return list(getattr(self._data, WHOLE[code]))
        return self._data.rows(code) or self._data.movements_of(code)

    @cached_property
    def _gathered(self) -> ReportedUnits:
        return reported_units(self._data.units)

    @cached_property
    def _data(self) -> Dataset:
        return self.report.data


_TOPICAL = ("events", "assessments", "tasks", "documents")


def wrong_parameter(path: str) -> str:
    """What is wrong with the name of a parameter; empty where nothing is. Needs no data."""
    root, *names = path.split(".")
    if root not in _PARAMETERS:
        return f"không có tên «{root}»{nearest_hint(root, _PARAMETERS)}"
    if not names:
        return f"«{root}» là một nhóm tham số; hãy ghi rõ, ví dụ {{{root}.{_attributes(_PARAMETERS[root])[0]}}}"
    owner: Any = _PARAMETERS[root]
    for number, name in enumerate(names):
        known = _attributes(owner)
        if name not in known:
            return f"«{'.'.join([root, *names[:number]])}» không có «{name}»{nearest_hint(name, known)}"
        owner = _type_of(owner, name)
    return "" if not _attributes(owner) else f"«{path}» không in thẳng ra được; hãy ghi rõ thêm, ví dụ {{{path}.name}}"


def parameters() -> list[str]:
    """The names of all parameters that print something."""
    found = []
    for root, owner in _PARAMETERS.items():
        for name in _attributes(owner):
            inner = _type_of(owner, name)
            names = [f"{root}.{name}.{n}" for n in _attributes(inner)] if _attributes(inner) else [f"{root}.{name}"]
            found += [n for n in names if not wrong_parameter(n)]
    return found


def _attributes(owner: Any) -> list[str]:
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        return [n for n, f in owner.model_fields.items() if "tuple" not in str(f.annotation)]
    if owner is Period:
        properties = [n for n, v in vars(Period).items() if isinstance(v, property) and n not in ("months", "id")]
        return ["year", *properties]
    return []


def _type_of(owner: Any, name: str) -> Any:
    if owner is Period:
        return Period if name in ("next", "previous", "last_year") else str
    annotation = owner.model_fields[name].annotation
    candidates = [annotation, *get_args(annotation)]
    return next((t for t in candidates if isinstance(t, type) and issubclass(t, BaseModel)), str)


def _as_indicator(figure: Figure) -> Indicator:
    """A figure of the notebook's own as an indicator that has nothing but its value."""

    def value(key: str, unit: str) -> Figure:
        if indicator_form().column(key).role == "actual":
            return figure
        return missing(f"{figure.id}.{key}", unit, label=figure.label)

    return valued(figure.id, figure.label, figure.unit, value)
