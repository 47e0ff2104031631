"""Small communes of one province, each with a folder of reports of its own."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from archive.roots import ROWS, SECTIONS, tiny_root
from workbooks import FILE, PARAMS, PERIOD, add_form, new_book


def communes(folder: Path, count: int, **changes: Any) -> list[Path]:
    """Folders «xa-1» and so on; one report has three sections, and a printed percentage that is wrong."""
    return [commune(folder / f"xa-{n}", f"xã Suối {n}", **changes) for n in range(1, count + 1)]


def commune(root: Path, name: str, **changes: Any) -> Path:
    """The folder of reports of a commune of this name."""
    unit = copy.deepcopy(PARAMS["unit"]) | {"name": name, "issuer_full": f"Ủy ban nhân dân {name}"}
    tiny_root(root, **{"unit": unit, "sections": SECTIONS, **changes})
    book = new_book(unit=name)
    add_form(book, "Chỉ tiêu", ROWS)
    book.save(root / "data" / "raw" / PERIOD / FILE)
    return root


def begun(folder: Path) -> list[Path]:
    """The workspaces below a folder in which runs are being made; each may be gone at any moment."""
    try:
        return [inputs.parents[1] for inputs in folder.glob("**/.dang-chay-*/run/inputs")]
    except FileNotFoundError:
        return []
