"""The environment that a run was made in: whether this process has it, and setting it up again from its lock."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from thidua.archive.software import locked, packages
from thidua.errors import ArchiveError
from thidua.machine.file_hash import file_hash
from thidua.machine.own_library import LOCK, library_files

_UV = "uv>=0.9"


@dataclass(frozen=True)
class Environment:
    """A Python with the packages of a run: its interpreter, a sentence on where it comes from, and its settings.

    ``sources`` is where the interpreter finds the archived library, None where it is installed.
    """

    python: Path
    origin: str
    sources: Path | None = None

    @property
    def settings(self) -> dict[str, str]:
        """Environment variables under which nothing but this environment and the archived library is found."""
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
        return kept | {"PYTHONNOUSERSITE": "1"} | ({"PYTHONPATH": str(self.sources)} if self.sources else {})


def differences(library: Path, recorded: Mapping[str, str]) -> list[str]:
    """How this process differs from the environment of an archived library; empty where it does not.

    ``recorded`` are the versions by name that the run's metadata names, Python's among them.
    """
    own = library_files()
    archived = {p.relative_to(library).as_posix(): p for p in library.rglob("*") if p.is_file()}
    changed = sum(1 for name in {*own, *archived} if _hash(own.get(name)) != _hash(archived.get(name)))
    return other_versions(library, recorded) + ([f"thư viện thidua khác ở {changed} tệp"] if changed else [])


def other_versions(library: Path, recorded: Mapping[str, str]) -> list[str]:
    """Which of Python and the packages differ in this process; ``library`` has the lock that names what is missing."""
    found = []
    python = recorded.get("Python", "")
    if python and python != platform.python_version():
        found.append(f"Python {platform.python_version()}, khi lập là {python}")
    own = packages()
    lock = library / LOCK
    versions = locked(lock.read_text(encoding="utf-8")) if own.keys() - recorded and lock.is_file() else {}
    for name, version in own.items():
        wanted = {recorded[name]} if name in recorded else versions.get(name, frozenset())
        if version not in wanted:
            found.append(f"{name} {version}, khi lập là {' hoặc '.join(sorted(wanted)) or 'không có'}")
    return found


def current(library: Path) -> Environment:
    """This process's packages with the archived library."""
    origin = "môi trường hiện có, giống hệt môi trường khi lập"
    return Environment(Path(sys.executable), origin, library / "src")


def rebuilt(library: Path, folder: Path, python: str) -> Environment:
    """Set up the archived library with the packages of its lock in ``folder``, from the package registries.

    ArchiveError where the run holds no lock, or the packages cannot be had.
    """
    if not (library / LOCK).is_file():
        raise ArchiveError("Lần chạy không lưu môi trường đã khóa (uv.lock), không dựng lại được.")
    settings = {
        **{k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")},
        "UV_PROJECT_ENVIRONMENT": str(folder),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    command = [*_uv(folder.with_name("uv")), "sync", "--frozen", "--no-dev", "--quiet", "--project", str(library)]
    wanted = ".".join(python.split(".")[:2])
    done = _run([*command, "--python", wanted], settings) if wanted else None
    note = ""
    if done is None or done.returncode != 0:
        # The Python of that time may be gone from this machine; whether it matters, the comparison shows.
        done = _run([*command, "--python", sys.executable], settings)
        note = f", với Python {platform.python_version()}" if wanted else ""
    if done.returncode != 0:
        raise ArchiveError(f"Không dựng lại được môi trường đã lưu:\n{done.stderr.strip()[-1500:]}")
    return Environment(folder / "bin" / "python", f"môi trường dựng lại từ uv.lock đã lưu{note}")


def _uv(folder: Path) -> list[str]:
    """The command uv: on the path, beside this interpreter, in the project's own folder, or set up aside."""
    beside = Path(sys.executable).parent
    places = [beside / "uv", beside.parent.parent / ".uv" / "bin" / "uv"]
    found = shutil.which("uv") or next((str(p) for p in places if p.is_file()), None)
    if found:
        return [found]
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", _UV],
    ):
        done = _run(command, os.environ)
        if done.returncode != 0:
            raise ArchiveError(f"Không cài được uv để dựng lại môi trường:\n{done.stderr.strip()[-1500:]}")
    return [str(folder / "bin" / "uv")]


def _run(command: list[str], settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


def _hash(path: Path | None) -> str:
    return file_hash(path) if path else ""
