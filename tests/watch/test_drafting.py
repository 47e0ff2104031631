"""A draft after each save: only what changed runs again, and what is wrong stands beside the last good pages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from archive.roots import change_cell, tiny_root
from document.sample import PROPERTIES, SPEC
from sections import lent
from thidua.document.block import Chart, written
from thidua.document.document import Document, Section
from thidua.execute.runner import run_notebooks
from thidua.execute.warm import Warm, warm
from thidua.publish.evidence import Evidence
from thidua.publish.preview import Preview
from thidua.publish.volumes import volumes
from thidua.watch.drafting import Draft, Drafting
from thidua.watch.lighter_page import charts_script, lighter
from thidua.watch.rerunning import Superseded
from thidua.watch.saves import Shelf
from workbooks import PARAMS, PERIOD, params_file, raw


class Desk:
    """A suite that is being worked on, and its draft after each save."""

    def __init__(self, root: Path, ran: list[list[str]], parent: Warm):
        self.root, self._ran = root, ran
        self._shelf, self.drafting = Shelf(root), Drafting(root, root / "params" / f"{PERIOD}.yaml", parent)
        self.newer, self.shown = False, list[Draft]()
        self.notebook = root / "notebooks" / "10_kinh_te.ipynb"

    def saved(self) -> tuple[Draft, list[str]]:
        """The draft after a save, and the sections that ran for it."""
        self._ran.clear()
        shown: list[Draft] = []
        self.drafting.make(self._shelf.look(), lambda: False, shown.append)
        return shown[-1], sorted(name for names in self._ran for name in names)

    def superseded(self) -> list[Draft]:
        """What a draft shows that is not made to its end, because ``newer`` has become true."""
        with pytest.raises(Superseded):
            self.drafting.make(self._shelf.look(), lambda: self.newer, self.shown.append)
        return self.shown

    def write(self, old: str, new: str) -> None:
        content = self.notebook.read_text(encoding="utf-8")
        assert old in content
        self.notebook.write_text(content.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def parent() -> Iterator[Warm]:
    with lent(), warm() as parent:
        yield parent


@pytest.fixture
def desk(parent: Warm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    ran: list[list[str]] = []

    def noted(jobs: Any, *rest: Any, **more: Any) -> Any:
        ran.append([job.name for job in jobs])
        return run_notebooks(jobs, *rest, **more)

    monkeypatch.setattr("thidua.run.kept_sections.run_notebooks", noted)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Desk(tiny_root(tmp_path / "root"), ran, parent)


def test_an_afternoon_of_writing(desk: Desk) -> None:
    submitted = raw(desk.root).read_bytes()
    first, ran = desk.saved()
    assert ran == ["01_mo_dau", "10_kinh_te", "90_ky"]
    assert "Cấy được" in first.html and first.printed and "1 lỗi" in first.judged and not first.doing

    desk.write("Cấy được", "Toàn xã cấy được")
    second, ran = desk.saved()
    assert ran == ["10_kinh_te"] and "Toàn xã cấy được" in second.html and second.number == first.number + 1
    assert second.first_pages and (second.first_pages["10_kinh_te"], second.first_pages["can-lam-ro"]) == (0, 1)

    content = json.loads(desk.notebook.read_text(encoding="utf-8"))
    content["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "đã chạy"}]
    desk.notebook.write_text(json.dumps(content), encoding="utf-8")
    assert desk.saved() == (second, [])  # what a notebook printed is nobody's words

    kept = desk.notebook.read_text(encoding="utf-8")
    desk.notebook.write_text(kept.replace("{ngo}", "{unit.nme}").replace("{lua}", "{đat lua}"), encoding="utf-8")
    wrong, ran = desk.saved()
    assert not ran and wrong.html == second.html
    assert [(f.place, f.what[:20]) for f in wrong.faults] == [
        ("10_kinh_te, ô 4", "dòng 2, cột 18: khôn"), ("10_kinh_te, ô 5", "dòng 2, cột 12: «uni"),
    ]  # fmt: skip
    assert wrong.faults[0].lines.splitlines()[1].strip() == "^"

    desk.notebook.write_text(
        kept.replace("signature", "signatur").replace("progress_table([", "progress_tabl(["), encoding="utf-8"
    )
    stopped, ran = desk.saved()
    assert ran == ["10_kinh_te"] and stopped.html == second.html
    (fault,) = stopped.faults
    assert fault.place == "10_kinh_te, ô 3" and "signatur" in fault.what

    desk.notebook.write_text(kept, encoding="utf-8")
    change_cell(desk.root, "E2", "một trăm hai mươi")
    wrong, _ = desk.saved()
    assert [f.place for f in wrong.faults] == ["kinh-te.xlsx, trang «Chỉ tiêu», ô E2"]

    change_cell(desk.root, "E2", 130)
    mended, ran = desk.saved()
    assert not mended.faults and ">130<" in mended.html and ran == ["10_kinh_te"]
    raw(desk.root).write_bytes(submitted)
    again, ran = desk.saved()
    assert not ran and ">130<" not in again.html and "Toàn xã cấy được" in again.html

    earlier = params_file(desk.root).read_text(encoding="utf-8").replace(PERIOD, "2031-Q1")
    earlier = earlier.replace(PARAMS["unit"]["name"], "xã Khác")
    params_file(desk.root).with_name("2031-Q1.yaml").write_text(earlier, encoding="utf-8")
    (desk.root / "data" / "raw" / "2031-Q1").mkdir()
    beside, _ = desk.saved()
    assert "Không so với kỳ 2031-Q1: 2031-Q1.yaml là của xã Khác" in beside.notes  # as a run says it
    assert not (desk.root / "output").exists()


def test_of_a_long_report_the_volume_that_is_worked_on_is_shown_on_paper(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua.watch.drafting.volumes", lambda document: volumes(document, most=400))
    before, _ = desk.saved()
    assert before.first_pages and "01_mo_dau" in before.first_pages and "10_kinh_te" not in before.first_pages
    desk.write("Cấy được", "Toàn xã cấy được")
    after, _ = desk.saved()
    assert after.first_pages and "10_kinh_te" in after.first_pages and "01_mo_dau" not in after.first_pages
    assert "Toàn xã cấy được" in after.html and "báo cáo kết quả" in after.html


def test_a_section_that_hangs_ends_when_something_newer_is_saved(desk: Desk) -> None:
    kept = desk.notebook.read_text(encoding="utf-8")
    desk.notebook.write_text(kept.replace("progress_table(", "import time; time.sleep(600); print("), encoding="utf-8")
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(desk.superseded)
        while not (told.done() or any("xong 2" in draft.doing for draft in desk.shown)):  # the others are through
            time.sleep(0.05)
        desk.newer = True
        desk.drafting.abandon()
        shown = told.result(30)
    assert [d for d in shown if d.html or d.faults] == []
    desk.notebook.write_text(kept, encoding="utf-8")
    assert "Cấy được" in desk.saved()[0].html


def test_the_page_of_a_draft_is_that_of_the_report_without_what_draws_its_charts() -> None:
    chart = Chart(key="dien_tich", title="Diện tích", alt="Lúa 28 ha.", spec=written(SPEC))
    document = Document(PROPERTIES, (Section("10_kinh_te", "section", (chart,)),))
    whole = "".join(Preview().html(document, Evidence(charts={"dien_tich": written(SPEC)})))
    light = lighter(whole)
    library, _, rest = charts_script().partition("\n// A chart comes alive")
    assert library in whole and rest and rest in whole
    assert len(light) < len(whole) / 2 and library not in light and rest not in light
    without = "".join(Preview().html(document, Evidence()))
    assert lighter(without) == without
