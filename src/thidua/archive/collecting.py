"""Collecting the sealed runs of the units below: the newest of the period, verified, as much of each as is needed.

What is taken stands in data/units/<period>/ and is all that later steps read: a unit that makes another run meanwhile
changes nothing until its runs are collected again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from thidua.archive.bag import KINDS, PAYLOAD, manifest_hash, name_of, unlike_sealed
from thidua.archive.comparison.sealed import SealedRun, sealed_run
from thidua.archive.contents import FOLDER, RAW
from thidua.archive.runs_below import Candidate, StoredRun, candidates, fetched, latest, stored_runs
from thidua.archive.storage.object_store import is_address
from thidua.archive.verify import verify
from thidua.contracts import FindingRecord, Place, open_errors
from thidua.errors import ArchiveError, InputError, Problem
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.tidy import inputs_hash
from thidua.intake.unit_runs import (
    FILE,
    UnitFinding,
    UnitRun,
    read_taken,
    read_units,
    unit_workbooks,
    units_folder,
    written,
)
from thidua.language.text import first_of, fold
from thidua.machine.process import done_with, half_made, uninterrupted
from thidua.settings.levels import rank
from thidua.settings.params import Params, Unit
from thidua.settings.period import Period
from thidua.settings.typed_unit import TypedUnit

# The tag files that let anyone tell whether what is carried is the run's: the whole is theirs by these hashes.
_MANIFEST = "manifest-sha256.txt"
_TAGS = ("bagit.txt", "bag-info.txt", _MANIFEST, "tagmanifest-sha256.txt")
_STAMP = ".stamp"
_NAMED = 3


def collect(root: Path, params: Params) -> tuple[UnitRun, ...]:
    """Find, verify and take the newest run of each unit that params name; what was taken before is replaced.

    A unit without one, with a damaged one or another's is told in its ``state``: the report is made of the others.
    Where a storage's register was changed, each unit may have another run there than is known.
    InputError where no folder of runs is where params say.
    """
    assert params.gathered is not None
    final = units_folder(root, params.period)
    before = _before(root, params.period)
    at_storages, spoilt = stored_runs([runs for runs in params.gathered.runs if is_address(runs)])
    final.parent.mkdir(parents=True, exist_ok=True)
    half = half_made(final.parent, ".units-")
    try:
        found = candidates(root, params)
        units = []
        for name in params.gathered.units:
            own = [c for c in found if fold(c.unit.name) == fold(name)]
            sent = latest(at_storages, name, params.period)
            known = before.get(name)
            if known and not own and sent and _is_taken(known, sent, final / name):
                units.append(known.model_copy(update={"spoilt": tuple(spoilt)}))  # it need not be fetched
                continue
            with fetched(sent) as more:
                own += more
                taken = _taken(name, own, params, half / name, known, final / name)
                doubtful = (*_elsewhere(own, taken, root), *_below(own, taken))
                units.append(taken.model_copy(update={"doubtful": doubtful, "spoilt": tuple(spoilt)}))
        if units == list(before.values()):
            return tuple(units)
        for unit in units:
            if unit.taken and not (half / unit.name).exists():  # the same run as last time
                shutil.copytree(final / unit.name, half / unit.name)
        (half / FILE).write_text(written(units), encoding="utf-8")
        (half / _STAMP).write_text(inputs_hash([]) or "", encoding="utf-8")
        with uninterrupted():
            old = half.with_name(f"{half.name}.old")
            if final.exists():
                final.rename(old)
            half.rename(final)
            shutil.rmtree(old, ignore_errors=True)
    finally:
        done_with(half)
    return tuple(units)


def as_collected(root: Path, params: Params) -> tuple[UnitRun, ...]:
    """What was collected before, none of it altered since. InputError where nothing was, or a file is not as it was."""
    units = read_units(root, params.period)
    problems = []
    for unit in units:
        folder = units_folder(root, params.period) / unit.name
        if unit.taken and (wrong := _altered(folder, unit)):
            found = f"tệp {wrong} không còn như trong lần chạy {unit.run} đã niêm phong"
            problems.append(
                Problem(f"data/units/{params.period}/{unit.name}", "", "", found, "bỏ lựa chọn --collected")
            )
    if [u.name for u in units] != list(params.unit_names):
        found, expected = "các đơn vị đã lấy không phải các đơn vị khai ở gathered", "bỏ lựa chọn --collected"
        problems.append(Problem(f"data/units/{params.period}/{FILE}", "", "", found, expected))
    if problems:
        raise InputError(problems)
    return units


def _before(root: Path, period: str) -> dict[str, UnitRun]:
    """What was collected last time by this very version of the forms, to be kept where the run is the same."""
    stamp = units_folder(root, period) / _STAMP
    try:
        known = stamp.read_text(encoding="utf-8") == inputs_hash([])
        return {unit.name: unit for unit in read_units(root, period)} if known else {}
    except (OSError, InputError):
        return {}


def _taken(
    name: str, own: list[Candidate], params: Params, folder: Path, before: UnitRun | None, kept: Path
) -> UnitRun:
    """The newest run of one unit, copied into ``folder`` as far as it is needed, unless ``kept`` has it already."""
    of_period = [c for c in own if c.period == params.period]
    if not of_period:
        others = sorted({c.period for c in own})
        why = f"mới có lần chạy của kỳ {', '.join(others)}" if others else "không có lần chạy nào mang tên đơn vị này"
        return UnitRun(name=name, state="missing", why=why)
    newest = max(of_period, key=lambda c: (c.made, c.path.name))
    if newest.broken:
        return UnitRun(name=name, state="altered", run=newest.path.name, why=newest.broken)
    if why := _another(newest.unit, params.unit):
        return UnitRun(name=name, state="other", run=newest.path.stem, why=why)
    verdict = verify(newest.path)[0]
    if not verdict.intact:
        faults = [f"tệp {KINDS[f.kind]}: {f.path.removeprefix(f'{PAYLOAD}/')}" for f in verdict.faults]
        told = [*faults, *verdict.problems]
        return UnitRun(name=name, state="altered", run=newest.path.stem, why=first_of(told, _NAMED, "chỗ"))
    with sealed_run(newest.path) as run:
        manifest = manifest_hash(run.folder)
        if before and before.taken and before.manifest == manifest and not _altered(kept, before):
            return before
        try:
            return _opened(name, run, manifest, folder)
        except (ArchiveError, OSError, ValueError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            return UnitRun(name=name, state="other", run=run.name, why=f"không đọc được: {error}".rstrip("."))


def _is_taken(known: UnitRun, sent: StoredRun, kept: Path) -> bool:
    """Whether a run of a storage is the one that was taken last time."""
    return known.taken and known.manifest == sent.line.manifest and not _altered(kept, known)


def _elsewhere(own: Iterable[Candidate], taken: UnitRun, root: Path) -> Iterator[str]:
    """Other folders that have other runs of the period under the unit's name: two units may have one name."""
    period = taken.run.rpartition("-")[0]
    runs = {c.path.stem: c.home or os.path.relpath(c.path.parent, root) for c in own if c.period == period}
    if len(folders := set(runs.values())) > 1:
        yield f"có lần chạy của kỳ ở {len(folders)} thư mục khác nhau ({'; '.join(sorted(folders))}), lấy bản mới nhất"


