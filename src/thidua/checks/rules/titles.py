"""The awards table: does each title stand in the column of its subjects, is there a total where there is a part?"""

from __future__ import annotations

from collections.abc import Iterator

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.in_words import stated, working
from thidua.checks.placed import SHARES, SUBJECTS, Misplaced, Placed, full_name
from thidua.checks.rule import FindingRule
from thidua.figures import Cell, Figure


class WrongSubject(FindingRule):
    """Numbers in the column of another subject than the title is for."""

    id = "sai-doi-tuong"
    holds = "Số khen phải đứng ở cột của đối tượng được tặng: tập thể, cá nhân hoặc gia đình"
    basis = "Luật Thi đua, khen thưởng số 06/2022/QH15, Chương II và Chương III"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each title with numbers in a column that is not its own."""
        for wrong in given.placed.misplaced:
            yield self._misplaced(wrong, given.placed)

    def _misplaced(self, wrong: Misplaced, placed: Placed) -> Finding:
        award = wrong.award
        figure: Figure = getattr(award, wrong.column)
        base: Figure = getattr(award, f"base_{wrong.meant}", figure)
        share: Figure = getattr(award, f"printed_share_{wrong.meant}", figure)
        right: Figure = getattr(placed.awards[award.code], wrong.meant)
        effects = []
        if base is not figure and base.value and share.value is not None and right.cell == figure.cell:
            effects.append(
                f"tỷ lệ {share.printed}% ở cột «{SUBJECTS[wrong.meant]}» được tính từ {working(base)} trên "
                f"{working(figure)}, nên {working(figure)} đúng ra là số {SUBJECTS[wrong.meant].lower()}"
            )
        return self.finding(
            f"{full_name(award, placed)}: số {working(figure)} đứng ở cột «{SUBJECTS[wrong.column]}», nhưng đây là "
            f"danh hiệu tặng cho {SUBJECTS[wrong.meant].lower()}",
            _cells(figure, base, share),
            ("awards", award.code, wrong.column),
            printed=working(figure),
            cause="ghi nhầm cột",
            effects=effects,
            suspects=_cells(figure),
            figures=(figure.id, f"awards.{award.code}.{wrong.meant}"),
        )


class NoTotal(FindingRule):
    """Direct workers counted where no total is given."""

    id = "thieu-tong-so"
    holds = "Có số ở cơ sở, lao động trực tiếp thì phải có tổng số được khen"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each award and subject; a title in the wrong column is told as that alone."""
        placed = given.placed
        misplaced = {wrong.award.code for wrong in placed.misplaced}
        for award in placed.awards.values():
            for whole, base, _, noun in SHARES:
                part: Figure = getattr(award, base)
                if part.value and getattr(award, whole).missing and award.code not in misplaced:
                    yield self.finding(
                        f"{full_name(award, placed)}: có {stated(part)} ở cơ sở, lao động trực tiếp nhưng cột "
                        f"«{SUBJECTS[whole]}» để trống, không có số {noun} được khen để đối chiếu",
                        _cells(part),
                        ("awards", award.code, base),
                        printed=part.printed,
                        figures=(part.id, f"awards.{award.code}.share_{whole}"),
                    )


def _cells(*figures: Figure) -> Iterator[Cell]:
    return (cell for f in figures for cell in f.cells)
