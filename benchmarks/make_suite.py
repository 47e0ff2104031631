"""A suite of any size, to measure with: `python benchmarks/make_suite.py --to FOLDER`.

FOLDER becomes a folder of reports that `thidua run 2031-H1 --root FOLDER` makes a report of: params, notebooks,
workbooks of an invented commune, with few findings. `--sections`, `--figures` (submitted numbers), `--workbooks` and
`--submitters` (sub-units that submit one table each) say how large it is, `--slips` how many printed percentages are
off. With `--units U`, FOLDER gets as many folders of reports, `xa-001` and so on: communes that submit the same tables
with numbers of their own. The same arguments make the same bytes (tests/generated/suites.py).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for each in fields(Size):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)
    parser.add_argument("--units", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    size = Size(*(getattr(given, each.name) for each in fields(Size)))
    numbers = {n: given.to / f"xa-{n:03d}" for n in range(1, given.units + 1)} or {0: given.to}
    for number, folder in numbers.items():
        write_suite(suite(size, given.seed, number), folder)
        print(f"{folder}: {PERIOD}, {size}")


if __name__ == "__main__":
    main()
