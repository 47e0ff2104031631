"""How many single slips the checks notice, by kind: `python benchmarks/slips.py [SAMPLE]`.

The slips are made in the repository's period beside a made-up year before it (tests/checks/slips.py). Prints for each
kind how many of so many were noticed, by a finding that names the cell.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from checks.slips import KINDS, noticed, slips


def main(sample: int) -> None:
    total, caught = 0, 0
    for kind in KINDS:
        made = [noticed(slip) for slip in slips(kind, sample)]
        total, caught = total + len(made), caught + sum(made)
        print(f"{sum(made):4} / {len(made):<4} {kind}", flush=True)
    print(f"{caught:4} / {total:<4} tất cả")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sample", type=int, nargs="?", default=40)
    main(parser.parse_args().sample)
