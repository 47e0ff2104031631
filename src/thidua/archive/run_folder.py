"""A run's folder: made aside, moved into place only when it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import bagit

from thidua.params import Params


def run_name(root: Path, params: Params, params_file: Path, further: Sequence[Path] = ()) -> str:
    """«<period>-<first 12 hex of the input hash>»; the hash is over workbooks, params, notebooks and the library.

    ``further`` are other inputs, such as declared rules and data of earlier periods.
    """
    raw = root / "data" / "raw" / params.period
    inputs = [*sorted(raw.glob("*.xlsx")), params_file, *further]
    inputs += [root / "notebooks" / f"{name}.ipynb" for name in params.notebooks]
    digest = hashlib.sha256(_library_hash().encode())
    for path in inputs:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"{params.period}-{digest.hexdigest()[:12]}"


def _library_hash() -> str:
    package = Path(str(files("thidua")))
    digest = hashlib.sha256(version("thidua").encode())
    for path in sorted(p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def unfinished(output: Path, name: str) -> Iterator[Path]:
    """A folder to work in beside the finished runs; it is gone afterwards unless it was moved away."""
    output.mkdir(parents=True, exist_ok=True)
    folder = output / f".dang-chay-{name}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep_failed(folder: Path, output: Path, name: str) -> Path:
    """Keep the partly executed notebooks of a failed run where a person can open them."""
    kept = output / f"khong-thanh-{name}"
    shutil.rmtree(kept, ignore_errors=True)
    folder.rename(kept)
    return kept


def seal(folder: Path, output: Path, name: str) -> Path:
    """Make a finished run of the folder: a BagIt bag under the run's name. A run of the same name is replaced."""
    bagit.make_bag(str(folder), {"External-Identifier": name}, checksums=["sha256", "sha512"])
    final = output / name
    old = output / f".thay-the-{name}-{os.getpid()}"
    if final.exists():
        final.rename(old)
    folder.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    return final


def copy_inputs(root: Path, params: Params, params_file: Path, folder: Path, further: Sequence[Path] = ()) -> None:
    """Copy the submitted workbooks, the params file and further inputs as they are."""
    raw = folder / "inputs" / "raw"
    raw.mkdir(parents=True)
    for department in params.departments:
        shutil.copyfile(root / "data" / "raw" / params.period / department.file, raw / department.file)
    shutil.copyfile(params_file, folder / "inputs" / params_file.name)
    for path in further:
        # Params beside params; workbooks of an earlier period in a folder of its name.
        earlier = path.parent.name if path.suffix == ".xlsx" else ""
        target = folder / "inputs" / "raw" / earlier / path.name if earlier else folder / "inputs" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
