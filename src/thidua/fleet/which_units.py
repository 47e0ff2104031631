"""Which units are meant: by a pattern of their params files, or by a folder that holds their suites."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua.archive.bag import is_trace
from thidua.errors import InputError, Problem
from thidua.intake.folder import is_inside
from thidua.language.text import fold, nearest
from thidua.language.yaml_text import read_yaml_text
from thidua.settings.period import is_period

_SUITE = ("notebooks", "params")
# What a suite's reports are made from: cells may read what lies in data/, besides the submitted workbooks.
_PARTS = (*_SUITE, "data")
_MADE_FROM_IT = "data/processed/"


@dataclass(frozen=True)
class Unit:
    """A unit whose report is asked for: what it is called, its suite's folder and the params file of the period.

    ``folder`` names its place among the others', for results that lie together.
    """

    name: str
    root: Path
    params_file: Path

    @property
    def folder(self) -> str:
        """The name of the suite's folder, by which results of several units are told apart."""
        return self.root.name

    @property
    def period(self) -> str:
        """The period by the name of the params file."""
        return self.params_file.stem


def units_of(patterns: Sequence[str], period: str | None) -> list[Unit]:
    """The units that patterns, params files or folders of suites name, by their places.

    A folder stands for its own suite or those right below it, with the params of ``period``, whether or not they have
    them. InputError names every pattern that finds nothing and every unit that is meant twice.
    """
    problems: list[Problem] = []
    files: list[Path] = []
    for pattern in patterns:
        found = list(_files(pattern, period, problems))
        files += [file for file in found if file not in files]
    units = [Unit(_name(file) or file.parent.parent.name, file.parent.parent, file) for file in files]
    problems += _twice(units)
    if problems:
        raise InputError(problems)
    return units


def suite_files(root: Path) -> dict[str, Path]:
    """Every file that a suite's reports are made from, by its path within the suite."""
    found = (path for part in _PARTS for path in (root / part).rglob("*") if path.is_file() and is_inside(path, root))
    names = {path.relative_to(root): path for path in found}
    kept = {name.as_posix(): path for name, path in sorted(names.items()) if not is_trace(name)}
    return {name: path for name, path in kept.items() if not name.startswith(_MADE_FROM_IT)}


def _files(pattern: str, period: str | None, problems: list[Problem]) -> Iterator[Path]:
    """The params files that a pattern stands for, whole paths without links; what is wrong with it."""
    found = [Path(pattern)] if Path(pattern).exists() else sorted(_matching(pattern))
    if not found:
        problems.append(Problem(pattern, "", "", "không có tệp nào khớp với mẫu", _instead(pattern)))
    for path in (p.resolve() for p in found):
        if path.is_dir():
            yield from _below(path, period, problems)
        elif path.suffix != ".yaml" or not is_period(path.stem) or not _is_suite(path.parent.parent):
            what, expected = "không phải tệp tham số trong một bộ báo cáo", "tệp <bộ báo cáo>/params/<kỳ>.yaml"
            problems.append(Problem(str(path), "", "", what, expected))
        elif period is not None and path.stem != period:
            what = f"không phải tham số của kỳ {period}"
            problems.append(Problem(str(path), "", "", what, "mẫu khác, hoặc bỏ --period"))
        else:
            yield path


def _below(folder: Path, period: str | None, problems: list[Problem]) -> Iterator[Path]:
    suites = [folder] if _is_suite(folder) else sorted(path for path in folder.iterdir() if _is_suite(path))
    if not suites:
        expected = "thư mục chứa các bộ báo cáo, mỗi bộ có notebooks/ và params/"
        problems.append(Problem(str(folder), "", "", "trong thư mục không có bộ báo cáo nào", expected))
    elif period is None:
        expected = f"--period KỲ, ví dụ: thidua run-all {folder} --period 2031-FY"
        problems.append(Problem(str(folder), "", "", "chưa biết lập báo cáo kỳ nào", expected))
    else:
        yield from (suite.resolve() / "params" / f"{period}.yaml" for suite in suites)


def _twice(units: Iterable[Unit]) -> Iterator[Problem]:
    """Suites with more than one params file meant, folders and units of one name."""
    by_root: dict[Path, Unit] = {}
    by_folder: dict[str, Unit] = {}
    by_name: dict[str, Unit] = {}
    for unit in units:
        file = str(unit.params_file)
        if (other := by_root.setdefault(unit.root, unit)) is not unit:
            found = f"một bộ báo cáo có hai tệp tham số được chọn, tệp kia là {other.params_file.name}"
            yield Problem(file, "", "", found, "mỗi bộ báo cáo một kỳ trong một lần chạy")
            continue
        if (other := by_folder.setdefault(unit.folder, unit)) is not unit:
            found = f"cùng tên thư mục «{unit.folder}» với bộ báo cáo {other.root}"
            yield Problem(str(unit.root), "", "", found, "tên thư mục khác nhau, vì kết quả xếp theo tên thư mục")
        if (other := by_name.setdefault(fold(unit.name), unit)) is not unit:
            found = f"đơn vị «{unit.name}» đã có ở {other.params_file}"
            yield Problem(file, "", "", found, "mỗi đơn vị một bộ báo cáo: bỏ bớt một, hoặc sửa unit.name")


def _matching(pattern: str) -> list[Path]:
    return [Path(name) for name in glob.glob(pattern, recursive=True)]  # noqa: PTH207 - takes patterns of any form


def _is_suite(path: Path) -> bool:
    return all((path / mark).is_dir() for mark in _SUITE)


def _instead(pattern: str) -> str:
    """What may have been meant: the period that the folder of params has."""
    path = Path(pattern)
    beside = {found.name for found in _matching(str(path.with_name("*.yaml")))} if path.name else set()
    near = nearest(path.name, beside)
    lead = "mẫu khớp với các tệp params/<kỳ>.yaml, đặt trong dấu nháy, hoặc thư mục chứa các bộ báo cáo"
    return f"{lead}; gần nhất là «{path.with_name(near)}»" if near else lead


def _name(params_file: Path) -> str:
    """The unit's name as its params say it; empty where they cannot be read, which its own run will tell."""
    try:
        content = read_yaml_text(params_file).content
    except (OSError, ValueError):
        return ""
    unit = content.get("unit") if isinstance(content, dict) else None
    name = unit.get("name") if isinstance(unit, dict) else None
    return name.strip() if isinstance(name, str) else ""
