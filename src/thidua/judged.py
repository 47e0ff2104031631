"""What the checks say of a period's numbers, kept beside its tidy tables so that every notebook need not judge anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from thidua.checks.engine import Checked, check
from thidua.checks.rules_file import FILE as RULES_FILE
from thidua.checks.rules_file import load_rules, with_common
from thidua.dataset import Dataset
from thidua.figures import Cell
from thidua.inputs import Inputs, earlier_periods, past_periods
from thidua.intake.records import Record
from thidua.intake.tidy import inputs_hash, replace_file
from thidua.intake.unit_runs import UnitRun, unit_files
from thidua.machine.file_hash import files_hash
from thidua.settings.params import Params
from thidua.stated_row import Judgement

_FILE = "judgement.json"


def judgement_of(
    root: Path, params: Params, params_file: Path, records: list[Record], units: Sequence[UnitRun] = ()
) -> Judgement:
    """Which of the period's numbers are in doubt; as kept where inputs and checks are the same, else judged anew.

    InputError where the declared rules cannot be read.
    """
    stamp = _stamp(root, params, params_file)
    found = _read(_file(root, params), stamp) if stamp else None
    if found is None:
        rules = with_common(load_rules(params_file.parent / RULES_FILE))
        past, _ = past_periods(root, params, params_file)
        found = check(Dataset(records, units=units), params, rules, past).judgement
        _write(_file(root, params), stamp, found)
    return found


def keep_judgement(inputs: Inputs, checked: Checked) -> None:
    """Keep what a check of the inputs has found, for the notebooks that will ask.

    Not where one was saved since it was read: what is said of the old one would be taken for what the new one states.
    """
    file, stamp = _file(inputs.root, inputs.params), _stamp(inputs.root, inputs.params, inputs.params_file)
    if stamp and _read(file, stamp) is None and not inputs.saved_since():
        _write(file, stamp, checked.judgement)


def _file(root: Path, params: Params) -> Path:
    return root / "data" / "processed" / params.period / _FILE


def _stamp(root: Path, params: Params, params_file: Path) -> str | None:
    digest = inputs_hash(_inputs(root, params, params_file))
    return digest and hashlib.sha256((digest + _code_hash()).encode()).hexdigest()


def _write(path: Path, stamp: str | None, found: Judgement) -> None:
    if stamp and path.parent.is_dir():
        with suppress(OSError):  # a folder that may not be written costs time and no more
            replace_file(path, json.dumps({"stamp": stamp, **_as_json(found)}, ensure_ascii=False, indent=1) + "\n")


def _inputs(root: Path, params: Params, params_file: Path) -> Iterator[Path]:
    """All that the judgement rests on: params, workbooks and declared rules, and the same of earlier periods."""
    found = [params_file.parent / RULES_FILE]
    for each in {params.period, *(p.id for p in earlier_periods(params, params_file).values())}:
        found.append(params_file.parent / f"{each}.yaml")
        found += (root / "data" / "raw" / each).rglob("*.xlsx")
    found += unit_files(root, params.period).values()
    return (path for path in {*found, params_file} if path.is_file())


@cache
def _code_hash() -> str:
    """What other checks, or figures combined otherwise, have judged is not this version's judgement."""
    folder = Path(__file__).parent
    code = [p for part in ("checks", "figures") for p in (folder / part).rglob("*") if p.suffix in (".py", ".yaml")]
    data = folder.glob("*.py")
    return files_hash((path.name, path) for path in sorted([*code, *data]))


def _as_json(found: Judgement) -> dict[str, object]:
    doubts = [[*_place(cell), why] for cell, why in found.doubts.items()]
    bases = [[_place(cell) for cell in (printed, *base)] for printed, base in found.bases.items()]
    return {"doubts": doubts, "bases": bases}


def _read(path: Path, stamp: str) -> Judgement | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["stamp"] != stamp:
            return None
        doubts = {Cell(*place): why for *place, why in kept["doubts"]}
        bases = {Cell(*printed): (Cell(*part), Cell(*whole)) for printed, part, whole in kept["bases"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Judgement(doubts, bases)


def _place(cell: Cell) -> tuple[str, str, str]:
    return cell.file, cell.sheet, cell.address
