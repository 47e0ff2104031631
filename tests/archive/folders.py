"""Small folders that are sealed and placed like a run, without making a report."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

from thidua.archive.bag import PAYLOAD, seal
from thidua.archive.contents import copied as inputs_in
from thidua.archive.contents import run_name
from thidua.archive.runs_register import locked
from thidua.archive.workspace import place, workspace

_CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate")


def fill(folder: Path, text: str) -> None:
    """A payload of a report, an input and a name with letters that manifests must survive."""
    (folder / "inputs" / "raw").mkdir(parents=True)
    (folder / "bao-cao.html").write_text(text, encoding="utf-8")
    (folder / "inputs" / "raw" / "kinh-te.xlsx").write_bytes(b"PK" + text.encode())
    (folder / "Phụ lục 100%.txt").write_text("a", encoding="utf-8")


def sealed(folder: Path, name: str = "2031-Q2-abc", text: str = "một") -> Path:
    """A sealed folder that stands in no register."""
    folder = folder / name
    folder.mkdir(parents=True)
    fill(folder, text)
    seal(folder, name, "thidua")
    return folder


def placed(output: Path, name: str = "2031-Q2-abc", text: str = "một") -> Path:
    """A run made, sealed, registered and placed."""
    with workspace(output, "2031-Q2") as folder:
        fill(folder, text)
        seal(folder, name, "thidua")
        return place(folder, output, name)


def place_until(output: Path, step: int) -> None:
    """Place a run in another's place; killed right before its so many-th change of the disk."""
    steps, placing = count(1), True

    def changed(event: str, arguments: tuple[Any, ...]) -> None:
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if placing and (opened or event in _CHANGES) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with workspace(output, "2031-Q2") as folder:
        fill(folder, f"lần {step}")
        seal(folder, "2031-Q2-abc", "thidua")
        sys.addaudithook(changed)
        place(folder, output, "2031-Q2-abc")
        placing = False


def enter(output: Path, name: str, times: int, go: Path | None = None) -> None:
    """Enter so many runs into the register, which need not be there, once a file is there to ``go``."""
    print("ready", flush=True)
    while go and not go.exists():
        pass
    for number in range(times):
        with locked(output) as register:
            register.append(f"{name}-{number}", "0" * 64)


def named_by_inputs(output: Path, text: str = "một") -> Path:
    """A run whose name is that of its inputs, as every real one's: made, sealed, registered and placed."""
    with workspace(output, "2031-Q2") as folder:
        fill(folder, text)
        name = run_name("2031-Q2", inputs_in(folder))
        seal(folder, name, "thidua")
        return place(folder, output, name)


def copied(run: Path, folder: Path) -> Path:
    """A copy whose files may be written, whoever runs the tests."""
    return Path(shutil.copytree(run, folder / run.name, copy_function=shutil.copyfile))


def unlocked(folder: Path) -> Path:
    """The same folder with files that may be written."""
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def text_of(run: Path) -> str:
    return (run / PAYLOAD / "bao-cao.html").read_text(encoding="utf-8")
