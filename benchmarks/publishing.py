"""How publishing grows with the report: `python benchmarks/publishing.py [SECTIONS ...]`.

For reports of so many sections, built from blocks (some two pages each, with numbers, footnotes and a table), each
output by itself: time of the processor, here and in what was started, peak memory, and size. Each in a process of its
own, so that none finds what another made.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from thidua.contracts import FigureRecord, Place
from thidua.document.block import Block, Cell, Heading, Note, Number, Paragraph, Row, Table, Text
from thidua.document.document import Document, Properties
from thidua.document.stitch import Part, stitch
from thidua.intake.xlsx.raw import RawCell, RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.publish.evidence import Evidence
from thidua.publish.submitted_books import SubmittedBooks

_PROPERTIES = Properties("Báo cáo: Thử", "UBND xã", "vi", "quý II", dt.date(2031, 6, 30), "0123", "Kèm theo Báo cáo")
_WORDS = "Phong trào được duy trì đều ở các thôn, nhiều tập thể và cá nhân có thành tích được biểu dương. "
_ROWS, _PARAGRAPHS = 12, 8


def document(sections: int) -> Document:
    """A report of so many sections."""
    parts: list[Part] = []
    for number in range(sections):
        if number % 100 == 0:
            parts.append(Part(1, f"Kết quả {number}", f"phan_{number}", "section"))
        if number % 10 == 0:
            parts.append(Part(2, f"Các lĩnh vực {number}", f"chuong_{number}", "section"))
        parts.append(Part(3, None, f"muc_{number}", "section", tuple(_blocks(number))))
    return stitch(parts, _PROPERTIES)


def _blocks(section: int) -> list[Block]:
    found: list[Block] = [Heading(level=1, runs=(Text(text=f"Lĩnh vực thứ {section}"),))]
    for n in range(_PARAGRAPHS):
        note = Note(runs=(Text(text=f"Theo báo cáo số {section}{n}/BC-UBND của Phòng Kinh tế, {_WORDS}"),))
        figure = Number(figure=_id(section, n), text=f"{n + 1},5", value=f"{n + 1}.5")
        more = f" ha (nội dung {n}, mục {section}). {_WORDS * 3}"
        found.append(Paragraph(runs=(Text(text="Thực hiện được "), figure, Text(text=more), note)))
    header = tuple(Cell(runs=(Text(text=text),), header=True) for text in ("Chỉ tiêu", "Thực hiện"))
    rows = [
        Row(
            cells=(_cell(Text(text=f"Diện tích cây thứ {n}")), _cell(Number(figure=_id(section, n), text=f"{n + 1},5")))
        )
        for n in range(_ROWS)
    ]
    title = f"Tiến độ của mục {section}"
    found.append(Table(key=f"bang_{section}", name=title, title=title, header=(header,), body=tuple(rows)))
    return found


def _cell(run: Text | Number) -> Cell:
    return Cell(runs=(run,))


def _id(section: int, number: int) -> str:
    return f"so_{section}_{number}.actual"


def _evidence(sections: int) -> Evidence:
    figures = [
        FigureRecord(
            id=_id(s, n), value=f"{n + 1}.5", printed=f"{n + 1},5", unit="ha", section=f"muc_{s}", formula=None,
            inputs=(), source=Place(file=f"don-vi-{s % 20}.xlsx", sheet=f"Mục {s}", cell=f"B{n + 2}"),
            label=f"Diện tích cây thứ {n} của mục {s}, trong kỳ", operator=None, why=None,
        )
        for s in range(sections)
        for n in range(_ROWS)
    ]  # fmt: skip
    return Evidence(figures)


def _books(sections: int) -> SubmittedBooks:
    def sheet(section: int) -> RawSheet:
        cells = {(1, 1): RawCell(1, 1, "Chỉ tiêu"), (1, 2): RawCell(1, 2, "Thực hiện")}
        for n in range(_ROWS):
            cells |= {(n + 2, 1): RawCell(n + 2, 1, f"Cây thứ {n}"), (n + 2, 2): RawCell(n + 2, 2, n + 1.5)}
        return RawSheet(f"Mục {section}", cells)

    groups = [[sheet(s) for s in range(sections) if s % 20 == book] for book in range(20)]
    books = [RawWorkbook(f"don-vi-{n}.xlsx", "", tuple(sheets)) for n, sheets in enumerate(groups)]
    made = {book.file: book for book in books}
    return SubmittedBooks({name: Path(name) for name in made}, {}, (), lambda _, name: made[name])


def _blocks_alone(sections: int, folder: Path) -> None:
    document(sections), _evidence(sections), _books(sections)


def _html(sections: int, folder: Path) -> None:
    from thidua.publish.html.screen import Beside
    from thidua.publish.preview import Preview

    page = Preview().html(document(sections), _evidence(sections), Beside((), "review/", _books(sections)))
    with (folder / "bao-cao.html").open("w", encoding="utf-8") as file:
        file.writelines(page)


def _volumes(sections: int, folder: Path) -> None:
    from thidua.publish.drawings import Drawings
    from thidua.publish.printing import write_volumes
    from thidua.publish.volumes import volumes

    assert not write_volumes(volumes(document(sections)), Drawings(), dict, folder)


def _audit(sections: int, folder: Path) -> None:
    from thidua.publish.audit.audit_workbook import write_audit

    write_audit(_books(sections), _evidence(sections).figures, [], _PROPERTIES, folder / "so-lieu.xlsx")


def _slip(sections: int, folder: Path) -> None:
    from thidua.publish.slip import slip_of

    (folder / "phieu-trinh.pdf").write_bytes(slip_of(document(sections), _evidence(sections)))


def _review(sections: int, folder: Path) -> None:
    from thidua.document.bundled import MIME, bundle
    from thidua.publish.drawings import Drawings
    from thidua.publish.review import ReviewedSection, write_review

    def notebook(section: int) -> Any:
        output = nbformat.v4.new_output("display_data", {MIME: bundle(_blocks(section), ())})
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("show()", id=f"o{section}", outputs=[output])])

    reviewed = [ReviewedSection(f"muc_{n}", "section", folder / f"muc_{n}.ipynb") for n in range(sections)]
    for n, section in enumerate(reviewed):
        nbformat.write(notebook(n), section.notebook)
    write_review(document(sections), reviewed, _evidence(sections), Drawings(), "thu", folder / "review")


OUTPUTS: dict[str, Callable[[int, Path], None]] = {
    "blocks alone": _blocks_alone,
    "HTML": _html, "PDFs read again, Word": _volumes, "audit workbook": _audit,
    "slip": _slip, "review": _review,
}  # fmt: skip


def _measured(output: str, sections: int, answer: Any) -> None:
    usages = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as name:
        before = sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, usages))
        OUTPUTS[output](sections, Path(name))
        found = [resource.getrusage(who) for who in usages]
        took = sum(u.ru_utime + u.ru_stime for u in found) - before
        size = sum(f.stat().st_size for f in Path(name).rglob("*") if f.is_file())
        answer.put((took, max(u.ru_maxrss for u in found) / 1024, size / 1e6))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sections", type=int, nargs="*", default=[20, 200, 2000])
    sizes = parser.parse_args().sections
    context = multiprocessing.get_context("spawn")
    print(f"{'':24} {'sections':>8} {'CPU s':>8} {'ms each':>8} {'MB peak':>8} {'MB made':>8}")
    for output in OUTPUTS:
        for sections in sizes:
            answer = context.Queue()
            worker = context.Process(target=_measured, args=(output, sections, answer))
            worker.start()
            took, peak, size = answer.get()
            worker.join()
            print(
                f"{output:24} {sections:8} {took:8.2f} {1000 * took / sections:8.1f} {peak:8.0f} {size:8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
