"""The library's own files, as they are archived with each run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from thidua.machine.file_hash import files_hash

LOCK = "uv.lock"
_PROJECT = ("pyproject.toml", LOCK, "README.md", "LICENSE")


@cache
def library_files() -> Mapping[str, Path]:
    """The library as a project that can be set up again, by path: sources, project file and lock."""
    package, project = _package(), project_folder()
    found = {
        f"src/thidua/{path.relative_to(package).as_posix()}": path
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    return found | {name: project / name for name in _PROJECT if (project / name).is_file()}


@cache
def library_hash() -> str:
    """The hash of all of them, by their names."""
    return files_hash(sorted(library_files().items()))


def project_folder() -> Path:
    """The folder of the project, two above the package in a checkout."""
    return _package().parent.parent


def _package() -> Path:
    return Path(str(files("thidua")))
