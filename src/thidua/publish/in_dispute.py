"""What is in dispute, by department, for a reader with one minute: how much, and the gravest of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from thidua.charts.wording import count
from thidua.contracts import FindingRecord
from thidua.document.block import Block, Cell, Paragraph, Row, Table, Text
from thidua.document.disputes import CALLED, Dispute, Disputes
from thidua.language.text import shortened

# What a message says of cells and sums, which whoever corrects the number reads elsewhere.
_ASIDE = re.compile(r"\s*\([^()]*[›÷×−+][^()]*\)")
_LONGEST = 200


def in_dispute(disputes: Disputes, findings: Sequence[FindingRecord]) -> tuple[Block, ...]:
    """A sentence, and of a draft a table: errors and warnings that nobody accepted, by who has to answer.

    Who has most errors comes first, then most warnings; of each the first finding, which is the gravest, is told.
    """
    opened = [f for f in findings if f.severity in CALLED and not f.accepted]
    accepted = sum(f.accepted for f in findings)
    let_stand = f" {count(accepted)} phát hiện đã được chấp nhận, có nêu lý do." if accepted else ""
    if not opened:
        return (_paragraph(f", không còn lỗi hay cảnh báo nào chưa xử lý.{let_stand}"),)
    if not disputes.all:
        return (_paragraph(f", không còn lỗi nào chưa xử lý, còn {_counted(opened)} để tham khảo.{let_stand}"),)
    by_department = _by_department(disputes)
    many = f", thuộc {count(len(by_department))} đơn vị" if len(by_department) > 1 else ""
    letters = {d.finding.severity: f"[{d.label[0]}]" for d in disputes.all}
    severities = [severity for severity in CALLED if severity in letters]
    marks, said_of = ", ".join(letters[s] for s in severities), ", ".join(f"có {CALLED[s]}" for s in severities)
    signs = f" Dấu {marks} kèm số thứ tự đứng sau số liệu {said_of}, được giải thích ở trang cuối của báo cáo."
    said = _paragraph(f", còn {_counted(opened)} chưa xử lý{many}.{let_stand}{signs}")
    return said, _table(by_department)


def _by_department(disputes: Disputes) -> dict[str, list[Dispute]]:
    found: dict[str, list[Dispute]] = {}
    for dispute in disputes.all:
        found.setdefault(dispute.department, []).append(dispute)

    def gravest_first(item: tuple[str, list[Dispute]]) -> list[int]:
        return [-sum(d.finding.severity == severity for d in item[1]) for severity in CALLED]

    return dict(sorted(found.items(), key=gravest_first))


def _counted(findings: Sequence[FindingRecord]) -> str:
    """«15 lỗi, 10 cảnh báo»."""
    numbers = {word: sum(f.severity == severity for f in findings) for severity, word in CALLED.items()}
    return ", ".join(f"{count(number)} {word}" for word, number in numbers.items() if number)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(runs=(Text(text="Về số liệu", style="strong"), Text(text=text)))


def _table(by_department: Mapping[str, Sequence[Dispute]]) -> Table:
    header = tuple(_cell(text, header=True, centred=True) for text in ("Đơn vị", "Chưa xử lý", "Trước hết cần làm rõ"))
    rows = []
    for who, found in by_department.items():
        first = min(found, key=lambda dispute: dispute.finding.severity != "error")
        told = f"[{first.label}] {_brief(first.finding.message)}"
        rows.append(Row(cells=(_cell(who, header=True), _cell(_counted([d.finding for d in found])), _cell(told))))
    return Table(
        key="don_vi_can_lam_ro",
        name="Số liệu cần làm rõ, theo đơn vị",
        header=(header,),
        body=tuple(rows),
        widths=(25.0, 20.0, 55.0),
    )


def _cell(text: str, *, header: bool = False, centred: bool = False) -> Cell:
    return Cell(runs=(Text(text=text),), header=header, align="center" if centred else "left")


def _brief(message: str) -> str:
    """A message without what it says of cells and sums, cut where it is long."""
    while (shorter := _ASIDE.sub("", message)) != message:
        message = shorter
    return shortened(message, _LONGEST)
