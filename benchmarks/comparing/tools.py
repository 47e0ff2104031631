"""The tools that thidua is held beside, in an environment of their own beside the benchmark."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
BESIDE, APART = (Path(__file__).with_name(f"requirements{suffix}.txt") for suffix in ("", "-apart"))
FOLDER = Path(__file__).parents[1] / ".tools"


@dataclass(frozen=True)
class Tools:
    """Where the commands of the tools are that share their Python with thidua, and of those that do not."""

    beside: Path
    apart: Path


def tools() -> Tools:
    """The tools; set up where they are missing or of other versions than wanted."""
    lock = (REPOSITORY / "uv.lock").read_bytes()
    wanted = hashlib.sha256(BESIDE.read_bytes() + APART.read_bytes() + lock + sys.version.encode()).hexdigest()
    stamp = FOLDER / "made-of"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
        uv = shutil.which("uv") or str(REPOSITORY / ".uv" / "bin" / "uv")
        export = ["export", "--frozen", "--no-dev", "--no-hashes", "--no-emit-project", "--quiet"]
        locked = FOLDER / "locked.txt"
        FOLDER.mkdir()
        locked.write_text(_run([uv, *export, "--project", REPOSITORY]))
        for folder, more in (("beside", ["-r", BESIDE, "-c", locked, "-e", REPOSITORY]), ("apart", ["-r", APART])):
            _run([uv, "venv", "--quiet", "--python", sys.executable, FOLDER / folder])
            _run([uv, "pip", "install", "--quiet", "--python", FOLDER / folder / "bin" / "python", *more])
        kernel = FOLDER / "jupyter" / "kernels" / "python3"
        kernel.mkdir(parents=True)
        words = [str(FOLDER / "beside" / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (kernel / "kernel.json").write_text(
            json.dumps({"argv": words, "display_name": "Python 3", "language": "python"})
        )
        stamp.write_text(wanted)
    return Tools(FOLDER / "beside" / "bin", FOLDER / "apart" / "bin")


def environment() -> dict[str, str]:
    """For every way alike: compiled modules are kept, kernels are those of the environment that thidua is in."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"JUPYTER_PATH": str(FOLDER / "jupyter")}


def versions(there: Tools) -> dict[str, str]:
    """Whose versions a result depends on, by name."""
    shared = ["papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "altair", "typst", *_named(BESIDE)]
    apart = [name for name in _named(APART) if name not in shared]
    commit = _run(["git", "-C", REPOSITORY, "rev-parse", "--short=7", "HEAD"]).strip()
    found = {"thidua": f"{version('thidua')} at {commit}", "Python": platform.python_version()}
    code = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]), sep='\\n')"
    for commands, names in ((there.beside, shared), (there.apart, apart)):
        numbers = _run([commands / "python", "-c", code, *names]).splitlines()
        found |= zip(names, numbers, strict=True)
    return found


def _named(requirements: Path) -> list[str]:
    return [line.partition("==")[0] for line in requirements.read_text().splitlines() if "==" in line]


def machine() -> dict[str, Any]:
    """Where it was measured, and how busy that machine was before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": models[0].partition(": ")[2] if models else platform.processor(),
        "processors": os.cpu_count(),
        "memory": f"{memory:.0f} GB",
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 1),
    }


def _run(command: list[Any]) -> str:
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, timeout=900).stdout
