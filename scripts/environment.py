"""Write environment.yml, for conda users, from pyproject.toml and uv.lock. Run by `make environment`."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
SYSTEM = ("python>=3.11", "pip")


def expected() -> str:
    """The text that environment.yml should have."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    versions = {p["name"]: p["version"] for p in lock["package"] if "version" in p}
    extras = chain.from_iterable(project["project"]["optional-dependencies"].values())
    direct = [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]
    names = sorted({re.split(r"[<>=!~\[ ]", d, maxsplit=1)[0].lower() for d in direct})
    lines = ["# Made by `make environment` from pyproject.toml and uv.lock; do not edit.", "name: thidua"]
    lines += ["channels:", "  - conda-forge", "dependencies:", *(f"  - {s}" for s in SYSTEM), "  - pip:"]
    lines += [f"      - {name}=={versions[name]}" for name in names]
    lines += ["      - --no-deps -e ."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(expected(), encoding="utf-8")
