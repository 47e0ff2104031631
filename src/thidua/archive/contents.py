"""What of the inputs a run archives, and the run's name, which is made from exactly that."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from thidua.archive.bag import is_trace
from thidua.errors import ArchiveError
from thidua.execute.picture_files import picture_files
from thidua.inputs import Inputs
from thidua.machine.file_hash import file_hash, files_hash
from thidua.machine.own_library import library_files
from thidua.machine.process import uninterrupted

FOLDER = "inputs"
LIBRARY = f"{FOLDER}/library"
NOTEBOOKS = f"{FOLDER}/notebooks"
RAW = f"{FOLDER}/raw"
UNITS = f"{FOLDER}/units"
# Files of the suite that cells of notebooks read, by their path there.
OWN = f"{FOLDER}/files"

Contents = Mapping[str, Path]


def contents_of(inputs: Inputs) -> Contents:
    """Every file that a run is made from, by its path in the archive.

    The workbooks, those of an earlier period in a folder of its name; params, the notebooks as they stand, the library
    with its locked environment, what was collected of the units below, and what else the checks rest on: declared
    rules, earlier params.
    """
    found = {f"{RAW}/{name}": path for name, path in (inputs.workbooks | inputs.further_workbooks).items()}
    found |= {f"{UNITS}/{name}": path for name, path in inputs.unit_files.items()}
    found |= {f"{FOLDER}/{path.name}": path for path in (inputs.params_file, *inputs.further_files)}
    notebooks = (inputs.root / "notebooks").resolve()
    for notebook in (notebooks / f"{name}.ipynb" for name in inputs.params.notebooks):
        files = (notebook, *picture_files(notebook))
        found |= {f"{NOTEBOOKS}/{p.relative_to(notebooks).as_posix()}": p for p in files}
    found |= {f"{LIBRARY}/{name}": path for name, path in library_files().items()}
    return dict(sorted(found.items()))


def copy_contents(contents: Contents, folder: Path) -> None:
    """Copy the inputs as they are into a run's folder."""
    there = set()
    for name, path in contents.items():
        target = folder / name
        with uninterrupted():  # or the folder that an interruption removes would come back
            if target.parent not in there:
                target.parent.mkdir(parents=True, exist_ok=True)
                there.add(target.parent)
            shutil.copyfile(path, target)


def hashes(contents: Contents) -> dict[str, str]:
    """The hash of each file, by its path in the archive."""
    return {name: file_hash(path) for name, path in contents.items()}


def run_name(period: str, contents: Contents) -> str:
    """«<period>-<first 12 hex of the input hash>», over all that a run is made from."""
    names = (name for name in sorted(contents, key=lambda name: name.split("/")) if not is_trace(PurePosixPath(name)))
    return f"{period}-{files_hash((name, contents[name]) for name in names)[:12]}"


def copied(folder: Path) -> Contents:
    """What stands under inputs/ in a run's folder, by its path there."""
    found = (path for path in (folder / FOLDER).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def refuse_changed(contents: Contents, folder: Path) -> None:
    """Refuse to seal where an input was edited while the run read it: the report would not be that of its inputs.

    ArchiveError names the files. The library is left out: a run never reads it from its sources twice.
    """
    changed = []
    for name, path in contents.items():
        if name.startswith(f"{LIBRARY}/"):
            continue
        if not path.is_file() or path.read_bytes() != (folder / name).read_bytes():
            changed.append(path.name)
    refuse_saved(changed)


def refuse_unlike(seen: Collection[tuple[str, str]], folder: Path) -> None:
    """Refuse to go on where a copy in a run's folder is not what was read of it, given as path and hash.

    Between reading and copying somebody may save a file. What was made would be of the one and be sealed, and taken
    ever after, as of the other.
    """
    there = hashes({name: folder / name for name, _ in seen})
    refuse_saved([PurePosixPath(name).name for name, hash in seen if there[name] != hash])


def refuse_saved(changed: Sequence[str]) -> None:
    """ArchiveError that names the inputs that were saved while a run went on, where there are some."""
    if changed:
        raise ArchiveError(f"Dữ liệu đầu vào bị sửa trong lúc đang chạy: {', '.join(changed)}. Hãy chạy lại.")
