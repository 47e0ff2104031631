"""``thidua lint``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from thidua import report
from thidua.errors import InputError
from thidua.lint.lint import KnownNames, lint, proper_names

CLEAN, FAULTS = 0, 1


def run(options: argparse.Namespace) -> int:
    """Print what is typed that should not be. 0: nothing; 1: faults."""
    root = options.root.resolve()
    faults = lint(root, Path(str(files("thidua"))), KnownNames(proper_names(_texts(root))))
    if options.json:
        print(json.dumps([f._asdict() for f in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            print(fault)
        print(f"{len(faults)} chỗ cần chuyển sang params/ hoặc data/raw/." if faults else "Không có gì viết thẳng.")
    return FAULTS if faults else CLEAN


def _texts(root: Path) -> Iterator[str]:
    """Names of places and persons of every period that the root has params and data for."""
    for file in sorted((root / "params").glob("*.yaml")):
        try:
            opened = report.open_report(file.stem, root)
        except (InputError, ValueError):
            continue
        unit = opened.unit
        yield from (unit.name, unit.short_name, unit.place, unit.superior or "", opened.document.signer.name or "")
        for model in opened.role_models:
            yield from (str(model.name or ""), str(model.address or ""))
