"""The software that a run was made with: the library's own files, its commit, the versions of all it stands on."""

from __future__ import annotations

import platform
import re
import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from typing import Any

from thidua.machine.own_library import LOCK, project_folder

_NAME = re.compile(r"[A-Za-z0-9._-]+")
# Lines of a package's metadata, which a library would read by the rules of mail, ten times as long.
_VERSION, _REQUIRED = "Version: ", "Requires-Dist: "


@dataclass(frozen=True)
class Software:
    """Versions by name; ``commit`` is empty where the library does not come from a repository."""

    thidua: str
    commit: str
    python: str
    system: str
    packages: dict[str, str]


def software() -> Software:
    """The software of this process."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return Software(version("thidua"), _commit(), platform.python_version(), system, packages())


@cache
def packages() -> dict[str, str]:
    """Installed versions of the packages that the library needs, directly or through others, by normalised name."""
    found: dict[str, str] = {}
    waiting = ["thidua"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # needed on other systems only
            continue
        lines = (package.read_text("METADATA") or "").partition("\n\n")[0].splitlines()
        versions = (line.removeprefix(_VERSION) for line in lines if line.startswith(_VERSION))
        found[name] = next(versions, None) or package.version
        for line in (line.removeprefix(_REQUIRED) for line in lines if line.startswith(_REQUIRED)):
            match = _NAME.match(line)
            if match and "extra ==" not in line:
                waiting.append(normalised(match[0]))
    found.pop("thidua", None)
    return dict(sorted(found.items()))


def recorded_versions(graph: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Versions by name in the ``@graph`` of a run's RO-Crate."""
    return {e["name"]: e["softwareVersion"] for e in graph if e["@type"] == "SoftwareApplication"}


def locked(lock: str) -> dict[str, frozenset[str]]:
    """Versions in the text of a uv.lock, by normalised name: a lock may have one for each version of Python."""
    content: dict[str, Any] = tomllib.loads(lock)
    found: dict[str, set[str]] = {}
    for package in content.get("package", []):
        if "version" in package:
            found.setdefault(normalised(package["name"]), set()).add(package["version"])
    return {name: frozenset(versions) for name, versions in found.items()}


def normalised(name: str) -> str:
    """A package's name as registries compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _commit() -> str:
    if not (project_folder() / ".git").exists():
        return ""
    commit = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--", "src/thidua", "pyproject.toml", LOCK)
    return f"{commit} (có sửa đổi chưa ghi vào kho)" if commit and changed else commit


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=project_folder(), capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
