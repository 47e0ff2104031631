"""The rooms of the library stand on each other in one direction, as pyproject.toml lists them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "thidua"


def test_no_room_imports_one_that_stands_higher(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_module_has_a_name_of_its_own() -> None:
    modules = [p for p in SOURCE.rglob("*.py") if p.stem != "__init__"]
    assert [name for name, count in Counter(p.name for p in modules).items() if count > 1] == []