def _below(own: Iterable[Candidate], taken: UnitRun) -> Iterator[str]:
    """A unit whose own report is made from units below it: only its own workbooks are taken."""
    if taken.taken and any(c.path.stem == taken.run and c.gathers for c in own):
        yield "báo cáo của đơn vị lại tổng hợp từ các đơn vị dưới nữa, mới lấy biểu của chính đơn vị"


def _another(unit: TypedUnit, own: Unit) -> str:
    """Why a run of the right name is not a unit's below this one; empty where it is."""
    if rank(unit.level) >= rank(own.level):
        return f"lần chạy ghi cấp là «{unit.level or 'không rõ'}», không dưới {own.level}"
    if unit.superior and fold(own.short_name) not in fold(unit.superior):
        return f"lần chạy ghi cơ quan cấp trên là «{unit.superior}», không phải {own.issuer}"
    return ""


def _opened(name: str, run: SealedRun, manifest: str, folder: Path) -> UnitRun:
    for part in _carried(run.folder):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(run.folder / part, folder / part)
    rows: list[Record] = []
    unlike: list[str] = []
    for file, path in unit_workbooks({f"{name}/{part}": folder / part for part in _carried(folder)}).items():
        found, problems = read_taken(file, path)
        rows += found
        unlike += map(str, problems)
    unlike += _read_otherwise(run, rows, name)
    findings = [*run.findings.values()]
    errors = len(open_errors(findings))
    places = {_place(r, key) for r in rows for key in r.cells}
    taken = [_finding(f, name, places) for f in findings]
    return UnitRun(
        name=name,
        state="draft" if errors else "fit",
        run=name_of(run.folder),
        manifest=manifest,
        errors=errors,
        unlike=tuple(unlike),
        findings=tuple(f for f in taken if f.cells),
    )


def _read_otherwise(run: SealedRun, rows: Iterable[Record], name: str) -> Iterator[str]:
    """Where this version reads another number in a cell than the unit's run states of it."""
    read = {
        _place(row, key): value.value for row in rows for key, value in row.values.items() if isinstance(value, Number)
    }
    for figure in run.figures.values():
        if figure.source is None or figure.value is None:
            continue
        place = _of_unit(figure.source, name)
        if place in read and read[place] != Decimal(figure.value):
            yield f"{place}: lần chạy của đơn vị nêu {figure.value}, nay đọc được {read[place]:f}"


def _finding(finding: FindingRecord, name: str, taken: set[Place]) -> UnitFinding:
    cells = tuple(place for c in finding.cells if (place := _of_unit(c, name)) in taken)
    return UnitFinding(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        accepted_by=finding.accepted_by or "",
        accepted_why=finding.accepted_why or "",
        cells=cells,
        doubts=cells if finding.withheld and not finding.accepted and finding.severity != "note" else (),
    )


def _place(record: Record, key: str) -> Place:
    cell = record.cell(key)
    return Place(file=cell.file, sheet=cell.sheet, cell=cell.address)


def _of_unit(place: Place, name: str) -> Place:
    return place.model_copy(update={"file": f"{name}/{place.file}"})


def _carried(folder: Path) -> list[str]:
    """What of a run is carried, by its manifest: tag files, params, findings, the workbooks of its period."""
    lines = (folder / _MANIFEST).read_text(encoding="utf-8").splitlines()
    names = [line.partition("  ")[2] for line in lines]
    period = name_of(folder).rpartition("-")[0]
    wanted = {f"{PAYLOAD}/{FOLDER}/{period}.yaml", f"{PAYLOAD}/checks.json"}
    raw = f"{PAYLOAD}/{RAW}/"
    # Workbooks in a folder of a period's name are of an earlier one, which the unit compared with.
    own = (n for n in names if n.startswith(raw) and not Period.is_id(n.removeprefix(raw).partition("/")[0]))
    return [*_TAGS, *sorted(n for n in names if n in wanted), *sorted(own)]


def _altered(folder: Path, unit: UnitRun) -> str:
    """A carried file that is not as the unit's run was sealed; empty where all are."""
    if manifest_hash(folder) != unit.manifest:
        return "tagmanifest-sha256.txt"
    return next(unlike_sealed(folder, _carried(folder)), "")
