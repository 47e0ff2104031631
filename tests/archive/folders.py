"""Small folders that are sealed and placed like a run, without making a report."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from thidua.archive.bag import PAYLOAD, seal
from thidua.archive.contents import copied as inputs_in
from thidua.archive.contents import run_name
from thidua.archive.runs_register import locked
from thidua.archive.workspace import place, workspace


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


def make_for_ever(output: Path) -> None:
    """Place one run after another until somebody ends the process."""
    print("ready", flush=True)
    for number in count(1):
        placed(output, f"2031-Q2-{number % 3}", f"lần {number} " * 2000)


def enter(output: Path, name: str, times: int) -> None:
    """Enter so many runs into the register, which need not be there."""
    print("ready", flush=True)
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
