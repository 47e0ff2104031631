"""A sealed run as one file, and either form opened in the same way."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from thidua.archive.bag import traces
from thidua.archive.locate import no_run
from thidua.archive.workspace import workspace
from thidua.errors import NoRun
from thidua.machine.flushing import flush

MAX_UNPACKED_BYTES = 2 * 2**30
MAX_FILES = 100_000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(run: Path) -> Path:
    """Write «<run>.zip» beside a sealed run. Its bytes depend on the run's files alone."""
    final = run.with_name(f"{run.name}.zip")
    with workspace(run.parent, run.name) as folder:
        path = folder / final.name
        write_package(run, run.name, path)
        flush(path)
        path.replace(final)
    return final


def write_package(run: Path, name: str, path: Path) -> None:
    """Write a sealed run to the zip ``path``, below a folder of the given name."""
    left = {run / trace for trace in traces(run)}
    files = sorted(p for p in run.rglob("*") if p.is_file() and p not in left)
    write_zip({f"{name}/{file.relative_to(run).as_posix()}": file for file in files}, path)


def write_zip(files: Mapping[str, Path], path: Path) -> None:
    """Write files under their names to a zip whose bytes depend on names and contents alone.

    They are stored as they are: what a compressor makes of them differs from one build of it to another.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100444 << 16
            entry.create_system = 3
            with file.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


@contextmanager
def opened(run: Path) -> Iterator[Path]:
    """The folder of a run, unpacked aside for as long as it is needed where it is a zip.

    NoRun where there is none, or a zip that cannot be opened.
    """
    if run.is_dir():
        yield run
        return
    if run.suffix != ".zip" or not run.is_file():
        raise no_run(run)
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        yield unpack(run, Path(folder))


def unpack(path: Path, folder: Path) -> Path:
    """Unpack the zip of a run into an empty folder; the run's folder in it. NoRun where it is none or damaged."""
    extract(path, folder)
    found = list(folder.iterdir())
    if len(found) != 1 or not found[0].is_dir():
        raise no_run(path)
    return found[0]


def extract(path: Path, folder: Path) -> None:
    """Unpack a zip into an empty folder. NoRun where it is too large, leads outside or is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
                raise NoRun(path, broken=f"quá lớn sau khi giải nén (giới hạn {MAX_UNPACKED_BYTES >> 30} GB)")
            if any(".." in Path(e.filename).parts for e in entries):
                raise no_run(path)
            archive.extractall(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NoRun(path, broken=f"bị hỏng, không mở được: {error}") from None
