"""All ways to execute a report beside each other: `python benchmarks/compare.py`.

Every way works on the same copies of the suites, in turns, so many `--rounds`; what counts is its ratio to the
papermill command in a loop of the same round, with its spread. Both suites, the repository's report and a generated one
of `--sections` and `--figures`, or one that `--suite` names. `--quick`: three notebooks of each, one round; `--only`:
some ways. The other tools are set up in `benchmarks/.tools` first. Times of a busy machine are worth nothing, ratios a
little.

`--keep` writes results.json, and from it the tables of README.md and the chart, beside this file; `--tables` writes
these again without measuring. Else the tables are printed. Ends with status 1 where our notebooks are not the same as
papermill's, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from comparing.suite import Suite, generated, report
from comparing.tables import written
from comparing.tools import Tools, environment, machine, tools, versions
from comparing.ways import LOOP, SECTIONS, WAYS, NotThere, Way

from thidua.execute.picture_files import embed_pictures
from thidua.execute.tidying import tidied

HERE = Path(__file__).parent
_QUICK = 3


def measured(way: Way, suite: Suite, out: Path, there: Tools) -> dict[str, Any]:
    """Wall time and time of the processor of all its processes; or why it did not come to its end."""
    out.mkdir(parents=True, exist_ok=True)
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        way.work(suite, out, there)
    except NotThere as error:
        return {"failed": str(error)}
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", "") or str(error)
        return {"failed": said.strip().splitlines()[-1][:300]}
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": round(wall, 2), "processor": round(processor, 2)}


def compared(suite: Suite, folder: Path, rounds: int, there: Tools, only: str) -> dict[str, Any]:
    """The ways of all rounds on a suite, and whether ours makes what papermill makes."""
    # The tables are read and judged once, for all of them.
    check = [sys.executable, "-m", "thidua.cli", "check", suite.period, "--root", str(suite.root)]
    subprocess.run(check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    chosen = [way for way in WAYS if only in way.name or way.name in (LOOP, SECTIONS)]
    ways: dict[str, dict[str, Any]] = {way.name: {"makes": way.makes, "ours": way.ours, "rounds": []} for way in chosen}
    for number in range(1, rounds + 1):
        for place, way in enumerate(chosen):
            if "failed" in ways[way.name]:
                continue
            way.before(suite)
            out = folder / str(number) / (way.folder or str(place))
            took = measured(way, suite, out, there)
            print(f"{suite.name}, {number}/{rounds}, {way.name}: {took}", file=sys.stderr, flush=True)
            if "failed" in took:
                ways[way.name]["failed"] = took["failed"]
            else:
                ways[way.name]["rounds"].append(took)
    places = {way.name: folder / "1" / str(place) for place, way in enumerate(chosen)}
    return {
        "notebooks": len(suite.notebooks),
        "ways": ways,
        "different": different(suite, places[SECTIONS], places[LOOP]),
        "typesetting": typesetting(suite, places[SECTIONS], rounds, there),
    }


def different(suite: Suite, ours: Path, stock: Path) -> list[str]:
    """The notebooks that are not the same bytes, once papermill's are tidied as the archive's are."""
    found = []
    for path in suite.notebooks:
        node = tidied(nbformat.read(stock / path.name, as_version=4))
        embed_pictures(node, path.parent)
        nbformat.write(node, stock / path.name)
        if (ours / path.name).read_bytes() != (stock / path.name).read_bytes():
            found.append(path.name)
    return found


def typesetting(suite: Suite, executed: Path, rounds: int, there: Tools) -> dict[str, Any]:
    """What each typesetter took in each round."""
    command: list[str | Path] = [
        there.beside / "python",
        HERE / "comparing" / "typesetting.py",
        suite.root,
        suite.period,
        executed,
    ]
    found: dict[str, Any] = {}
    for _ in range(max(3, rounds)):
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=1800)
        if done.returncode:
            return {"failed": done.stderr.strip().splitlines()[-1][:300]}
        for name, took in json.loads(done.stdout).items():
            found.setdefault(name, []).append(took)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", choices=("report", "generated"))
    parser.add_argument("--period", default="2024-H1")
    parser.add_argument("--sections", type=int, default=20)
    parser.add_argument("--figures", type=int, default=500)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", metavar="TEXT", help="the ways that have it in their name, and the loop")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--tables", action="store_true")
    given = parser.parse_args()
    if given.tables:
        written(json.loads((HERE / "results.json").read_text(encoding="utf-8")), HERE)
        return 0
    there = tools()
    count, rounds = (_QUICK, given.rounds or 1) if given.quick else (None, given.rounds or 3)
    os.environ["PYTHONHASHSEED"] = "0"  # as a run sets it: what a set prints is the same in every process
    results: dict[str, Any] = {"versions": versions(there), "machine": machine(), "rounds": rounds, "suites": {}}
    with tempfile.TemporaryDirectory(prefix="thidua-compare-") as name:
        suites = []
        if given.suite != "generated":
            suites.append(report(Path(name, "report"), given.period, count))
        if given.suite != "report":
            suites.append(generated(Path(name, "generated"), given.sections, given.figures, count))
        for suite in suites:
            results["suites"][suite.name] = compared(
                suite, Path(name, "out", suite.root.name), rounds, there, given.only
            )
    tables = written(results, HERE if given.keep else None)
    print(tables)
    return 1 if any(suite["different"] for suite in results["suites"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
