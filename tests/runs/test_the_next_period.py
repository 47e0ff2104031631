"""A period made beside the one before it: past cells are evidence like any other, wherever a finding is shown."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from archive.roots import made_by, thidua, tiny_root
from checks.periods import declare, rules_of
from once import once
from thidua.archive.comparison.sealed import sealed_run
from thidua.publish.audit.audit_workbook import FINDINGS
from workbooks import FILE, PERIOD

pytestmark = pytest.mark.slow

NEXT = "2031-Q3"
PAST = f"{PERIOD}/{FILE}"


@dataclass(frozen=True)
class Two:
    """The runs of two periods that stand beside each other, and the root that they were made in."""

    root: Path
    first: Path
    second: Path

    def finding(self) -> dict[str, Any]:
        """What was found between the periods."""
        checks = json.loads((self.second / "data" / "checks.json").read_text(encoding="utf-8"))
        found: dict[str, Any] = next(f for f in checks if f["rule"] == "quy-tac")
        return found


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """The maize of the second period must be the rice of the first, which it is not."""
    return Two(*once(tmp_path_factory, "hai-ky", _both))


def _both(folder: Path) -> tuple[Path, Path, Path]:
    root = tiny_root(folder / "root")
    declare(root, {"rules": rules_of("ngo = previous.lua")})
    first = made(root, PERIOD)
    follow(root, PERIOD, NEXT)
    return root, first, made(root, NEXT)


def made(root: Path, period: str) -> Path:
    done = thidua("run", period, "--root", root)
    assert done.returncode in (0, 1), done.stderr
    return made_by(done)


def follow(root: Path, period: str, following: str) -> None:
    """Set up the next period as officers do: copy params and workbooks, change the period in both."""
    text = (root / "params" / f"{period}.yaml").read_text(encoding="utf-8")
    (root / "params" / f"{following}.yaml").write_text(text.replace(period, following), encoding="utf-8")
    folder = root / "data" / "raw" / following
    shutil.copytree(root / "data" / "raw" / period, folder)
    for path in folder.glob("*.xlsx"):
        book = load_workbook(path)
        for row in book["Thông tin"].iter_rows():
            for cell in row:
                cell.value = following if cell.value == period else cell.value
        book.save(path)


def test_the_second_period_is_made_and_sealed(two: Two) -> None:
    assert thidua("verify", two.first).returncode == thidua("verify", two.second).returncode == 0
    assert two.second.name.startswith(f"{NEXT}-")


def test_a_past_cell_is_named_with_its_period(two: Two) -> None:
    finding = two.finding()
    assert [c["file"] for c in finding["cells"]][:2] == [FILE, PAST]
    assert "120 ha" in finding["message"]
    assert finding["figures"] == ["ngo.actual", f"{PERIOD}/lua.actual"], "not the rice of this period"


def test_the_audit_workbook_brings_the_past_sheet_along(two: Two) -> None:
    book = load_workbook(two.second / "data" / "so-lieu.xlsx")
    assert f"{PERIOD}_kinh-te.Chỉ tiêu" in book.sheetnames
    assert f"{PERIOD}_kinh-te.Thông tin" not in book.sheetnames, "no finding names a cell of it"
    links = [
        str(c.hyperlink.location)
        for row in book[FINDINGS].iter_rows()
        for c in row
        if c.hyperlink and PERIOD in str(c.value)
    ]
    assert links
    sheet, address = links[0].split("!")
    assert book[sheet.strip("'")][address].value == 120


def test_the_reviewer_reads_the_period_of_a_past_cell(two: Two) -> None:
    page = (two.second / "data" / "review" / "index.html").read_text(encoding="utf-8")
    cell = two.finding()["cells"][1]
    assert f"{PAST} › Chỉ tiêu › {cell['cell']}" in page


def test_the_second_period_is_compared_with_the_first_by_their_names(two: Two) -> None:
    beside = two.second.parent / "so-sanh"
    page = (beside / f"{two.second.name}-ky-truoc.html").read_text(encoding="utf-8")
    assert "<h1>Quý III năm 2031 so với quý II năm 2031</h1>" in page
    found = (beside / f"{two.second.name}-phat-hien.html").read_text(encoding="utf-8")
    row = found.partition("Kỳ trước</a>")[2].partition("</tr>")[0]
    assert re.search(r'data-label="Mới"[^>]*>[1-9]', row), "the rule between the periods is broken only in the second"


def test_the_past_workbook_is_archived_and_described(two: Two) -> None:
    assert (two.second / "data" / "inputs" / "raw" / PAST).is_file()
    graph = json.loads((two.second / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    about = {e["@id"]: e for e in graph}
    assert about[f"inputs/raw/{PAST}"]["description"] == "Kỳ quý II năm 2031, dùng để so"
    assert about[f"inputs/{PERIOD}.yaml"]["name"] == "Tham số quý II năm 2031"


def test_a_corrected_past_cell_is_told_by_the_comparison(two: Two) -> None:
    workbook = two.root / "data" / "raw" / PAST
    kept = workbook.read_bytes()
    book = load_workbook(workbook)
    book["Chỉ tiêu"]["D2"] = "80,5"
    book.save(workbook)
    try:
        again = made(two.root, NEXT)
    finally:
        workbook.write_bytes(kept)
    with sealed_run(two.second) as old, sealed_run(again) as new:
        before, now = old.cells(old.workbooks), new.cells(new.workbooks)
        changed = {place for place in now if now[place] != before.get(place)}
    assert changed == {(PAST, "Chỉ tiêu", "D2")}
    done = thidua("diff", two.second, again, "--json")
    assert [(c["file"], c["old"], c["new"]) for c in json.loads(done.stdout)["cells"]] == [(PAST, "120", "80,5")]
    assert [f["new"] for f in json.loads(done.stdout)["findings"]] == [None]


def test_the_second_period_is_reproduced_from_its_archive(two: Two) -> None:
    done = thidua("reproduce", two.second)
    assert done.returncode == 0, done.stdout + done.stderr
