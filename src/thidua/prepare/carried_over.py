"""What of a period's rows comes along into the next period's blank workbooks, and what does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.contracts import Place
from thidua.dataset import Dataset
from thidua.forms.schema import SheetSchema, form, schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.language.text import capitalised, fold
from thidua.prepare.blank import Given
from thidua.settings.named_periods import named_periods
from thidua.settings.period import Period

_YEAR = re.compile(r"(?:19|20|21)\d\d")
# What is an instant's: a movement whose years are over is not carried on.
_PHASE = "phase"


@dataclass(frozen=True)
class Reported:
    """What was reported of the same period a year before, and where that is kept, in words.

    ``doubted`` names the cells in which an error stood open then, with its finding.
    """

    period: Period
    data: Dataset
    where: str
    doubted: Mapping[Place, str] = field(default_factory=dict)


@dataclass
class Carried:
    """The rows of one sheet for the next period, and what became of the old ones.

    ``left`` counts the cells that were not carried over by their column's header, ``gone`` names whole rows, ``again``
    names what whoever sends the workbook out should look at.
    """

    sheet: str
    rows: list[Mapping[str, Given]] = field(default_factory=list)
    left: list[tuple[Record, str]] = field(default_factory=list)
    gone: list[tuple[Record, str]] = field(default_factory=list)
    again: list[tuple[Record, str]] = field(default_factory=list)

    def count(self, role: str) -> int:
        """How many numbers of a role the rows have."""
        keys = [c.key for c in schemas()[self.sheet].columns if c.role == role]
        return sum(key in row for row in self.rows for key in keys)


def carried(records: Iterable[Record], sheet: str, old: Period, new: Period, reported: Reported | None) -> Carried:
    """The rows of a sheet as the next period's workbook has them before it is filled in.

    What a row is stays: code, name, unit, whose part it is. A plan stays within its year. What was done, remarks and
    texts are of one period. «Last year» is what was reported of the same period then, where that is kept.
    """
    schema = schemas()[sheet]
    found = Carried(sheet)
    for record in records:
        if not schema.lasting:
            found.gone.append((record, "việc của một kỳ"))
        elif over := _over(record, new):
            found.gone.append((record, over))
        else:
            found.rows.append(dict(_cells(record, schema, old, new, reported, found)))
    return found


def _cells(
    record: Record, schema: SheetSchema, old: Period, new: Period, reported: Reported | None, found: Carried
) -> Iterator[tuple[str, Given]]:
    for column in schema.columns:
        value = record.values.get(column.key)
        if column.role == "last":
            if (given := _last_year(record, reported, found)) is not None:
                yield column.key, given
            if value is not None:
                found.left.append((record, column.key))
        elif value is None:
            continue
        elif column.key in schema.lasting:
            remark = _names_time(str(value), old, new) if column.key in schema.rewords else ""
            if remark:
                found.again.append((record, remark))
            yield column.key, Given(str(value), f"{capitalised(remark)}." if remark else "")
        elif column.role == "plan" and old.year == new.year and isinstance(value, Number):
            yield column.key, Given(value.value, f"Chép từ biểu kỳ {old.id}, ô {record.cells[column.key]}; xem lại.")
        else:
            found.left.append((record, column.key))


def _last_year(record: Record, reported: Reported | None, found: Carried) -> Given | None:
    """What was reported of an indicator a year before, as it was stated then."""
    code = record.text("code")
    if reported is None or code not in reported.data.indicators:
        return None
    then = reported.data.indicators[code]
    if fold(then.unit) != fold(record.text("unit")):
        found.again.append((record, f"cùng kỳ ghi bằng «{then.unit}», kỳ này bằng «{record.text('unit')}»: chưa điền"))
        return None
    figure = then.submitted
    if figure.value is None:
        return None
    remark = f"Lấy từ {reported.where}, {figure.cell or f'gộp từ {len(figure.cells)} ô của các đơn vị'}."
    if figure.cell and (finding := reported.doubted.get(Place(**figure.cell.as_dict()))):
        remark += f" Khi ấy còn lỗi chưa xử lý liên quan đến ô này ({finding}): xem lại."
    return Given(Decimal(figure.value), remark)


def _names_time(text: str, old: Period, new: Period) -> str:
    """What a name says of a time that has passed by the next period; empty where it says none."""
    passed = [n.text for n in named_periods(text) if n.is_period(old) or (not n.open_year and new.year != old.year)]
    if not passed or old == new:
        return ""
    return f"tên còn ghi «{passed[0]}»; sửa cho hợp kỳ này nếu cần"


def _over(record: Record, new: Period) -> str:
    """Why a row with years of its own is not carried on; empty where it is."""
    years = _YEAR.findall(record.text(_PHASE)) if _PHASE in form(record.kind).keys else []
    if years and int(years[-1]) < new.year:
        return f"giai đoạn {record.text(_PHASE)} đã hết"
    return ""
