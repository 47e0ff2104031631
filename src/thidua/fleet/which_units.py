"""Which units are meant: by a pattern of their params files, or by a folder that holds their suites."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from thidua.archive.bag import is_trace
from thidua.archive.storage.object_store import is_address
from thidua.errors import Problem, WronglyAsked
from thidua.intake.folder import is_inside
from thidua.language.text import fold, nearest
from thidua.language.yaml_text import read_yaml_text
from thidua.settings.asked_period import wrong_period
from thidua.settings.period import is_period
from thidua.settings.typed_unit import typed_unit

_SUITE = ("notebooks", "params")
# What a suite's reports are made from: cells may read what lies in data/, besides the submitted workbooks.
_PARTS = (*_SUITE, "data")
_MADE_FROM_IT = "data/processed/"


@dataclass(frozen=True)
class Unit:
    """A unit whose report is asked for: what it is called, its suite's folder and the params file of the period.

    ``folder`` names its place among the others', for results that lie together. ``address`` is where the suite lies at
    a storage, empty where ``root`` is a folder of this machine.
    """

    name: str
    root: Path
    params_file: Path
    address: str = ""

    @property
    def place(self) -> str:
        """Where its params file is, a path or an address."""
        return f"{self.address}/params/{self.params_file.name}" if self.address else str(self.params_file)

    def laid_out(self, root: Path) -> Unit:
        """The unit where its suite stands in another folder of this machine."""
        return Unit(self.name, root, root / "params" / self.params_file.name)

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
    them. WronglyAsked names a period that is none, every pattern that finds nothing, every unit that is meant twice.
    """
    if period is not None and not is_period(period):
        raise WronglyAsked([wrong_period(period)])
    problems: list[Problem] = []
    units: list[Unit] = []
    for pattern in patterns:
        if is_address(pattern):
            from thidua.fleet.stored_units import stored_units

            found = list(stored_units(pattern, period, problems))
        else:
            files = _files(pattern, period, problems)
            found = [Unit(_name(file) or file.parent.parent.name, file.parent.parent, file) for file in files]
        units += [unit for unit in found if unit not in units]
    problems += _twice(units)
    if problems:
        raise WronglyAsked(problems)
    return units


def suite_files(root: Path) -> dict[str, Path]:
    """Every file that a suite's reports are made from, by its path within the suite."""
    found = (path for part in _PARTS for path in (root / part).rglob("*") if path.is_file() and is_inside(path, root))
    names = {path.relative_to(root): path for path in found}
    return {name.as_posix(): path for name, path in sorted(names.items()) if is_of_suite(name)}


def is_of_suite(name: PurePath) -> bool:
    """Whether reports are made from a file of a suite, by its path within."""
    inside = name.parts[0] in _PARTS and len(name.parts) > 1
    return inside and not is_trace(name) and not name.as_posix().startswith(_MADE_FROM_IT)


def not_params(place: str) -> Problem:
    """What is said of something that a pattern finds and that is no params file of a suite."""
    expected = "tệp <bộ báo cáo>/params/<kỳ>.yaml"
    return Problem(place, "", "", "không phải tệp tham số trong một bộ báo cáo", expected)


def of_another_period(place: str, period: str) -> Problem:
    """What is said of a params file that is not of the period that is asked for."""
    return Problem(place, "", "", f"không phải tham số của kỳ {period}", "mẫu khác, hoặc bỏ --period")


def without_period(folder: str) -> Problem:
    """What is said of a folder of suites without a period."""
    expected = f"--period KỲ, ví dụ: thidua run-all {folder} --period 2031-FY"
    return Problem(folder, "", "", "chưa biết lập báo cáo kỳ nào", expected)


def without_suites(folder: str) -> Problem:
    """What is said of a folder that is no suite and holds none."""
    expected = "thư mục chứa các bộ báo cáo, mỗi bộ có notebooks/ và params/"
    return Problem(folder, "", "", "trong thư mục không có bộ báo cáo nào", expected)


def without_match(pattern: str, near: str) -> Problem:
    """What is said of a pattern that finds nothing; ``near`` may have been meant."""
    lead = "mẫu khớp với các tệp params/<kỳ>.yaml, đặt trong dấu nháy, hoặc thư mục chứa các bộ báo cáo"
    return Problem(pattern, "", "", "không có tệp nào khớp với mẫu", f"{lead}; gần nhất là «{near}»" if near else lead)


def _files(pattern: str, period: str | None, problems: list[Problem]) -> Iterator[Path]:
    """The params files that a pattern stands for, whole paths without links; what is wrong with it."""
    found = [Path(pattern)] if Path(pattern).exists() else sorted(_matching(pattern))
    if not found:
        problems.append(without_match(pattern, _instead(pattern)))
    for path in (p.resolve() for p in found):
        if path.is_dir():
            yield from _below(path, period, problems)
        elif path.suffix != ".yaml" or not is_period(path.stem) or not _is_suite(path.parent.parent):
            problems.append(not_params(str(path)))
        elif period is not None and path.stem != period:
            problems.append(of_another_period(str(path), period))
        else:
            yield path


def _below(folder: Path, period: str | None, problems: list[Problem]) -> Iterator[Path]:
    suites = [folder] if _is_suite(folder) else sorted(path for path in folder.iterdir() if _is_suite(path))
    if not suites:
        problems.append(without_suites(str(folder)))
    elif period is None:
        problems.append(without_period(str(folder)))
    else:
        yield from (suite.resolve() / "params" / f"{period}.yaml" for suite in suites)


def _twice(units: Iterable[Unit]) -> Iterator[Problem]:
    """Suites with more than one params file meant, folders and units of one name."""
    by_root: dict[str, Unit] = {}
    by_folder: dict[str, Unit] = {}
    by_name: dict[str, Unit] = {}
    for unit in units:
        file, root = unit.place, unit.address or str(unit.root)
        if (other := by_root.setdefault(root, unit)) is not unit:
            found = f"một bộ báo cáo có hai tệp tham số được chọn, tệp kia là {other.params_file.name}"
            yield Problem(file, "", "", found, "mỗi bộ báo cáo một kỳ trong một lần chạy")
            continue
        if (other := by_folder.setdefault(unit.folder, unit)) is not unit:
            found = f"cùng tên thư mục «{unit.folder}» với bộ báo cáo {other.address or other.root}"
            yield Problem(root, "", "", found, "tên thư mục khác nhau, vì kết quả xếp theo tên thư mục")
        if (other := by_name.setdefault(fold(unit.name), unit)) is not unit:
            found = f"đơn vị «{unit.name}» đã có ở {other.place}"
            yield Problem(file, "", "", found, "mỗi đơn vị một bộ báo cáo: bỏ bớt một, hoặc sửa unit.name")


def _matching(pattern: str) -> list[Path]:
    return [Path(name) for name in glob.glob(pattern, recursive=True)]  # noqa: PTH207 - takes patterns of any form


def _is_suite(path: Path) -> bool:
    return all((path / mark).is_dir() for mark in _SUITE)


def _instead(pattern: str) -> str:
    """What may have been meant, by the periods that the folder of params has; empty where nothing is near."""
    path = Path(pattern)
    beside = {found.name for found in _matching(str(path.with_name("*.yaml")))} if path.name else set()
    near = nearest(path.name, beside)
    return str(path.with_name(near)) if near else ""


def _name(params_file: Path) -> str:
    """The unit's name as its params say it; empty where they cannot be read, which its own run will tell."""
    try:
        return typed_unit(read_yaml_text(params_file).content).name
    except (OSError, ValueError):
        return ""
