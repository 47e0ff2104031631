"""Whether what is kept of earlier runs is ever taken wrongly: `benchmarks/kept.py [CHANGES] [--root ROOT] [PERIOD]`.

Changes workbooks, params, rules and notebooks of a copy of a suite at random, each change upon the one before, and
compares the whole run, executed sections and all that is made of them, with a fresh one byte by byte. Prints how many
sections ran again, and ends with status 1 at the first difference. What is refused must be refused in the same words.
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
    """Change a cell of a workbook or how it is shown, take a row out, add an empty one, exchange two, hide a sheet."""
    path = chance.choice(sorted((root / "data" / "raw" / period).rglob("*.xlsx")))
    book = load_workbook(path)
    sheet = chance.choice([s for s in book.worksheets if s.max_row > 3])
    cells = [c for row in sheet.iter_rows(min_row=2) for c in row if c.value is not None]
    cell, other = chance.choice(cells), chance.choice(cells)
    match chance.choices(["value", "row", "shown", "exchange", "state"], [12, 2, 2, 2, 1])[0]:
        case "value":
            cell.value = another_value(cell.value, [c.value for c in cells if isinstance(c.value, str)], chance)
        case "row" if chance.random() < 0.5:
            sheet.delete_rows(cell.row)
        case "row":
            sheet.insert_rows(cell.row)
        case "shown":
            cell.number_format = chance.choice(["0.0", "#,##0", "0%", "@", "dd/mm/yyyy"])
        case "exchange":
            cell.value, other.value = other.value, cell.value
        case _:
            sheet.sheet_state = "hidden" if sheet.sheet_state == "visible" else "visible"
    book.save(path)
    return path


def another_value(value: object, texts: list[str], chance: random.Random) -> str | float | None:
    """What somebody may have written into a cell instead of `value`."""
    match value:
        case int() | float():
            return chance.choice([value + 1, value * 10, 0, None, -value, str(value)])
        case str() as text:
            return chance.choice([f"{text} thêm", chance.choice(texts), None, text.replace("a", "à"), f" {text}", 7])
    return None


def take_workbook(root: Path, period: str, chance: random.Random) -> Path:
    """Take a workbook away, or submit it a second time under another name."""
    path = chance.choice(sorted((root / "data" / "raw" / period).rglob("*.xlsx")))
    if chance.random() < 0.5:
        path.unlink()
        return path
    return Path(shutil.copy(path, path.with_stem(f"{path.stem}-{chance.randrange(100)}")))


def change_params(root: Path, period: str, chance: random.Random) -> Path:
    """Change a text, number or date of the period's params, or take the line out."""
    return change_line(root / "params" / f"{period}.yaml", r" +(- )?\w+: [^{\[|>]+$", chance)


def change_rules(root: Path, _: str, chance: random.Random) -> Path:
    """Change a number or text of the rules."""
    return change_line(root / "params" / "rules.yaml", r" +(- )?\w+: [^{\[|>]+$", chance)


def change_line(path: Path, pattern: str, chance: random.Random) -> Path:
    """Change what stands behind the colon of one line of `path` that matches, or take the line out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    spot = chance.choice([n for n, line in enumerate(lines) if re.match(pattern, line)])
    if chance.random() < 0.1:
        del lines[spot]
    elif numbers := list(re.finditer(r"\d+", lines[spot].partition(":")[2])):
        at, found = lines[spot].index(":") + 1, chance.choice(numbers)
        changed = str(int(found[0]) + 1).zfill(len(found[0]))
        lines[spot] = lines[spot][: at + found.start()] + changed + lines[spot][at + found.end() :]
    else:
        lines[spot] = re.sub(r"(['\"]?)$", r" mới\1", lines[spot].rstrip(), count=1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def change_notebook(root: Path, _: str, chance: random.Random) -> Path:
    """Change a notebook: a sentence or a code more, a prose cell less, two exchanged, another place in the order."""
    path = chance.choice(sorted((root / "notebooks").glob("*.ipynb")))
    book = json.loads(path.read_text(encoding="utf-8"))
    prose = [n for n, cell in enumerate(book["cells"]) if "".join(cell["source"]).startswith("%%prose")]
    match chance.choices(["more", "less", "exchange", "order"], [6, 1, 1, 1])[0]:
        case "more" if prose:
            cell = book["cells"][chance.choice(prose)]
            cell["source"] = "".join(cell["source"]) + chance.choice([" Thêm một câu.", "\n\nSố liệu: {unit.name}."])
        case "less" if len(prose) > 1:
            del book["cells"][chance.choice(prose)]
        case "exchange" if len(prose) > 1:
            one, two = chance.sample(prose, 2)
            book["cells"][one], book["cells"][two] = book["cells"][two], book["cells"][one]
        case "order":
            return path.rename(path.with_name(f"{chance.randrange(10, 99)}{path.name[2:]}"))
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


CHANGES = {
    change_workbook: 12,
    take_workbook: 1,
    change_params: 2,
    change_rules: 1,
    change_notebook: 5,
}


def state(root: Path) -> dict[Path, bytes]:
    """The bytes of all that a person writes."""
    return {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and "processed" not in p.parts}


def restore(root: Path, wanted: dict[Path, bytes]) -> None:
    """Bring `root` back to an earlier state, touching only what differs."""
    now = state(root)
    for path in now.keys() - wanted.keys():
        path.unlink()
    for path, written in wanted.items():
        if now.get(path) != written:
            path.write_bytes(written)


def outcome(root: Path, period: str, *, fresh: bool) -> tuple[int, dict[str, bytes]]:
    """As `made`; where the suite became unusable, the errors in place of the files."""
    try:
        return made(root, period, fresh=fresh)
    except ThiduaError as error:
        return 0, {"": str(error).encode()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
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
        sections = made(root, given.period, fresh=True)[0]
        kinds = {
            c: w for c, w in CHANGES.items() if c is not change_rules or (root / "params" / "rules.yaml").is_file()
        }
        states, ran, unusable = [state(root)], 0, 0
        for number in range(given.changes):
            change = chance.choices(list(kinds), list(kinds.values()))[0]
            # Now and then somebody takes all back that was changed since, and goes on from there.
            restore(root, chance.choice(states[-6:]) if chance.random() < 0.1 else states[-1])
            path = change(root, given.period, chance)
            again, kept = outcome(root, given.period, fresh=False)
            fresh = outcome(root, given.period, fresh=True)[1]
            said = f"{number + 1}: {change.__name__}, {path.relative_to(root)}"
            if different := [n for n in sorted({*fresh, *kept}) if fresh.get(n) != kept.get(n)]:
                print(f"{said}: {', '.join(different) or 'errors'} would be stale")
                return 1
            print(f"{said}: {'refused' if '' in fresh else f'{again} of {sections} sections ran again'}", flush=True)
            if "" in fresh:
                unusable += 1
            else:
                ran += again
                states.append(state(root))
    usable = given.changes - unusable
    print(f"{usable} changes, {sections} sections: {ran / max(usable, 1):.1f} ran again on average, none was stale;")
    print(f"{unusable} changes were refused, with the same errors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
