"""Whether what is kept of earlier runs is ever taken wrongly: `benchmarks/kept.py [CHANGES] [--root ROOT] [PERIOD]`.

Changes cells of workbooks, params and notebooks of a copy of a suite at random, each change upon the one before, and
compares the whole run, executed sections and all that is made of them, with a fresh one byte by byte. Prints how many
sections ran again, and ends with status 1 at the first difference.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from openpyxl import load_workbook

from thidua.archive.bag import payload
from thidua.archive.origin import CRATE
from thidua.errors import ThiduaError
from thidua.inputs import read_inputs
from thidua.progress.progress import Phase, Progress
from thidua.run.pipeline import run

REPOSITORY = Path(__file__).parents[1]


class Ran(Progress):
    """How many sections ran."""

    def __init__(self) -> None:
        self.count = 0

    def begin(self, phase: Phase, parts: Collection[str] = ()) -> None:
        if phase is Phase.SECTIONS:
            self.count = len(parts)


def made(root: Path, period: str, *, fresh: bool) -> tuple[int, dict[str, bytes]]:
    """How many sections ran, and the bytes of all files of the run. ThiduaError where the suite became unusable."""
    inputs, ran = read_inputs(root, root / "params" / f"{period}.yaml", fresh=fresh), Ran()
    with tempfile.TemporaryDirectory() as output:
        files = payload(run(inputs, Path(output), 2, ran, None, fresh=fresh)[0])
        return ran.count, {name: path.read_bytes() for name, path in files.items() if name != CRATE}


def change_workbook(root: Path, period: str, chance: random.Random) -> Path:
    """Change one cell of a workbook, or take a row out."""
    path = chance.choice(sorted((root / "data" / "raw" / period).rglob("*.xlsx")))
    book = load_workbook(path)
    sheets = [s for s in book.worksheets if s.max_row > 3]
    sheet = chance.choice(sheets)
    cells = [c for row in sheet.iter_rows(min_row=2) for c in row if c.value is not None and not hasattr(c, "_merged")]
    cell = chance.choice(cells)
    values = sorted({str(c.value) for c in cells if isinstance(c.value, str)})
    match cell.value:
        case int() | float():
            cell.value = chance.choice([cell.value + 1, cell.value * 10, 0, None, -cell.value])
        case str() as text if chance.random() < 0.1:
            sheet.delete_rows(cell.row)
            del text
        case str() as text:
            cell.value = chance.choice([f"{text} thêm", chance.choice(values), None, text.replace("a", "à")])
        case _:
            cell.value = None
    book.save(path)
    return path


def change_params(root: Path, period: str, chance: random.Random) -> Path:
    """Change a value of the unit or of the document."""
    path = root / "params" / f"{period}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    spots = [n for n, line in enumerate(lines) if re.match(r"  +(name|issuer|title|symbol|council|place): ", line)]
    spot = chance.choice(spots)
    lines[spot] = f"{lines[spot].rstrip()} mới"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def change_notebook(root: Path, period: str, chance: random.Random) -> Path:
    """Change a sentence of a notebook, or use another code in it."""
    path = chance.choice(sorted((root / "notebooks").glob("*.ipynb")))
    book = json.loads(path.read_text(encoding="utf-8"))
    cells = [c for c in book["cells"] if "".join(c["source"]).startswith("%%prose")]
    if cells:
        cell = chance.choice(cells)
        cell["source"] = "".join(cell["source"]) + chance.choice([" Thêm một câu.", "\n\nSố liệu: {unit.name}."])
        path.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("changes", type=int, nargs="?", default=20)
    parser.add_argument("period", nargs="?", default="2024-H1")
    parser.add_argument("--root", type=Path, default=REPOSITORY)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "root")
        for part in ("params", "data/raw", "notebooks"):
            shutil.copytree(given.root / part, root / part)
        sections = made(root, given.period, fresh=False)[0]
        again = unusable = 0
        for number in range(given.changes):
            change = chance.choices([change_workbook, change_params, change_notebook], [6, 1, 2])[0]
            before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and "processed" not in p.parts}
            path = change(root, given.period, chance)
            try:
                ran, kept = made(root, given.period, fresh=False)
            except ThiduaError:
                path.write_bytes(before[path])
                unusable += 1
                continue
            fresh = made(root, given.period, fresh=True)[1]
            again += ran
            if different := [n for n in sorted({*fresh, *kept}) if fresh.get(n) != kept.get(n)]:
                print(f"change {number} ({change.__name__}, {path.name}): {', '.join(different)} would be stale")
                return 1
    usable = given.changes - unusable
    print(f"{usable} changes, {sections} sections: {again / max(usable, 1):.1f} ran again on average, none was stale")
    return 0


if __name__ == "__main__":
    sys.exit(main())
