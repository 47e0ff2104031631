"""Two real runs of a small report, made once: as first submitted, then with one cell corrected, a finding accepted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.roots import change_cell, run, thidua, tiny_root
from once import once
from plain_yaml import dumped, loaded
from workbooks import params_file


@dataclass(frozen=True)
class Runs:
    root: Path
    first: Path
    corrected: Path

    @property
    def output(self) -> Path:
        return self.root / "output"


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return Runs(*once(tmp_path_factory, "archive", _made))


def _made(folder: Path) -> tuple[Path, Path, Path]:
    root = tiny_root(folder / "root")
    first = run(root, "--zip")
    findings = json.loads(thidua("check", params_file(root), "--root", root, "--json").stdout)["findings"]
    change_cell(root, "E2", 125)
    settings = loaded(params_file(root).read_text(encoding="utf-8"))
    line = {"id": findings[0]["id"], "values": findings[0]["values"]}
    settings["accepted"] = [{**line, "who": "Lê Thị Soát", "why": "đơn vị tính theo diện tích cũ"}]
    params_file(root).write_text(dumped(settings), encoding="utf-8")
    return root, first, run(root)
