"""What the package asks to be installed is used."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
# An application that officers work in, started and not imported.
STARTED = {"jupyterlab"}


def test_every_dependency_is_imported_somewhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    assert asked - _used() - STARTED == set()


def _used() -> set[str]:
    """The distributions that some module of the package imports, by statement or by name."""
    given = packages_distributions()
    used: set[str] = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            elif (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module"
            ):
                names = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            used |= {d.lower().replace("_", "-") for name in names for d in given.get(name.partition(".")[0], [])}
    return used
