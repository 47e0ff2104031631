"""Departments whose workbook is still the blank one: the report is without what they have to say."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.dataset import Dataset
from thidua.settings.params import Params


def not_submitted(data: Dataset, params: Params) -> dict[str, str]:
    """The expected workbooks of which no row was read, with who should have submitted each."""
    stated = {record.file.casefold() for record in data.records}
    return {file: who for file, who in params.workbooks.items() if file.casefold() not in stated}


class NotSubmitted(FindingRule):
    """One for each department, so that each can be waited for, or let go by acceptance."""

    id = "chua-nop"
    holds = "Mọi đơn vị đã khai trong tham số đều đã nộp biểu có điền"

    def find(self, given: Given) -> Iterator[Finding]:
        """A department, or one of its sub-units, of which no row was read: nothing came, or a blank workbook."""
        for file, who in not_submitted(given.data, given.params).items():
            cells = [r.cell("text") for r in given.data.banners if r.file.casefold() == file.casefold()]
            yield self.finding(
                f"{who} chưa nộp: {f'biểu {file} chưa điền ô nào' if cells else f'chưa có biểu {file}'}",
                cells[:1],
                (file,),
                cause="biểu trống còn nằm ở chỗ của biểu đã điền" if cells else "",
            )
