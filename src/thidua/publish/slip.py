"""phieu-trinh.pdf: one page for whoever signs: what stands in the way, what was corrected, accepted, withheld.

It answers on paper why a number is not what its department submitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thidua.checks.corrections import Correction
from thidua.checks.rules.acceptance import StaleAcceptance
from thidua.contracts import FindingRecord
from thidua.document.block import Block, Break, Cell, Heading, Letterhead, Paragraph, Row, Table, Text
from thidua.document.disputes import CALLED
from thidua.document.document import Document, Section
from thidua.document.numbering import ITEM
from thidua.document.walking import printed
from thidua.language.text import shortened
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence
from thidua.publish.pdf.typesetting import ACCESSIBLE, page_count, pdf_of
from thidua.settings.page import page_form

_RANK = ("error", "warning", "note")
_LONGEST = 170
_DEPARTMENTS = 12
_SMALLER = 0.82
_CORRECTED = ("Số liệu", "Đã nộp", "Trong báo cáo", "Căn cứ (tính lại từ số đã nộp)")
_ACCEPTED = ("Phát hiện", "Người chấp nhận", "Lý do")
_WITHHELD = ("Số liệu", "Lý do")
_SIGNING = ("Người trình", "Ý kiến của người ký")
_ELSEWHERE = "so-lieu.xlsx, trang «Phát hiện»"


def slip_of(document: Document, evidence: Evidence) -> bytes:
    """The page as PDF. Where there is more than it holds, each table says how much more there is, and where."""
    slip = _Slip(document, evidence)
    lengths = [len(part.rows) for part in slip.parts]
    fitting, made = [0] * len(lengths), _made(slip, lengths)
    if page_count(made) == 1:
        return made
    # As many rows of all tables alike as fit on one page, then of each in its turn as many more as do.
    for parts in (range(len(lengths)), *([n] for n in range(len(lengths)))):
        least, most = 0, max(lengths[n] for n in parts) + 1
        while most - least > 1:
            between = (least + most) // 2
            tried = [max(rows, min(between, lengths[n])) if n in parts else rows for n, rows in enumerate(fitting)]
            if page_count(_made(slip, tried)) == 1:
                least, best = between, tried
            else:
                most = between
        fitting = best if least else fitting
    return _made(slip, fitting)


def _made(slip: _Slip, most: Sequence[int]) -> bytes:
    return pdf_of(slip.document(most), Drawings(), ACCESSIBLE, form=page_form().smaller(_SMALLER))


@dataclass(frozen=True)
class _Part:
    """A table of the page: its title, what is said where it would have no rows; ``count`` where a row is of several."""

    title: str
    none: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[str, ...]]
    count: int = 0

    def blocks(self, number: int, most: int) -> Iterator[Block]:
        """The heading, and at most so many rows below it."""
        count = f" ({self.count or len(self.rows)})" if self.rows else ""
        yield Heading(level=ITEM, number=f"{number}.", runs=(Text(text=f"{self.title}{count}"),))
        if not self.rows:
            yield Paragraph(runs=(Text(text=self.none),))
            return
        shown = [Row(cells=tuple(_cell(text) for text in row)) for row in self.rows[:most]]
        if rest := len(self.rows) - len(shown):
            more = f"và {rest} mục khác, xem {_ELSEWHERE}" if shown else f"{rest} mục, xem {_ELSEWHERE}"
            shown.append(Row(cells=(_cell(more).model_copy(update={"columns": len(self.header)}),)))
        yield _table(f"phieu_{number}", self.title, self.header, self.widths, shown)


class _Slip:
    """What the page says, whatever of it there is room for."""

    def __init__(self, document: Document, evidence: Evidence):
        self._document = document
        self._findings = evidence.findings
        self._disputes = evidence.disputes
        self._labels = {d.finding.id: d.label for d in self._disputes.all}
        shown = set(printed(document.blocks()))
        corrected = [c for c in evidence.corrections if not shown.isdisjoint(c.figures)]
        # The gravest first: what is only rounded comes last.
        corrected.sort(key=self._gravity)
        accepted = [f for f in self._findings if f.accepted]
        self.parts = (
            _Part(
                "Số liệu trong báo cáo khác số liệu đơn vị đã nộp",
                "Số liệu trong báo cáo đều đúng như đơn vị đã nộp.",
                _CORRECTED,
                (38, 11, 12, 39),
                # Two departments may have submitted one value.
                list(dict.fromkeys(map(self._corrected, corrected))),
            ),
            _Part(
                "Phát hiện đã được chấp nhận",
                "Không có phát hiện nào được chấp nhận.",
                _ACCEPTED,
                (48, 20, 32),
                [(_short(f.message), f.accepted_by or "", _short(f.accepted_why or "")) for f in accepted],
            ),
            _Part(
                "Số liệu chưa đưa vào báo cáo vì số liệu gốc cần xem lại",
                "Không có số liệu nào phải để trống vì số liệu gốc cần xem lại.",
                _WITHHELD,
                (45, 55),
                [(_short("; ".join(f.withheld)), self._reason(f)) for f in self._findings if f.withheld],
                len({name for f in self._findings for name in f.withheld}),
            ),
        )

    def document(self, most: Sequence[int]) -> Document:
        """The page with at most so many rows of each table."""
        facts = self._document.properties
        blocks: list[Block] = [*self._head(), Paragraph(runs=(Text(text=self._state(), style="strong"),))]
        if asked := self._asked():
            blocks.append(Paragraph(runs=(Text(text=asked),)))
        for number, part in enumerate(self.parts, 1):
            blocks += part.blocks(number, most[number - 1])
        room = Row(cells=tuple(Cell(runs=(Break(),) * 4) for _ in _SIGNING))
        blocks.append(_table("phieu_ky", "Ký", _SIGNING, (50, 50), [room]))
        properties = replace(facts, title=f"Phiếu trình: {facts.title}", draft=False)
        return Document(properties, (Section("phieu-trinh", "front", tuple(blocks)),))

    def _head(self) -> Iterator[Block]:
        head = next((b for b in self._document.report.blocks() if isinstance(b, Letterhead)), None)
        if head is not None:
            kind = head.type[:1].upper() + head.type[1:].lower()
            abstract = f"Về việc ký {kind} {head.abstract[:1].lower()}{head.abstract[1:]}"
            yield head.model_copy(update={"number": "", "type": "PHIẾU TRÌNH", "abstract": abstract, "draft": ""})

    def _state(self) -> str:
        if not self._disputes.all:
            return "Báo cáo đủ điều kiện ký: không còn lỗi số liệu nào chưa được giải quyết."
        errors = sum(d.finding.severity == "error" for d in self._disputes.all)
        return f"Báo cáo còn là dự thảo, chưa đủ điều kiện ký: còn {errors} lỗi số liệu chưa được giải quyết."

    def _asked(self) -> str:
        """Who still has to answer, and for how much."""
        counts = Counter((d.department, d.finding.severity) for d in self._disputes.all)
        names = list(dict.fromkeys(d.department for d in self._disputes.all))
        told = [
            f"{name} ({', '.join(f'{counts[name, s]} {word}' for s, word in CALLED.items() if counts[name, s])})"
            for name in names[:_DEPARTMENTS]
        ]
        if rest := len(names) - len(told):
            told.append(f"{rest} đơn vị khác")
        told = [f"Đơn vị còn phải trả lời theo danh mục ở cuối báo cáo: {'; '.join(told)}."] if told else []
        if lapsed := sum(f.rule == StaleAcceptance.id for f in self._findings):
            told.append(f"{lapsed} mục chấp nhận không còn hiệu lực, xem {_ELSEWHERE}.")
        if not self._disputes.all and (
            warnings := sum(f.severity == "warning" and not f.accepted for f in self._findings)
        ):
            told.append(f"Còn {warnings} cảnh báo không ngăn việc ký, xem {_ELSEWHERE}.")
        return " ".join(told)

    def _about(self, correction: Correction) -> FindingRecord | None:
        """The gravest finding that names the cell of what was corrected."""
        found = [f for f in self._findings if correction.cell in f.cells]
        return min(found, key=lambda f: _RANK.index(f.severity), default=None)

    def _gravity(self, correction: Correction) -> int:
        finding = self._about(correction)
        return len(_RANK) if finding is None else _RANK.index(finding.severity)

    def _corrected(self, correction: Correction) -> tuple[str, ...]:
        finding = self._about(correction)
        why = correction.working
        if finding is not None and finding.accepted:
            why += "; đã được chấp nhận"
        elif finding is not None and finding.cause:
            why += f"; {finding.cause}"
        elif finding is not None and finding.severity == "note":
            why += "; do làm tròn"
        if finding is not None and finding.id in self._labels:
            why += f" (dấu {self._labels[finding.id]})"
        return correction.name, correction.submitted, correction.printed, _short(why)

    def _reason(self, finding: FindingRecord) -> str:
        mark = f" (dấu {self._labels[finding.id]})" if finding.id in self._labels else ""
        return _short(finding.cause or finding.message) + mark


def _table(key: str, name: str, header: Sequence[str], widths: Sequence[float], rows: Sequence[Row]) -> Table:
    head = tuple(Cell(runs=(Text(text=text),), header=True) for text in header)
    return Table(key=key, name=name, header=(head,), body=tuple(rows), widths=tuple(widths))


def _cell(text: str) -> Cell:
    return Cell(runs=(Text(text=text),) if text else ())


def _short(text: str) -> str:
    return shortened(text, _LONGEST)
