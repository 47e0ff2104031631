"""A change makes those sections run again that asked for what was changed, and no others; the bytes are the same."""

from __future__ import annotations

import gc
import random
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from openpyxl import load_workbook

from archive.roots import write_notebook
from checks.periods import earlier, indicator
from plain_yaml import dumped, loaded
from sections import lent
from thidua.document.executed import read_executed
from thidua.errors import InputError
from thidua.execute.sources import read_notebooks
from thidua.execute.warm import Warm, warm
from thidua.progress.progress import Phase, Progress
from thidua.run import made_by
from thidua.run.collect import carried
from thidua.run.executing import execute
from thidua.run.kept_sections import KeptSections
from workbooks import FILE, PERIOD, UNIT, add_form, indicators, inputs, params_file, raw, write_root

pytestmark = pytest.mark.slow

ROWS = [
    indicator("lua", 120, "ha", plan=150, last=100, group="cay_trong", parent="tong", relation="gồm"),
    indicator("ngo", 80, "ha", plan=75, last=70, group="cay_trong", parent="tong", relation="gồm"),
    indicator("trau", 412, "con", plan=430, note="đàn trâu gồm cả nghé"),
    indicator("tong", 200, "ha"),
]
EVENTS = [{"topic": "trong_trot", "content": "Phòng Kinh tế đã cấp giống lúa cho các hộ"}]
CHART = (
    "from thidua.document.block import Chart\nfrom thidua.document.show import show\n"
    "show([Chart(key='k', title='Diện tích', alt='Lúa', spec={'mark': 'bar', 'data': {'values': []}})], [])"
)
SECTIONS: dict[str, list[str]] = {
    "lua": ["%%prose\nCấy được {lua} lúa[, {đạt lua}]."],
    "nhom": ["%%prose\n{kể trong kỳ cay_trong}."],
    "su_kien": ["%%prose\n{kể trong_trot}."],
    "nhom_trong": ["%%prose\nTrong kỳ, {kể chua_ai_nop}.", "%%prose\nĐã trồng {sanz}."],
    "tham_so": ["%%prose\n{unit.issuer} báo cáo kết quả {period.name}."],
    "ky": ["signature(report)"],
    "tep": ["import pandas as pd", "int(pd.read_csv('data/own.csv')['n'].sum())"],
    "bang": ["report.frame('indicators').query(\"unit == 'con'\")[['name', 'actual']]"],
    "cac_ky": ["[str(past.period.id) for past in report.earlier]"],
    "chu": ["%%prose\nBáo cáo không có số liệu nào."],
}
_NO = frozenset[str]()
DATA_OF_LUA = {"lua", "nhom", "bang"}


class Seen(Progress):
    """Which sections ran."""

    def __init__(self) -> None:
        self.ran: set[str] = set()

    def begin(self, phase: Phase, parts: Collection[str] = ()) -> None:
        if phase is Phase.SECTIONS:
            self.ran = set(parts)


@pytest.fixture(scope="module")
def parent() -> Iterator[Warm]:
    with lent(), warm() as found:
        yield found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, parent: Warm) -> Iterator[Path]:
    """The suite, whose sections are kept."""
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        book = indicators(*ROWS)
        add_form(book, "Sự kiện", EVENTS)
        department = {"file": FILE, "name": "Phòng Kinh tế", "sheets": ["Chỉ tiêu", "Sự kiện"]}
        sections = [{"notebook": name} for name in SECTIONS]
        root = write_root(folder / "xa", {FILE: book}, departments=[department], sections=sections)
        for name, cells in SECTIONS.items():
            write_notebook(root, name, cells)
        (root / "data" / "own.csv").write_text("n\n1\n2\n")
        assert executed(root, parent)[0] == set(SECTIONS)
        yield root


