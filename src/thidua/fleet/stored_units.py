"""Suites that lie at a storage: which are meant by an address with stars, and fetching one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from thidua.archive.storage.object_store import ObjectStore
from thidua.errors import Problem, StorageError
from thidua.fleet.which_units import (
    Unit,
    is_of_suite,
    not_params,
    of_another_period,
    without_match,
    without_period,
    without_suites,
)
from thidua.language.text import nearest
from thidua.language.yaml_text import yaml_text_of
from thidua.settings.period import is_period
from thidua.settings.typed_unit import typed_unit

_STARS = re.compile(r"[*?\[]")
_PARAMS, _NOTEBOOKS = "params", "notebooks"


def stored_units(pattern: str, period: str | None, problems: list[Problem]) -> Iterator[Unit]:
    """The units that an address means, «s3://kho/units/*/params/2031-FY.yaml» or a folder of suites with ``period``.

    What is wrong with it goes to ``problems``; StorageError where the storage refuses.
    """
    url, rest = _parted(pattern)
    store = ObjectStore(url)
    files = [PurePosixPath(name) for name in store.stamps("")]
    folders = {parent for file in files for parent in file.parents}
    found = sorted(path for path in {*files, *folders} if _matches(path, rest))
    if not found:
        problems.append(without_match(pattern, _near(url, rest, files)))
    params: list[PurePosixPath] = []
    for path in found:
        place = _at(url, path)
        if path in folders:
            suites = [path] if _is_suite(path, folders) else _below(path, folders)
            if not suites:
                problems.append(without_suites(place))
            elif period is None:
                problems.append(without_period(place))
            else:
                params += [suite / _PARAMS / f"{period}.yaml" for suite in suites]
        elif path.suffix != ".yaml" or not is_period(path.stem) or not _is_suite(path.parent.parent, folders):
            problems.append(not_params(place))
        elif period is not None and path.stem != period:
            problems.append(of_another_period(place, period))
        else:
            params.append(path)
    texts = store.read([file.as_posix() for file in params])
    for file in params:
        suite = _at(url, file.parent.parent)
        root = Path(suite.rpartition("/")[2])
        name = typed_unit(yaml_text_of(texts.get(file.as_posix(), b"")).content).name or root.name
        yield Unit(name, root, root / _PARAMS / file.name, suite)


def fetch_suite(address: str, folder: Path) -> None:
    """Lay out the suite at an address in an empty folder, whole.

    StorageError where the storage refuses, the suite is none, or somebody changed it meanwhile.
    """
    store = ObjectStore(address)
    before = store.stamps("")
    names = [name for name in before if is_of_suite(PurePosixPath(name))]
    if not all(any(name.startswith(f"{part}/") for name in names) for part in (_PARAMS, _NOTEBOOKS)):
        raise StorageError(address, "ở đây không có bộ báo cáo nào (notebooks/ và params/)")
    whole = folder.resolve()
    if strange := next((name for name in names if not (whole / name).resolve().is_relative_to(whole)), ""):
        raise StorageError(address, f"tên tệp «{strange}» dẫn ra ngoài bộ báo cáo")
    store.download_all({name: folder / name for name in names})
    if store.stamps("") != before:
        raise StorageError(address, "bộ báo cáo bị sửa trong lúc nhận; hãy chạy lại")


def _parted(pattern: str) -> tuple[str, str]:
    """The part of an address before its first star, by whole steps, and the rest of it."""
    protocol, _, path = pattern.partition("://")
    steps = [step for step in path.split("/") if step]
    plain = next((n for n, step in enumerate(steps) if _STARS.search(step)), len(steps))
    if plain == len(steps) and steps and steps[-1].endswith(".yaml"):
        plain -= 3  # «…/xa-1/params/2031-FY.yaml»: what is above the params
    plain = max(1, plain)
    root = "/" if path.startswith("/") else ""  # file:///mnt/kho
    return f"{protocol}://{root}{'/'.join(steps[:plain])}", "/".join(steps[plain:])


def _matches(path: PurePosixPath, pattern: str) -> bool:
    from fsspec.utils import glob_translate

    return re.match(glob_translate(pattern), path.as_posix()) is not None if pattern else path == PurePosixPath()


def _is_suite(path: PurePosixPath, folders: set[PurePosixPath]) -> bool:
    return {path / _PARAMS, path / _NOTEBOOKS} <= folders


def _below(folder: PurePosixPath, folders: set[PurePosixPath]) -> list[PurePosixPath]:
    return sorted(path for path in folders if path.parent == folder and path != folder and _is_suite(path, folders))


def _at(url: str, path: PurePosixPath) -> str:
    return url if path == PurePosixPath() else f"{url}/{path}"


def _near(url: str, rest: str, files: list[PurePosixPath]) -> str:
    pattern = PurePosixPath(rest)
    beside = {file.name for file in files if _matches(file.parent, str(pattern.parent))} if pattern.name else set()
    near = nearest(pattern.name, beside)
    return _at(url, pattern.with_name(near)) if near else ""
