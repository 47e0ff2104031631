"""``thidua diff``: the corrected cell, every number that it moved, and nothing else."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output, writes

from archive.conftest import Runs
from archive.folders import copied
from archive.roots import thidua
from forked import command, ended
from thidua.archive.comparison.compare import compare
from thidua.archive.comparison.figures import figure_changes
from thidua.archive.comparison.sealed import SealedRun, sealed_run
from thidua.archive.comparison.texts import TextChange, text_changes
from thidua.contracts import FigureRecord
from thidua.document.block import Paragraph, Reference, Table, Text
from thidua.document.bundled import MIME, bundle
from thidua.figures.numbers import format_number
from workbooks import PERIOD

pytestmark = pytest.mark.slow


def test_a_corrected_run_shows_the_one_changed_cell_and_every_number_that_it_moved(runs: Runs) -> None:
    done = thidua("diff", runs.first, runs.corrected, "--json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert len(found["cells"]) == 1
    cell = found["cells"][0]
    assert (cell["file"], cell["sheet"], cell["cell"], cell["old"], cell["new"]) == (
        "kinh-te.xlsx",
        "Chỉ tiêu",
        "E2",
        "150",
        "125",
    )
    figures = {f["id"]: (f["old"], f["new"], f["difference"]) for f in found["figures"]}
    assert figures["lua.plan"] == ("150", "125", "−25")
    assert figures["lua.to_plan"] == ("80,00", "96,00", "+16 điểm %")
    assert set(figures) == set(cell["moved"])
    assert all(f["causes"] == ["kinh-te.xlsx, trang «Chỉ tiêu», ô E2"] for f in found["figures"])
    assert [(p["name"], len(p["changes"])) for p in found["text"]] == [("10_kinh_te", 2)]
    assert found["notebooks"] == []
    assert [f["new"]["accepted_by"] for f in found["findings"]] == ["Lê Thị Soát"]
    assert [(p["name"], p["title"]) for p in found["params"]] == [("params.yaml", f"params/{PERIOD}.yaml")]


def test_a_run_is_the_same_as_itself_in_a_zip(runs: Runs) -> None:
    done = thidua("diff", runs.first, runs.first.with_name(f"{runs.first.name}.zip"))
    assert done.returncode == 0 and "giống nhau" in done.stdout


def test_the_terminal_tells_old_from_new_without_colours(runs: Runs) -> None:
    done = ended(command("diff", runs.first, runs.corrected, settings={"COLUMNS": "200"}))
    assert "[-80,00%-]{+96,00%+}" in done.stdout
    assert "được chấp nhận (Lê Thị Soát: đơn vị tính theo diện tích cũ)" in done.stdout


def test_the_page_stands_alone_and_links_cells_to_the_figures_they_moved(runs: Runs, tmp_path: Path) -> None:
    page = tmp_path / "khac.html"
    assert thidua("diff", runs.first, runs.corrected, "--html", page).returncode == 1
    html = page.read_text(encoding="utf-8")
    assert 'href="#f-lua.to_plan"' in html and 'id="f-lua.to_plan"' in html
    assert "<del>80,00%</del><ins>96,00%</ins>" in html
    assert "http:" not in html and "https:" not in html
    assert "Thay đổi giữa hai lần lập báo cáo quý II năm 2031" in html
    assert re.search(r'id="f-lua.plan".*?−25</td>.*?−16,67%</td>', html, re.DOTALL)


def test_numbers_are_told_as_vietnamese_is_and_a_change_of_a_rate_in_points() -> None:
    def record(value: str, unit: str) -> FigureRecord:
        printed = format_number(Decimal(value))
        about: dict[str, Any] = dict.fromkeys(("formula", "operator", "source", "why"))
        return FigureRecord(id="x", label="X", value=value, printed=printed, unit=unit, inputs=(), **about)

    def changed(old: str, new: str, unit: str) -> tuple[str | None, str | None]:
        before, after = (SimpleNamespace(figures={"x": record(value, unit)}) for value in (old, new))
        (change,) = figure_changes(cast(SealedRun, before), cast(SealedRun, after))
        return change.difference, change.percent

    assert changed("1200.5", "1000", "ha") == ("−200,5", "−16,70%")
    assert changed("68", "70.25", "%") == ("+2,25 điểm %", None)
    assert changed("0", "3", "vụ") == ("+3", None)


def test_runs_of_two_periods_are_compared_by_the_ids_of_their_figures(runs: Runs, tmp_path: Path) -> None:
    earlier = copied(runs.first, tmp_path).rename(tmp_path / "2030-Q2-aaaaaaaaaaaa")
    (earlier / "data/inputs/2031-Q2.yaml").rename(earlier / "data/inputs/2030-Q2.yaml")
    info = earlier / "bag-info.txt"
    info.write_text(info.read_text().replace(runs.first.name, earlier.name))
    with sealed_run(earlier) as a, sealed_run(runs.corrected) as b:
        found = compare(a, b)
    assert found.cells == ()
    assert {"lua.plan", "lua.to_plan"} <= {f.id for f in found.figures}
    assert [p.name for p in found.params] == ["params.yaml"]


def test_a_run_of_a_version_with_other_blocks_is_compared_by_what_its_notebooks_say(runs: Runs, tmp_path: Path) -> None:
    earlier = copied(runs.first, tmp_path)
    notebook = earlier / "data" / "notebooks" / "10_kinh_te.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace(r"\"kind\":\"paragraph\"", r"\"kind\":\"tiles\""), encoding="utf-8")
    assert text != notebook.read_text(encoding="utf-8")
    with sealed_run(earlier) as a, sealed_run(runs.corrected) as b:
        found = compare(a, b)
    assert any("80,00%" in str(c.old) for part in found.text for c in part.changes)


def test_a_run_whose_notebooks_carry_blocks_as_their_own_json_is_read_like_another(runs: Runs, tmp_path: Path) -> None:
    earlier = copied(runs.first, tmp_path)
    for notebook in (earlier / "data" / "notebooks").glob("*.ipynb"):
        content = json.loads(notebook.read_bytes())
        for data in (o["data"] for c in content["cells"] for o in c.get("outputs", ()) if "data" in o):
            if MIME in data:
                data[f"{MIME}+json"] = json.loads("".join(data.pop(MIME)))
        notebook.write_text(json.dumps(content), encoding="utf-8")
    with sealed_run(earlier) as a, sealed_run(runs.first) as b:
        assert compare(a, b).text == ()
    with sealed_run(earlier) as a, sealed_run(runs.corrected) as b, sealed_run(runs.first) as c:
        assert compare(a, b).text == compare(c, b).text != ()


def test_a_run_leaves_word_of_what_became_of_the_findings_beside_it(runs: Runs) -> None:
    page = (runs.output / "so-sanh" / f"{runs.corrected.name}-phat-hien.html").read_text(encoding="utf-8")
    row = page.partition("Lần chạy trước</a>")[2].partition("</tr>")[0]
    assert re.findall(r'data-label="([^"]+)"[^>]*>(\d+)<', row) == [
        ("Mới", "0"),
        ("Hết", "0"),
        ("Đã đổi", "1"),
        ("Như cũ", "0"),
    ]
    assert "Chưa có lần chạy nào của kỳ trước" in page
    assert (runs.output / "so-sanh" / f"{runs.corrected.name}-ky-truoc.html").is_file()


def test_changed_lines_are_paired_and_the_others_are_out_or_in() -> None:
    old = ["Trồng được 80 ha ngô.", "Bỏ hẳn câu này đi.", "Cuối."]
    new = ["Trồng được 82 ha ngô.", "Cuối.", "Một điều hoàn toàn khác"]
    assert text_changes(old, new) == [
        TextChange("Trồng được 80 ha ngô.", "Trồng được 82 ha ngô."),
        TextChange("Bỏ hẳn câu này đi.", None),
        TextChange(None, "Một điều hoàn toàn khác"),
    ]


def test_within_a_changed_line_only_the_changed_words_are_marked() -> None:
    change = TextChange("Cấy được 120 ha lúa", "Cấy được 125 ha lúa")
    assert change.pieces == [("same", "Cấy được "), ("old", "120"), ("new", "125"), ("same", " ha lúa")]


def test_a_row_of_a_table_takes_the_place_of_the_row_of_that_name_alone() -> None:
    old, new = ["Lúa mùa | 120 ha | 80%"], ["Lúa xuân | 120 ha | 80%", "Lúa mùa | 125 ha | 83%"]
    assert text_changes(old, new) == [TextChange(None, new[0]), TextChange(old[0], new[1])]


def test_a_text_calls_tables_by_their_titles_and_drops_what_leads_to_none(tmp_path: Path) -> None:
    table = Table(key="gieo_trong", name="Bảng", title="Gieo trồng: đạt 80%", header=(), body=())
    runs = (
        *(Text(text="Xem "), Reference(key="gieo_trong"), Text(text=". Cấy 12 ha. Nêu tại ")),
        *(Reference(key="khong_co"), Text(text=".")),
    )
    output = new_output("display_data", data={MIME: bundle([Paragraph(runs=runs), table], [])})
    (tmp_path / "data" / "notebooks").mkdir(parents=True)
    node = new_notebook(cells=[new_code_cell("bang()", outputs=[output])])
    (tmp_path / "data" / "notebooks" / "muc.ipynb").write_text(writes(node), encoding="utf-8")
    assert SealedRun("2031-Q2-x", tmp_path).text("muc") == ["Xem «Gieo trồng». Cấy 12 ha.", "Gieo trồng: đạt 80%"]
