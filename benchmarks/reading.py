"""How long intake takes over the workbooks of a period: `python benchmarks/reading.py [FOLDER] [REPEATS]`.

Prints the time of the processor for opening every workbook of the folder, the best and the middle of the repeats, and
beside it the same for openpyxl alone, which two machines can be compared by.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "2024-H1"


def by_intake(path: Path) -> int:
    book = open_workbook(path)
    assert isinstance(book, RawWorkbook), str(book)
    return sum(len(sheet.cells) for sheet in book.sheets)


def by_openpyxl(path: Path) -> int:
    book = load_workbook(path, read_only=True, data_only=True)
    return sum(value is not None for sheet in book.worksheets for row in sheet.values for value in row)


def measured(read: Callable[[Path], int], paths: list[Path], repeats: int) -> tuple[list[float], int]:
    times, cells = [], 0
    for _ in range(repeats):
        start = time.process_time()
        cells = sum(map(read, paths))
        times.append(time.process_time() - start)
    return times, cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("repeats", type=int, nargs="?", default=7)
    given = parser.parse_args()
    folder, repeats = given.folder, given.repeats
    paths = sorted(folder.glob("*.xlsx"))
    print(f"{len(paths)} workbooks of {folder}, {repeats} times")
    middles = []
    for name, read in (("intake", by_intake), ("openpyxl alone", by_openpyxl)):
        times, cells = measured(read, paths, repeats)
        middles.append(statistics.median(times))
        print(f"{name:15} {min(times):.3f} s best, {middles[-1]:.3f} s middle, {cells} cells")
    print(f"ratio {middles[0] / middles[1]:.2f}")


if __name__ == "__main__":
    main()
