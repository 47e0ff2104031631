"""The suite used again: the repository's notebooks over a second period beside the first, then over another unit's."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from archive.roots import made_by, thidua
from notebooks.sections import dirt
from once import once
from plain_yaml import dumped, loaded
from runs.commune import BOOKS, PERIOD, write_commune
from runs.test_the_next_period import follow
from thidua.stated import ABSENT

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
FIRST, SECOND = "2024-H1", "2024-H2"
# Enough of the report for two periods of one unit; the other unit's is whole.
FIRST_SECTIONS = [{"notebook": "01_mo_dau", "kind": "front"}, {"notebook": "10_kinh_te"}]
SECOND_SECTIONS = [
    *FIRST_SECTIONS,
    {"notebook": "20_noi_vu_cai_cach_hanh_chinh"},
    {"notebook": "90_noi_nhan_ky", "kind": "back"},
    {"notebook": "92_phu_luc_khen_thuong", "kind": "appendix"},
]


@dataclass(frozen=True)
class Made:
    """A run, how it ended and what was said."""

    path: Path
    code: int
    said: str

    def content(self, name: str) -> Any:
        return json.loads((self.path / "data" / name).read_text(encoding="utf-8"))

    @property
    def text(self) -> str:
        """What the report says on the screen, a paragraph or row a line, its notes at the end; not its last page."""
        html = (self.path / "data" / "bao-cao.html").read_text(encoding="utf-8")
        html = re.sub(r'<section class="part disputes.*?</section>', "", html, flags=re.DOTALL)
        return _words(html.partition("<main")[2].partition("<script")[0])


def _words(html: str) -> str:
    """The words of a page. Those of charts, the numbers that call notes, a draft's marks and signs are left out."""
    left_out = r"<svg\b.*?</svg>|<sup\b.*?</sup>|<span class=\"hidden\">.*?</span>"
    text = re.sub(left_out, "", html, flags=re.DOTALL)
    text = re.sub(r"</(?:p|li|h\d|tr|div|figcaption|caption)>", "\n", text)
    text = re.sub(r"</t[dh]>", " | ", text)
    return re.sub(r"\[([LC]\d*)\]", r"\1", unescape(re.sub(r"<[^>]+>", "", text))).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    return three_runs(tmp_path_factory)


def three_runs(factory: pytest.TempPathFactory) -> dict[str, Made]:
    """All three runs in one folder of reports, one after the other."""
    return {period: Made(*run) for period, run in once(factory, "ba-ky", _all).items()}


def _all(folder: Path) -> dict[str, tuple[Path, int, str]]:
    root = folder / "root"
    for name in ("params", "data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / name, root / name)
    write_commune(root, _sections(root, FIRST, FIRST_SECTIONS))
    follow(root, FIRST, SECOND)
    _sections(root, SECOND, SECOND_SECTIONS)
    return {period: _run(root, period) for period in (FIRST, SECOND, PERIOD)}


def _sections(root: Path, period: str, sections: Any) -> Any:
    """Give a period's report other sections; those that it had."""
    path = root / "params" / f"{period}.yaml"
    params = loaded(path.read_text(encoding="utf-8"))
    before, params["sections"] = params["sections"], sections
    path.write_text(dumped(params), encoding="utf-8")
    return before


def _run(root: Path, period: str) -> tuple[Path, int, str]:
    done = thidua("run", period, "--root", root)
    assert done.returncode in (0, 1), done.stderr
    return made_by(done), done.returncode, done.stderr


def test_all_three_runs_end_sealed(made: dict[str, Made]) -> None:
    assert [run.path.name.rpartition("-")[0] for run in made.values()] == [FIRST, SECOND, PERIOD]
    for run in made.values():
        assert thidua("verify", run.path).returncode == 0
    assert (made[FIRST].code, made[SECOND].code, made[PERIOD].code) == (1, 1, 0)


def test_the_second_period_is_held_against_the_first(made: dict[str, Made]) -> None:
    findings = made[SECOND].content("checks.json")
    past = {c["file"] for f in findings for c in f["cells"] if "/" in c["file"]}
    assert past == {f"{FIRST}/mot-cua.xlsx"}
    own = {f["id"] for f in made[SECOND].content("figures.json")}
    carried = next(f for f in findings if f["rule"] == "ho-so-ky-truoc")
    assert carried["figures"][0] in own and carried["figures"][1].startswith(f"{FIRST}/")


def test_the_commune_s_report_is_about_the_commune(made: dict[str, Made]) -> None:
    run = made[PERIOD]
    assert "UBND xã Suối Mơ báo cáo" in run.text and "quý III năm 2025" in run.text
    for foreign in ("Cao Lộc", "Lạng Sơn", "huyện", "2024", "6 tháng"):
        assert foreign not in run.text, foreign
    assert "12,75" in run.text and "82,86" in run.text
    assert {f["source"]["file"] for f in run.content("figures.json") if f["source"]} <= set(BOOKS)
    assert all(c["file"] in BOOKS for f in run.content("checks.json") for c in f["cells"])


def test_what_the_commune_lacks_leaves_no_gaps_and_is_told_in_few_lines(made: dict[str, Made]) -> None:
    run = made[PERIOD]
    # A table says of its own gaps what they are.
    assert dirt(run.text.replace("Ghi chú: (…) chưa có số liệu.", "")) == []
    told = [line for line in run.said.splitlines() if line.startswith("Lưu ý: ")]
    assert [line for line in told if ABSENT in line and "gần nhất" not in line] == []
    assert len(told) < 30
