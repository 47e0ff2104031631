"""Telling a run from what is none, and where the run is that a person meant."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from thidua.archive.bag import MARKS
from thidua.errors import NoRun
from thidua.language.text import nearest


def is_run(path: Path) -> bool:
    """Whether this is a sealed run, whole or damaged: a folder with one of a bag's own files, or a zip of one."""
    if path.is_dir():
        return any((path / name).is_file() for name in MARKS)
    if path.suffix != ".zip" or not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = [PurePosixPath(name).parts for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError):
        return False
    return any(len(parts) == 2 and parts[1] in MARKS for parts in names)


def runs_in(folder: Path) -> list[Path]:
    """The sealed runs that stand in a folder, folders before zips, by name."""
    if not folder.is_dir():
        return []
    found = [p for p in folder.iterdir() if not p.name.startswith(".") and is_run(p)]
    return sorted(found, key=lambda p: (p.is_file(), p.name))


def whole_run(path: Path) -> Path:
    """The run that something that is there is a part of; the path itself where it is no part of one."""
    if not path.exists() or is_run(path):
        return path
    return next((parent for parent in path.resolve().parents if is_run(parent)), path)


def no_run(path: Path) -> NoRun:
    """The error for a path that is no run: of which run it is a part, or which runs may have been meant."""
    whole = next((parent for parent in path.resolve().parents if is_run(parent)), None)
    if whole is not None:
        return NoRun(path, exists=path.exists(), part_of=whole)
    places = (path, path / "output", path.parent, path.parent / "output")
    runs = next(filter(None, map(runs_in, places)), [])
    if path.exists():
        return NoRun(path, exists=True, near=runs)
    return NoRun(path, exists=False, near=_meant(path.name, runs))


def _meant(name: str, runs: Iterable[Path]) -> list[Path]:
    """The runs whose names begin in this way, else the one that looks most like it, else all."""
    by_name = {run.name: run for run in runs}
    begun = [run for known, run in by_name.items() if known.startswith(name)]
    alike = nearest(name, by_name)
    return begun or ([by_name[alike]] if alike else list(by_name.values()))
