"""Running an archived run again from nothing but what it holds, and comparing what comes out byte by byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from thidua.archive.bag import KINDS, PAYLOAD, faults, is_trace, payload
from thidua.archive.comparison.figures import FigureChange, figure_changes
from thidua.archive.comparison.sealed import SealedRun, sealed_run
from thidua.archive.contents import FOLDER, LIBRARY, NOTEBOOKS, OWN, RAW, UNITS
from thidua.archive.environment import Environment, current, differences, rebuilt
from thidua.archive.origin import CRATE, origin_of
from thidua.errors import ArchiveError
from thidua.intake.unit_runs import units_folder
from thidua.progress.progress import Phase, Progress
from thidua.settings.period import Period

Outcome = Literal["identical", "typesetting", "figures", "content"]
_CONTENT = ("figures.json", "checks.json")
_SAID: dict[Outcome, str] = {
    "identical": "giống hệt từng byte",
    "typesetting": "số liệu, kết quả kiểm tra và lời văn giống hệt, chỉ khác ở cách dàn trang",
    "figures": "số liệu KHÁC",
    "content": "số liệu giống hệt nhưng kết quả kiểm tra hoặc lời văn KHÁC",
}


class NotIntact(ArchiveError):
    """The run is not as it was sealed, so running it again would prove nothing."""


@dataclass(frozen=True)
class Reproduction:
    """How a rerun compares: the environment that it had, the files that differ and the figures that moved.

    ``beyond`` are the sections of which the run itself says why they do not follow from its inputs alone.
    """

    run: str
    environment: str
    outcome: Outcome
    files: tuple[str, ...]
    figures: tuple[FigureChange, ...]
    beyond: Mapping[str, str]

    @property
    def same(self) -> bool:
        """Whether every file is the same again, to the byte but for the kernel's version in notebooks."""
        return self.outcome == "identical"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the outcome, the environment, and every file and figure that differs."""
        return {
            "run": self.run,
            "identical": self.same,
            "outcome": self.outcome,
            "environment": self.environment,
            "files": list(self.files),
            "figures": [f.as_dict() for f in self.figures],
            "beyond": dict(self.beyond),
        }

    def __str__(self) -> str:
        lines = [f"{self.run}: {_SAID[self.outcome]}", f"  {self.environment}"]
        # Why it may differ; where it does not, nobody asks.
        lines += [f"  mục {name}: {why}" for name, why in self.beyond.items() if self.files]
        lines += [f"  tệp khác: {name}" for name in self.files]
        lines += [f"  số liệu khác: {f.label}: {f.old or '…'} → {f.new or '…'}" for f in self.figures]
        return "\n".join(lines)


def reproduce(path: Path, *, rebuild: bool, say: Callable[[str], None], progress: Progress) -> Reproduction:
    """Run it again in a clean folder and compare. ``say`` is told what is found on the way.

    ``rebuild`` sets the recorded environment up anew even where this process has the same one. ArchiveError where the
    run is not intact, or cannot be run.
    """
    progress.begin(Phase.VERIFYING)
    with sealed_run(path) as run, tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        found = faults(run.folder)
        if found:
            listed = "; ".join(f"{f.path} {KINDS[f.kind]}" for f in found[:10])
            raise NotIntact(f"Lần chạy không còn nguyên vẹn, không chạy lại: {listed}.")
        say(f"{run.name} nguyên vẹn.")
        progress.begin(Phase.ENVIRONMENT)
        clean = Path(folder)
        library = clean / "library"
        _copy(run.payload / LIBRARY, library)
        environment = _environment(run, library, clean / "env", rebuild, say)
        progress.begin(Phase.AGAIN)
        again = _run_again(run, clean, environment, progress)
        progress.begin(Phase.COMPARING)
        return compared(run, again, environment)


def _environment(run: SealedRun, library: Path, folder: Path, rebuild: bool, say: Callable[[str], None]) -> Environment:
    different = differences(library, run.versions)
    if not different and not rebuild:
        say("Môi trường hiện có giống hệt môi trường khi lập; dùng luôn.")
        return current(library)
    for sentence in different:
        say(f"Môi trường hiện có khác: {sentence}.")
    return rebuilt(library, folder, run.versions.get("Python", ""))


def _run_again(run: SealedRun, clean: Path, environment: Environment, progress: Progress) -> SealedRun:
    """The rerun from the archived inputs, laid out as a report folder."""
    root = clean / "root"
    archived = run.payload / FOLDER
    (root / "params").mkdir(parents=True)
    for path in archived.glob("*.yaml"):
        shutil.copyfile(path, root / "params" / path.name)
    _copy(run.payload / NOTEBOOKS, root / "notebooks")
    raw = root / "data" / "raw"
    _copy(run.payload / RAW, raw / run.period, folders=False)
    for folder in (p for p in (run.payload / RAW).iterdir() if p.is_dir() and not is_trace(PurePath(p.name))):
        # An earlier period's workbooks, or those of a department's sub-units.
        _copy(folder, raw / folder.name if Period.is_id(folder.name) else raw / run.period / folder.name)
    for path in (p for p in (run.payload / OWN).rglob("*") if p.is_file()):
        target = root / path.relative_to(run.payload / OWN)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    params = root / "params" / f"{run.period}.yaml"
    words = ["run", str(params), "--root", str(root), "--fresh", "--json"]
    command = [str(environment.python), "-m", "thidua.cli", *words]
    if (run.payload / UNITS).is_dir():
        # The runs of the units below that it was made of, not those that lie today where its params say.
        for entry in sorted((run.payload / UNITS).iterdir()):
            own = units_folder(root, run.period)
            own.mkdir(parents=True, exist_ok=True)
            if entry.is_file():
                shutil.copyfile(entry, own / entry.name)
            else:
                _copy(entry, units_folder(root, entry.name) if Period.is_id(entry.name) else own / entry.name)
        command.append("--collected")
    status, result, said = _told(command, environment.settings, root, progress)
    if status not in (0, 1):
        raise ArchiveError(f"Chạy lại không thành:\n{said.strip()[-3000:]}")
    folder = Path(json.loads(result)["run"])
    return SealedRun(folder.name, folder)


def _told(command: list[str], settings: Mapping[str, str], root: Path, progress: Progress) -> tuple[int, str, str]:
    """The status of a command, its stdout and its stderr; each line of this is what it is about just now."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as result:
        said = []
        running = subprocess.Popen(
            command, env=settings, cwd=root, stdout=result, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
        with running:
            for line in running.stderr or ():
                said.append(line)
                progress.doing(line.partition(",")[0].strip())  # how long it takes, we know ourselves
        result.seek(0)
        return running.returncode, result.read(), "".join(said)


def _copy(source: Path, target: Path, *, folders: bool = True) -> None:
    """Copy what was sealed, as files that may be written, without what a reader's programs left there."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        return [n for n in names if is_trace(PurePath(n)) or (not folders and (Path(folder) / n).is_dir())]

    shutil.copytree(source, target, ignore=left_out, copy_function=shutil.copyfile)


def compared(run: SealedRun, again: SealedRun, environment: Environment) -> Reproduction:
    """What a rerun differs in from the archived run.

    The crate's metadata, which is about each run, is left out, and so is the version of Python in executed notebooks:
    JupyterLab must find the whole of what it writes there itself, and the crate tells the version too.
    """
    old, new = payload(run.folder), payload(again.folder)
    names = sorted({*old, *new} - {CRATE})
    files = [n for n in names if n not in old or n not in new or not _same_content(old[n], new[n])]
    figures = tuple(figure_changes(run, again))
    outcome: Outcome = "identical"
    if files:
        outcome = "figures" if figures else "typesetting" if _says_the_same(run, again) else "content"
    origin = origin_of(run.crate)
    beyond = {name: why for name, why in origin.beyond.items() if why} if origin else {}
    return Reproduction(run.name, environment.origin, outcome, tuple(files), figures, beyond)


def _same_content(old: Path, new: Path) -> bool:
    if old.read_bytes() == new.read_bytes():
        return True
    return old.suffix == ".ipynb" and _without_version(old) == _without_version(new)


def _without_version(notebook: Path) -> Any:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content.get("metadata", {}).get("language_info", {}).pop("version", None)
    return content


def _says_the_same(run: SealedRun, again: SealedRun) -> bool:
    """Whether two runs differ in nothing that a reader is told."""
    for name in _CONTENT:
        if (run.folder / PAYLOAD / name).read_bytes() != (again.folder / PAYLOAD / name).read_bytes():
            return False
    return run.order == again.order and all(run.text(name) == again.text(name) for name in run.order)
