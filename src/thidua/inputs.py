"""What a run starts from: params and workbooks, read and validated before anything is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thidua import params as parameters
from thidua.checks.rules.declared import FILE as RULES_FILE
from thidua.checks.rules.declared import Rules, load_rules
from thidua.dataset import Dataset
from thidua.errors import InputError, Problem
from thidua.params import Params
from thidua.report import forget_records, load_records
from thidua.text import nearest


@dataclass(frozen=True)
class Inputs:
    """What a run starts from, read and validated."""

    root: Path
    params_file: Path
    params: Params
    data: Dataset
    rules: Rules


def read_inputs(root: Path, params_file: Path, *, fresh: bool = False) -> Inputs:
    """Read params and workbooks. InputError names every problem of both."""
    params = parameters.load(params_file)
    problems = _missing_notebooks(root, params, params_file)
    if fresh:
        forget_records(root, params)
    try:
        records = load_records(root, params, params_file)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return Inputs(root, params_file, params, Dataset(records), load_rules(params_file.parent / RULES_FILE))


def _missing_notebooks(root: Path, params: Params, params_file: Path) -> list[Problem]:
    present = [p.stem for p in (root / "notebooks").glob("*.ipynb")]
    problems = []
    for name in params.notebooks:
        if name not in present:
            near = nearest(name, present)
            expected = "tên một notebook trong notebooks/" + (f"; gần nhất là «{near}»" if near else "")
            problems.append(Problem(params_file.name, "", "", f"không có notebook «{name}»", expected))
    return problems
