"""Departments whose workbook is still the blank one: the report is without what they have to say."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule


class NotSubmitted(FindingRule):
    """One for each department, so that each can be waited for, or let go by acceptance."""

    id = "chua-nop"
    holds = "Mọi đơn vị đã khai trong tham số đều đã nộp biểu có điền"

    def find(self, given: Given) -> Iterator[Finding]:
        """A department of which no row was read: its workbook lies there and nothing was filled in."""
        submitted = {r.file.casefold() for r in given.data.records}
        for department in given.params.departments:
            if department.file.casefold() in submitted:
                continue
            cells = [r.cell("text") for r in given.data.banners if r.file.casefold() == department.file.casefold()]
            yield self.finding(
                f"{department.name} chưa nộp: biểu {department.file} chưa điền ô nào",
                cells[:1],
                (department.file,),
                cause="biểu trống còn nằm ở chỗ của biểu đã điền",
            )
