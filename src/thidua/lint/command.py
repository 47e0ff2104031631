"""``thidua lint [P]``: what is typed that should not be, and how the report of a period reads."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from thidua import report
from thidua.document.document import Document
from thidua.errors import InputError, NotebooksFailed
from thidua.execute.sources import read_notebooks
from thidua.execute.warm import AT_ONCE
from thidua.inputs import read_inputs
from thidua.lint.lint import KnownNames, lint, proper_names
from thidua.lint.style import style_faults
from thidua.progress.progress import Phase, Progress
from thidua.progress.showing import showing
from thidua.prose.checking import check_notebooks
from thidua.run.collect import figures
from thidua.run.composing import stitched
from thidua.run.executing import execute

CLEAN, FAULTS = 0, 1


def run(root: Path, params: Path | None, *, as_json: bool) -> int:
    """Print what is typed that should not be and, of a period that is given, faults of style. 0: nothing; 1: faults."""
    faults = lint(root, Path(str(files("thidua"))), KnownNames(proper_names(_texts(root))))
    if params is not None:
        phases = (Phase.READING, Phase.SECTIONS, Phase.STYLE)
        with showing("lint", f"{root}: {params.stem}", phases) as progress:
            document = _document(root, params, progress)
            progress.begin(Phase.STYLE)
            faults += style_faults(document)
    if as_json:
        print(json.dumps([f._asdict() for f in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            print(fault)
        print(f"{len(faults)} chỗ cần sửa." if faults else "Không có gì cần sửa.")
    return FAULTS if faults else CLEAN


def _document(root: Path, params: Path, progress: Progress) -> Document:
    """The report of a period, its sections run but nothing published."""
    progress.begin(Phase.READING)
    inputs = read_inputs(root, params)
    notebooks = read_notebooks({n: root / "notebooks" / f"{n}.ipynb" for n in inputs.params.notebooks})
    check_notebooks(notebooks)
    with tempfile.TemporaryDirectory() as folder:
        try:
            executed = execute(inputs, notebooks, Path(folder), AT_ONCE, progress)
        except NotebooksFailed as error:
            raise error.unkept() from None
        sections = executed.sections()
        return stitched(inputs, sections, figures(sections), f"{inputs.params.period}-0")


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
