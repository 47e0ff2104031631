"""A small report folder that runs in a few seconds, and the commands upon it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sections import lent
from thidua.cli import main
from workbooks import FILE, PERIOD, indicators, raw, write_root

ROWS = [
    {"code": "lua", "name": "Diện tích lúa đã cấy", "unit": "ha", "actual": 120, "plan": 150, "last": 100},
    {"code": "ngo", "name": "Diện tích ngô đã trồng", "unit": "ha", "actual": 80.5, "plan": 75, "printed_to_plan": 100},
]
SECTIONS = [
    {"notebook": "01_mo_dau", "kind": "front"},
    {"heading": "Kết quả thực hiện", "sections": [{"notebook": "10_kinh_te"}]},
    {"notebook": "90_ky", "kind": "back"},
]
_CELLS = {
    "01_mo_dau": ["head(report)", "%%prose\n{unit.issuer} báo cáo kết quả {period.name} như sau:"],
    "10_kinh_te": [
        "%%prose\nCấy được {lua} lúa[, {đạt lua}].^[Số của Phòng Kinh tế.]",
        "%%prose\nTrồng được {ngo} ngô[, {đạt ngo}].",
        'progress_table([report.indicators.lua, report.indicators.ngo], title="Tiến độ", key="tien_do")',
    ],
    "90_ky": ["signature(report)"],
}
_IMPORT = "%load_ext thidua\nfrom thidua.notebook import head, open_report, progress_table, signature\n\n"


def tiny_root(folder: Path, **changes: Any) -> Path:
    """A commune with one department, two indicators and three notebooks. The second's printed percentage is wrong."""
    write_root(folder, {FILE: indicators(*ROWS)}, **{"sections": SECTIONS, **changes})
    for name, cells in _CELLS.items():
        write_notebook(folder, name, cells)
    return folder


def write_notebook(root: Path, name: str, cells: list[str]) -> None:
    parameters = _code("period = None", "o-02") | {"metadata": {"tags": ["parameters"]}}
    title = {"cell_type": "markdown", "id": "o-01", "metadata": {}, "source": f"# Mục {name}"}
    first = _code(f"{_IMPORT}report = open_report(period)", "o-03")
    code = [_code(source, f"o-{number:02d}") for number, source in enumerate(cells, 4)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": [title, parameters, first, *code], "metadata": {"kernelspec": kernel}}
    path = root / "notebooks" / f"{name}.ipynb"
    path.write_text(json.dumps({**content, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False), encoding="utf-8")


def _code(source: str, id: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "id": id, "metadata": {}, "outputs": [], "source": source}


def change_cell(root: Path, cell: str, value: str | float) -> None:
    """Correct one cell of the department's indicator sheet."""
    book = load_workbook(raw(root))
    book["Chỉ tiêu"][cell] = value
    book.save(raw(root))


def thidua(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command as an officer gives it. With further environment variables it has a Python of its own."""
    words = list(map(str, arguments))
    if settings:
        command = [sys.executable, "-m", "thidua.cli", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | settings)
    with lent(), _drawing_goes_on(), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as errors:
        status = main(words)
    return subprocess.CompletedProcess(words, status, out.getvalue(), errors.getvalue())


@contextmanager
def _drawing_goes_on() -> Iterator[None]:
    """The process that draws stays for the next command of the tests: it takes half a second to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("thidua.publish.publish.all_drawn", lambda: None)
        yield


def made_by(done: subprocess.CompletedProcess[str]) -> Path:
    """The finished run whose report the last line says to open."""
    return Path(done.stdout.splitlines()[-1]).parents[1]


def run(root: Path, *options: object, **settings: str) -> Path:
    """Make the report; the path of the finished run."""
    done = thidua("run", root / "params" / f"{PERIOD}.yaml", "--root", root, *options, **settings)
    assert done.returncode in (0, 1), done.stderr
    return made_by(done)
