"""What several sub-units submit of one table: rates that cannot be put together, values that one of them lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.figures import Cell
from thidua.forms.roles import measures
from thidua.gathered import by_code, way_of
from thidua.intake.records import Record

# How many rows a finding names.
_NAMED = 4


class GatheredRate(FindingRule):
    """Rates that sub-units state each for itself: neither their sum nor their mean is the whole's rate."""

    id = "gop-ty-le"
    holds = "Tỷ lệ mà nhiều đơn vị cùng nộp phải có «Cách gộp» (bình quân theo quyền số, mới nhất) hoặc «Cách tính»"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row that has several values and no way to make one of them."""
        for code, rows in _several(given).items():
            if way_of(rows[0]) or rows[0].text("formula"):
                continue
            cells = [cell for row in rows for cell in _stated(row).values()]
            if cells:
                yield self.finding(
                    f"{rows[0].text('name')} ({rows[0].text('unit')}): {len(rows)} đơn vị cùng nộp, chưa có cách gộp, "
                    "nên báo cáo không nêu số chung",
                    cells,
                    (code,),
                )


class LacksItsPart(FindingRule):
    """What is added up from several sub-units lacks the part of one that left its cells empty."""

    id = "gop-thieu"
    holds = "Số gộp từ nhiều đơn vị phải có phần của từng đơn vị; đơn vị không có thì ghi 0"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each sub-unit, with the rows that others have and it has not."""
        rows = _several(given)
        folders = {row.file: row.folder for same in rows.values() for row in same}
        lacking: dict[str, list[tuple[str, str, Cell | None]]] = defaultdict(list)
        for code, same in rows.items():
            stated = {key for row in same for key in _stated(row)}
            own = {row.file: row for row in same}
            for file, folder in folders.items():
                missed = stated - set(_stated(own[file])) if file in own else stated
                if missed and folder == same[0].folder:
                    cell = own[file].cell("name") if file in own else None
                    lacking[file].append((code, same[0].text("name"), cell))
        for file, found in lacking.items():
            names = "; ".join(f"«{name}»" for _, name, _ in found[:_NAMED])
            more = f" và {len(found) - _NAMED} chỉ tiêu khác" if len(found) > _NAMED else ""
            yield self.finding(
                f"{given.params.submitter(file) or file} để trống số mà đơn vị khác có, số gộp chưa có phần này: "
                f"{names}{more}",
                [cell for _, _, cell in found if cell],
                (file, *(code for code, _, _ in found)),
            )


def _several(given: Given) -> dict[str, list[Record]]:
    rows = by_code(r for r in given.data.records if r.kind == "indicators")
    return {code: same for code, same in rows.items() if code and len(same) > 1}


def _stated(row: Record) -> dict[str, Cell]:
    """The cells of a row that state something, by the column."""
    return {m.key: row.cell(m.key) for m in measures() if m.key in row.values}
