"""The environment is recorded once and the same everywhere: pyproject.toml, uv.lock, environment.yml."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from plain_yaml import loaded

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
CONDA: dict[str, Any] = loaded((ROOT / "environment.yml").read_text(encoding="utf-8"))
EXTRAS = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
DIRECT = [*PROJECT["project"]["dependencies"], *EXTRAS, *PROJECT["dependency-groups"]["dev"]]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_conda_environment_is_in_step_with_the_lock() -> None:
    found = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert found == script().expected(), "run `make environment`"


def test_every_dependency_is_pinned_in_the_conda_environment_to_a_version_that_the_project_takes() -> None:
    (pip,) = (entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict))
    pinned = dict(line.split("==") for line in pip if "==" in line)
    for text in DIRECT:
        wanted = Requirement(text)
        assert wanted.specifier.contains(pinned[wanted.name.lower()]), text


def test_both_environments_take_the_same_python() -> None:
    assert f"python{PROJECT['project']['requires-python']}" in CONDA["dependencies"]
    assert LOCK["requires-python"] == PROJECT["project"]["requires-python"]


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    (own,) = (p for p in LOCK["package"] if p["name"] == PROJECT["project"]["name"])
    locked = {d["name"] for d in own["metadata"]["requires-dist"]}
    locked |= {d["name"] for d in own["metadata"]["requires-dev"]["dev"]}
    assert locked == {Requirement(text).name.lower() for text in DIRECT}


def test_every_library_that_the_code_imports_is_declared() -> None:
    named = packages_distributions()
    own = [*PROJECT["project"]["dependencies"], *EXTRAS]
    declared = {canonicalize_name(Requirement(text).name) for text in own}
    missing = {
        name
        for name in _imported(ROOT / "src") - set(sys.stdlib_module_names) - {PROJECT["project"]["name"]}
        if not declared & {canonicalize_name(d) for d in named[name]}
    }
    assert not missing


def _imported(folder: Path) -> set[str]:
    """The libraries that modules import at any place, by their first names."""
    nodes = [n for f in folder.rglob("*.py") for n in ast.walk(ast.parse(f.read_text(encoding="utf-8")))]
    whole = [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    parts = [n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module and not n.level]
    return {name.partition(".")[0] for name in (*whole, *parts)}


def test_the_lock_names_the_public_registry_and_no_other_place() -> None:
    sources = {tuple(sorted(p["source"].items())) for p in LOCK["package"]}
    assert sources == {(("registry", "https://pypi.org/simple"),), (("editable", "."),)}
    files = [f for p in LOCK["package"] for f in (*p.get("wheels", []), *filter(None, [p.get("sdist")]))]
    assert {re.match(r"https://([^/]+)/", f["url"])[1] for f in files} == {"files.pythonhosted.org"}  # type: ignore[index]
    assert all(f["hash"].startswith("sha256:") for f in files)


@pytest.mark.parametrize("name", ["uv.lock", "environment.yml", "pyproject.toml", "Makefile"])
def test_no_path_of_a_machine_is_recorded(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.:/])/(?:home|root|work|tmp|Users|mnt)/", text)
    assert not re.search(r"https?://(?:localhost|127\.|10\.|192\.168\.|[\w.-]*\.internal|[^/@\s]*@)", text)
