"""A sealed run as one file, and either form opened in the same way."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thidua.archive.bag import traces
from thidua.archive.locate import no_run
from thidua.archive.workspace import flush, workspace
from thidua.errors import NoRun

MAX_UNPACKED_BYTES = 2 * 2**30
MAX_FILES = 100_000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(run: Path) -> Path:
    """Write «<run>.zip» beside a sealed run. Its bytes depend on the run's files alone.

    The files are stored as they are: what a compressor makes of them differs from one build of it to another.
    """
    final = run.with_name(f"{run.name}.zip")
    with workspace(run.parent, run.name) as folder:
        path = folder / final.name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            left = {run / name for name in traces(run)}
            for file in sorted(p for p in run.rglob("*") if p.is_file() and p not in left):
                entry = zipfile.ZipInfo(f"{run.name}/{file.relative_to(run).as_posix()}", _EPOCH)
                entry.external_attr = 0o100444 << 16
                entry.create_system = 3
                with file.open("rb") as source, archive.open(entry, "w") as target:
                    shutil.copyfileobj(source, target)
        flush(path)
        path.replace(final)
    return final


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
        yield _unpack(run, Path(folder))


def _unpack(path: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
                raise NoRun(path, broken=f"quá lớn sau khi giải nén (giới hạn {MAX_UNPACKED_BYTES >> 30} GB)")
            names = {Path(e.filename).parts[0] for e in entries if e.filename}
            if len(names) != 1 or any(".." in Path(e.filename).parts for e in entries):
                raise no_run(path)
            archive.extractall(folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NoRun(path, broken=f"bị hỏng, không mở được: {error}") from None
    return folder / names.pop()
