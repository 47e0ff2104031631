"""Single slips of people's hands in a period beside its past, made by kind, and whether the checks notice them.

The period is the repository's; the year before is plainly made up from it: every number moved by up to a tenth, each by
its own dice, and told again as «cùng kỳ» in half of the rows.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from checks.periods import real
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from thidua.checks.past import Past, past_of
from thidua.dataset import Dataset
from thidua.figures import Cell
from thidua.figures.numbers import decimals_of
from thidua.figures.units import is_count
from thidua.forms.schema import form
from thidua.intake.cells import Number
from thidua.intake.codes import check_codes, used_codes
from thidua.intake.records import Record
from thidua.language.text import fold

STATED = ("actual", "cumulative")
_SWAPPED = {
    "ha": "m2",
    "triệu đồng": "tỷ đồng",
    "tỷ đồng": "triệu đồng",
    "tấn": "kg",
    "kg": "tấn",
    "đồng": "triệu đồng",
}

Slip = tuple[list[Record], frozenset[Cell]]


def period(*files: str) -> list[Record]:
    """The records of some workbooks, of all without any, with «cùng kỳ» in half of the rows that have none."""
    return [_with_last(r) if r.kind == "indicators" else r for r in real().data.records if not files or r.file in files]


@cache
def before() -> dict[str, Past]:
    """The same period of the year before."""
    records = [_earlier(r) for r in real().data.records if r.kind == "indicators"]
    year = real().params.parsed_period.last_year
    return {"last_year": past_of(year, records, {})}


def found(records: list[Record]) -> list[Finding]:
    """What the checks say."""
    return check(Dataset(records), real().params, real().rules, before()).findings


@cache
def sound(*files: str) -> frozenset[tuple[str, str, tuple[Cell, ...]]]:
    """What they say before any slip."""
    return frozenset(_key(f) for f in found(period(*files)))


def noticed(slip: Slip, *files: str) -> bool:
    """Whether intake refuses it, or a finding that was not there before names one of its cells.

    A finding about the whole workbook does not count.
    """
    records, cells = slip
    if check_codes(records):
        return True
    new = [f for f in found(records) if _key(f) not in sound(*files) and f.rule != "chua-thay-so"]
    return any(cells & set(f.cells) for f in new)


def slips(kind: str, sample: int, *files: str) -> Iterator[Slip]:
    """So many slips of a kind, each in another cell, the same in every run."""
    records = period(*files)
    places = list(_PLACES.get(kind, _stated)(records))
    random.Random(kind).shuffle(places)
    made = 0
    for row, key in places:
        slip = KINDS[kind](records, row, key)
        if slip is not None and made < sample:
            made += 1
            yield slip


def _changed(change: Callable[[Number, Record], Decimal | None]) -> Callable[[list[Record], int, str], Slip | None]:
    def make(records: list[Record], row: int, key: str) -> Slip | None:
        record = records[row]
        number = record.values[key]
        assert isinstance(number, Number)
        value = change(number, record)
        if value is None or value == number.value:
            return None
        decimals = max(0, decimals_of(value)) if number.decimals is None else number.decimals
        return _put(records, row, {key: Number(value, max(decimals, decimals_of(value)))}), frozenset(
            [record.cell(key)]
        )

    return make


def _digits(number: Number) -> tuple[str, int]:
    places = decimals_of(number.value) if number.decimals is None else number.decimals
    return f"{abs(number.value):.{places}f}".replace(".", ""), places


def _transposed(number: Number, record: Record) -> Decimal | None:
    digits, places = _digits(number)
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            return Decimal(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]).scaleb(-places)
    return None


def _mistyped(number: Number, record: Record) -> Decimal | None:
    digits, places = _digits(number)
    dice = random.Random(str(record.cell("actual")))
    at = dice.randrange(len(digits))
    return Decimal(digits[:at] + dice.choice([d for d in "123456789" if d != digits[at]]) + digits[at + 1 :]).scaleb(
        -places
    )


def _comma_lost(number: Number, record: Record) -> Decimal | None:
    digits, places = _digits(number)
    return Decimal(digits) if places and number.value % 1 else None


def _thousandth(number: Number, record: Record) -> Decimal | None:
    return None if is_count(record.text("unit")) or record.text("unit") == "%" else number.value / 1000


def _wrong_column(records: list[Record], row: int, key: str) -> Slip | None:
    record = records[row]
    free = next((k for k in ("plan", "last", "cumulative") if k not in record.values and k != key), None)
    if free is None:
        return None
    values = {k: v for k, v in record.values.items() if k != key} | {free: record.values[key]}
    cell = record.cell(key)
    moved = replace(record, values=values, cells={**record.cells, free: cell.address})
    return [*records[:row], moved, *records[row + 1 :]], frozenset([cell])


def _unit_swapped(records: list[Record], row: int, key: str) -> Slip | None:
    record = records[row]
    unit = _SWAPPED.get(record.text("unit"))
    return (_put(records, row, {"unit": unit}), frozenset([record.cell("unit")])) if unit else None


def _blank(records: list[Record], row: int, key: str) -> Slip | None:
    record = records[row]
    left = replace(record, values={k: v for k, v in record.values.items() if k != key})
    return [*records[:row], left, *records[row + 1 :]], _told(record)


def _dropped(records: list[Record], row: int, key: str) -> Slip | None:
    return [*records[:row], *records[row + 1 :]], _told(records[row])


def _told(record: Record) -> frozenset[Cell]:
    """What a finding of a missing value can name: the rest of its row, and where it stood the year before."""
    earlier = replace(record, file=f"{real().params.parsed_period.last_year.id}/{record.file}")
    return frozenset(r.cell(key) for r in (record, earlier) for key in record.cells)


def _twice(records: list[Record], row: int, key: str) -> Slip | None:
    record = records[row]
    cells = {k: f"{c.rstrip('0123456789')}{record.row + 900}" for k, c in record.cells.items()}
    copy = replace(
        record, row=record.row + 900, cells=cells, values={**record.values, "code": f"{record.text('code')}_2"}
    )
    return [*records[: row + 1], copy, *records[row + 1 :]], frozenset([copy.cell("name")])


KINDS: dict[str, Callable[[list[Record], int, str], Slip | None]] = {
    "gấp nghìn lần": _changed(lambda n, r: None if r.text("unit") == "%" else n.value * 1000),
    "một phần nghìn": _changed(_thousandth),
    "thừa một chữ số 0": _changed(lambda n, r: n.value * 10),
    "mất dấu thập phân": _changed(_comma_lost),
    "sai dấu": _changed(lambda n, r: -n.value if n.value else None),
    "đảo hai chữ số": _changed(_transposed),
    "gõ sai một chữ số": _changed(_mistyped),
    "cùng kỳ không như đã báo cáo": _changed(_mistyped),
    "ghi nhầm cột": _wrong_column,
    "nhầm đơn vị tính": _unit_swapped,
    "bỏ trống": _blank,
    "mất dòng": _dropped,
    "lặp dòng": _twice,
}


def _stated(records: list[Record]) -> Iterator[tuple[int, str]]:
    for row, record in enumerate(records):
        key = next((k for k in reversed(STATED) if isinstance(record.values.get(k), Number)), None)
        if record.kind == "indicators" and key:
            yield row, key


def _last(records: list[Record]) -> Iterator[tuple[int, str]]:
    yield from ((n, "last") for n, r in enumerate(records) if isinstance(r.values.get("last"), Number))


_PLACES = {"cùng kỳ không như đã báo cáo": _last}


def _put(records: list[Record], row: int, values: dict[str, Number | str]) -> list[Record]:
    changed = replace(records[row], values={**records[row].values, **values})
    return [*records[:row], changed, *records[row + 1 :]]


def _earlier(record: Record) -> Record:
    """The row a year before: what its percentages imply, else each number by up to a tenth less or more.

    Rows that belong together, by totals, formulas or a name that stands twice, stay as they are, and so agree.
    """
    values = {k: v for k, v in record.values.items() if k not in ("last", "formula") and not k.startswith("printed")}
    for column in form("indicators").columns:
        number = values.get(column.key)
        if isinstance(number, Number) and column.type == "number":
            values[column.key] = _moved(record, column.key, number)
    return replace(record, values=values)


def _moved(record: Record, key: str, number: Number) -> Number:
    places = decimals_of(number.value) if number.decimals is None else number.decimals
    ratio, change = record.values.get("printed_to_last"), record.values.get("printed_change")
    if key in STATED and isinstance(ratio, Number):
        return Number(round(number.value * 100 / ratio.value, places), number.decimals)
    if key in STATED and isinstance(change, Number):
        return Number(round(number.value * 100 / (100 + change.value), places), number.decimals)
    if record.text("code") in _bound():
        return number
    share = random.Random(f"{record.text('code')}.{key}").randint(-100, 100)
    return Number(round(number.value * (1000 + share) / 1000, places), number.decimals)


@cache
def _bound() -> frozenset[str]:
    """The codes of rows that belong together, and of percentages."""
    rows = [r for r in real().data.records if r.kind == "indicators"]
    alike = Counter(fold(r.text("name")) for r in rows)
    found = {code for r in rows for _, code in used_codes(r)}
    found |= {r.text("code") for r in rows if used_codes(r) or alike[fold(r.text("name"))] > 1 or r.text("unit") == "%"}
    return frozenset(found)


def _with_last(record: Record) -> Record:
    told = any(record.values.get(k) is not None for k in ("last", "printed_to_last", "printed_change"))
    key = next((k for k in reversed(STATED) if isinstance(record.values.get(k), Number)), "")
    if told or not key or record.text("code") in _bound() or random.Random(record.text("code")).random() < 0.4:
        return record
    number = record.values[key]
    assert isinstance(number, Number)
    cells = {**record.cells, "last": f"L{record.row}"}
    return replace(record, values={**record.values, "last": _moved(record, key, number)}, cells=cells)


def _key(finding: Finding) -> tuple[str, str, tuple[Cell, ...]]:
    return finding.id, finding.message, finding.cells