@pytest.fixture
def root(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A suite of the test's own, with a cache of its own in which that suite's sections are kept."""
    shutil.copytree(first.parent, tmp_path / "own")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own" / "cache"))
    return tmp_path / "own" / "xa"


def executed(root: Path, parent: Warm, *, fresh: bool = False) -> tuple[set[str], dict[str, bytes]]:
    """Which sections ran, and the bytes of all."""
    given, seen = inputs(root), Seen()
    parent.open(root, given.params.period)
    notebooks = read_notebooks({n: root / "notebooks" / f"{n}.ipynb" for n in given.params.notebooks})
    with tempfile.TemporaryDirectory() as folder:
        execute(given, notebooks, Path(folder), 2, seen, parent, fresh=fresh)
        made = {p.stem: p.read_bytes() for p in sorted(Path(folder, "notebooks").iterdir())}
        return seen.ran, made


def _cell(root: Path, sheet: str, row: int, header: str) -> Any:
    book = load_workbook(raw(root))
    column = next(c.column for c in book[sheet][1] if c.value and header in str(c.value))
    return book, book[sheet].cell(row, column)


def _set(sheet: str, row: int, header: str, value: Any) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        book, cell = _cell(root, sheet, row, header)
        cell.value = value
        book.save(raw(root))

    return change


def _param(*path: str, value: Any) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        content = loaded(params_file(root).read_text(encoding="utf-8"))
        inner = content
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value
        params_file(root).write_text(dumped(content), encoding="utf-8")

    return change


def _event(topic: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        book = load_workbook(raw(root))
        sheet = book["Sự kiện"]
        sheet.append([topic])
        content = next(number for number, c in enumerate(sheet[1], 1) if str(c.value).startswith("Nội dung"))
        sheet.cell(sheet.max_row, content, "UBND xã đã họp")
        book.save(raw(root))

    return change


def _notebook(name: str, cells: list[str]) -> Callable[[Path], None]:
    return lambda root: write_notebook(root, name, cells)


def _row(code: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        book = load_workbook(raw(root))
        sheet = book["Chỉ tiêu"]
        sheet.append([c.value if c.value != "tong" else code for c in sheet[len(ROWS) + 1]])
        book.save(raw(root))

    return change


# What happens, and which sections run again for it. One after the other happens to a suite: whatever runs again later
# ran again before too, so that a section that was wrongly kept is still there when all are made afresh at the end.
CHANGES: dict[str, list[tuple[str, Callable[[Path], object], set[str] | frozenset[str]]]] = {
    "numbers": [
        ("a sum by which a part may be mistyped", _set("Chỉ tiêu", 5, "Trong kỳ", 92), DATA_OF_LUA),
        ("a number that one section and its group ask for", _set("Chỉ tiêu", 2, "Trong kỳ", 121), DATA_OF_LUA),
        ("a plan", _set("Chỉ tiêu", 3, "Kế hoạch", 76), {"nhom", "bang"}),
        ("a row leaves its group", _set("Chỉ tiêu", 3, "Nhóm", None), {"nhom", "bang"}),
        ("a number that only the table shows", _set("Chỉ tiêu", 4, "Trong kỳ", 413), {"bang"}),
        ("a remark", _set("Chỉ tiêu", 4, "Ghi chú", "không tính nghé"), {"bang"}),
        ("another row that nobody asks for", _row("de"), {"bang"}),
        ("nothing", lambda root: None, _NO),
        ("saved without a change", lambda root: load_workbook(raw(root)).save(raw(root)), _NO),
        ("what no section reads", _param("document", "symbol", value="BC-UB"), _NO),
    ],
    "what was asked for in vain": [
        ("a code that resembles one asked for in vain", _row("san"), {"nhom_trong", "bang"}),
        ("a row whose code was asked for in vain", _row("sanz"), {"nhom_trong", "bang"}),
        ("a first row in a group that was empty", _event("chua_ai_nop"), {"nhom_trong"}),
    ],
    "events": [
        ("the text of an event", _set("Sự kiện", 2, "Nội dung", "Phòng Kinh tế đã cấp phân bón"), {"su_kien"}),
    ],
    "who reports": [("its name", _param("unit", "issuer", value="UBND xã Bình Yên"), {"tham_so"})],
    "who signs": [("their name", _param("document", "signer", "name", value="Lê Thị Mẫu"), {"ky"})],
    "a file of the officer's own": [
        ("another number", lambda root: (root / "data" / "own.csv").write_text("n\n1\n3\n"), {"tep"})
    ],
    "a notebook": [("other words", _notebook("chu", ["%%prose\nBáo cáo chưa có số liệu nào."]), {"chu"})],
    "an earlier period": [("comes", lambda root: earlier(root, "2031-Q1", ROWS[0]), {"cac_ky"})],
}


@pytest.mark.parametrize("about", CHANGES)
def test_a_change_makes_the_sections_run_again_that_asked_for_it(root: Path, parent: Warm, about: str) -> None:
    for what, change, again in CHANGES[about]:
        change(root)
        ran, kept = executed(root, parent)
        assert (what, ran) == (what, again)
    assert kept == executed(root, parent, fresh=True)[1]


def test_a_notebook_that_asks_the_clock_runs_each_time(root: Path, parent: Warm) -> None:
    write_notebook(root, "chu", ["import datetime as dt", "dt.date(2031, 1, 1).year"])
    write_notebook(root, "ky", ["open('data/made.txt', 'w').close()"])
    executed(root, parent)
    assert executed(root, parent)[0] == {"chu", "ky"}


def test_all_sections_run_again_with_another_library_and_not_in_another_time_zone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chu,) = read_notebooks({"chu": root / "notebooks" / "chu.ipynb"}).values()
    assert KeptSections(inputs(root), {"period": PERIOD}, root / "notebooks").known("chu", chu) is not None
    with monkeypatch.context() as patch:
        patch.setenv("LC_ALL", "vi_VN")
        patch.setenv("TZ", "Pacific/Kiritimati")
        assert KeptSections(inputs(root), {"period": PERIOD}, root / "notebooks").known("chu", chu) is not None
    for name, another in (("library_hash", "another"), ("packages", {"pandas": "another"})):
        with monkeypatch.context() as patch:
            patch.setattr(made_by, name, lambda found=another: found)
            assert KeptSections(inputs(root), {"period": PERIOD}, root / "notebooks").known("chu", chu) is None


def test_what_is_published_of_a_section_is_the_same_whether_it_ran_or_was_kept(root: Path, parent: Warm) -> None:
    write_notebook(root, "chu", [CHART])
    given = inputs(root)
    parent.open(root, given.params.period)
    notebooks = read_notebooks({"chu": root / "notebooks" / "chu.ipynb"})
    found = execute(given, notebooks, root.parent, 1, Seen(), parent)
    read = carried(read_executed((root.parent / "notebooks" / "chu.ipynb").read_bytes()))
    assert repr(found.sections()["chu"]) == repr(read)  # names in their order, which comparing does not see


@pytest.mark.parametrize("fresh", [True, False], ids=["that ran", "that were kept"])
def test_no_notebook_stays_in_memory_however_many_sections_there_are(
    root: Path, parent: Warm, tmp_path: Path, *, fresh: bool
) -> None:
    given = inputs(root)
    parent.open(root, given.params.period)
    before = _nodes()
    notebooks = read_notebooks({n: root / "notebooks" / f"{n}.ipynb" for n in given.params.notebooks})
    made = execute(given, notebooks, tmp_path, 2, Seen(), parent, fresh=fresh)
    sections = made.sections()
    assert len(sections) == len(SECTIONS)
    assert _nodes() == before


def _nodes() -> int:
    gc.collect()
    return sum(isinstance(each, nbformat.NotebookNode) for each in gc.get_objects())


def test_what_is_kept_is_never_taken_once_it_was_changed(root: Path, parent: Warm) -> None:
    for path in (root.parent / "cache").rglob("*"):
        if path.is_file():
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
    assert executed(root, parent)[0] == set(SECTIONS)


def test_whatever_cells_change_what_is_kept_gives_the_bytes_of_a_fresh_run(root: Path, parent: Warm) -> None:
    chance = random.Random(7)
    usable = 0
    while usable < 5:
        saved = raw(root).read_bytes()
        for _ in range(chance.randint(1, 3)):
            book = load_workbook(raw(root))
            sheet = book[chance.choice(["Chỉ tiêu", "Sự kiện"])]
            cell = chance.choice([c for row in sheet.iter_rows(min_row=2) for c in row if c.value is not None])
            if isinstance(cell.value, int | float):
                cell.value = chance.choice([cell.value + 1, 0, None, cell.value * 10])
            else:
                cell.value = chance.choice([f"{cell.value} thêm", "lua", "cay_trong", "trong_trot", UNIT])
            book.save(raw(root))
        try:
            kept = executed(root, parent)[1]
        except InputError:  # the change made the workbook unusable
            raw(root).write_bytes(saved)
            continue
        usable += 1
        assert kept == executed(root, parent, fresh=True)[1]
