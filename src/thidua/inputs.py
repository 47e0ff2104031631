"""What a run starts from: params and workbooks, read and validated before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from thidua.checks.declared.declarations import Rules
from thidua.checks.declared.relations import AWARDS, INDICATORS, PAST
from thidua.checks.notebook_lines import notebook_lines
from thidua.checks.past import Past, past_of
from thidua.checks.rules.not_submitted import not_submitted
from thidua.checks.rules_file import FILE as RULES_FILE
from thidua.checks.rules_file import load_rules, slip_problems, slips, with_common
from thidua.dataset import Dataset
from thidua.errors import InputError, Problem
from thidua.intake.codes import used_codes
from thidua.intake.elsewhere import workbooks_with
from thidua.intake.folder import is_inside
from thidua.intake.period_folder import read_period, submitted_workbooks
from thidua.intake.records import Record
from thidua.intake.unit_runs import unit_files, unit_workbooks
from thidua.language.text import fold, nearest_hint
from thidua.language.yaml_text import read_yaml_text
from thidua.machine.file_hash import file_hash
from thidua.settings.params import Params, SectionNode, Submission, unit_of
from thidua.settings.params_file import examine, load
from thidua.settings.period import Period
from thidua.submitted import load_records, units_of


@dataclass(frozen=True)
class Inputs:
    """What a run starts from, read and validated.

    ``notes`` tell the user what could not be compared with, and why. ``witnesses`` are workbooks of other periods and
    units that have a code of a rule which otherwise would count as misspelt, by name. ``stood`` has the hashes of the
    period's files as they stood before they were read.
    """

    root: Path
    params_file: Path
    params: Params
    data: Dataset
    rules: Rules
    past: dict[str, Past]
    notes: tuple[str, ...] = ()
    witnesses: Mapping[str, Path] = field(default_factory=dict)
    stood: Mapping[str, str] = field(default_factory=dict)

    @property
    def workbooks(self) -> dict[str, Path]:
        """The submitted workbooks by the names that cells give them, in the order of the departments."""
        return submitted_workbooks(self.root, self.params.submission)

    @property
    def unit_files(self) -> dict[str, Path]:
        """What was collected of the units below, by its path in data/units/<period>/; of earlier periods' in theirs."""
        own = _collected(self.root, self.params)
        return own | {name: path for past in self.past.values() for name, path in past.unit_files.items()}

    @property
    def unit_workbooks(self) -> dict[str, Path]:
        """The workbooks of the units below by the names that cells give them: «xã Suối Mơ/kinh-te.xlsx»."""
        return unit_workbooks(self.unit_files)

    @property
    def submitters(self) -> dict[str, str]:
        """Who submitted each workbook, departments first, by its name; of the units below, the unit."""
        units = self.params.unit_names
        theirs = {name: unit for name in self.unit_workbooks if (unit := unit_of(name, units))}
        return self.params.workbooks | dict(sorted(theirs.items(), key=lambda item: units.index(item[1])))

    @property
    def further_workbooks(self) -> dict[str, Path]:
        """The workbooks of other periods that the checks rest on, by name: «2031-Q1/kinh-te.xlsx»."""
        found = {name: path for past in self.past.values() for name, path in past.workbooks.items()}
        return found | dict(self.witnesses)

    def saved_since(self) -> list[str]:
        """The names of files that are not what was read: somebody has saved, brought or taken them meanwhile.

        A workbook that is brought while others are read has no row yet that would tell.
        """
        stand = _standing(self.root, self.params)
        changed = [name for name in {**self.stood, **stand} if self.stood.get(name) != stand.get(name)]
        read = {r.file: r.sha256 for past in self.past.values() for r in _rows(past.data)}
        books = self.further_workbooks.items()
        changed += [name for name, path in books if name in read and _hash(path) != read[name]]
        try:
            if load(self.params_file) != self.params:
                changed.append(self.params_file.name)
            if with_common(load_rules(self.params_file.parent / RULES_FILE)) != self.rules:
                changed.append(RULES_FILE)
        except InputError as error:
            changed += [problem.file for problem in error.problems[:1]]
        return changed

    def let_go(self) -> None:
        """Forget all rows, of earlier periods too, once nobody asks for them any more: pages are made without them.

        Whoever asks the data of anything afterwards errs, but for the units below.
        """
        for data in (self.data, *(past.data for past in self.past.values())):
            # No method of theirs: what data offer, cells may ask for.
            held, units = vars(data), data.units
            held.clear()
            held["units"] = units

    @property
    def headings(self) -> list[tuple[str, str]]:
        """What the notebooks say of themselves in headings, front matter and summary, with the notebook of each."""
        folder = self.root / "notebooks"
        return [
            (name, line)
            for name, whole in _sections(self.params.sections)
            for line in notebook_lines(folder / f"{name}.ipynb", whole=whole)
        ]

    @property
    def further_files(self) -> list[Path]:
        """What the checks rest on besides params and workbooks: declared rules, params of earlier periods."""
        rules = self.params_file.parent / RULES_FILE
        found = [rules] if rules.is_file() else []
        return found + [self.params_file.parent / f"{past.period.id}.yaml" for past in self.past.values()]


def read_inputs(
    root: Path, params_file: Path, *, fresh: bool = False, units: Callable[[Path, Params], object] | None = None
) -> Inputs:
    """Read params, declared rules and workbooks. InputError names every problem of all three.

    ``units`` collects the sealed runs of the units below, where params name some; without it what was collected before
    is read.
    """
    examined = examine(params_file)
    rules, faults = _rules(params_file.parent / RULES_FILE)
    params, problems = examined.params, [*examined.problems, *faults]
    if params is None:
        raise InputError([*problems, *_workbook_problems(root, examined.submission)])
    problems += _missing_notebooks(root, params, params_file)
    if params.gathered and units:
        try:
            units(root, params)
        except InputError as error:
            raise InputError([*problems, *error.problems, *_workbook_problems(root, params.submission)]) from None
    stood = _standing(root, params)
    try:
        records = load_records(root, params, params_file, fresh=fresh)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    past, notes = past_periods(root, params, params_file)
    data = Dataset(records, units=units_of(root, params))
    notes = (*_waited_for(data, params), *notes)
    witnesses = _witnesses(root, params, params_file, rules, [data, *(p.data for p in past.values())])
    return Inputs(root, params_file, params, data, with_common(rules), past, notes, witnesses, stood)


def _rows(data: Dataset) -> list[Record]:
    return [*data.records, *data.banners]


def _standing(root: Path, params: Params) -> dict[str, str]:
    """The hashes of the period's workbooks and of what was collected of the units below, by name."""
    found = submitted_workbooks(root, params.submission) | _collected(root, params)
    return {name: _hash(path) for name, path in found.items()}


def _collected(root: Path, params: Params) -> dict[str, Path]:
    return unit_files(root, params.period) if params.gathered else {}


def _hash(path: Path) -> str:
    """Empty for what cannot be read: whoever reads it says why."""
    with suppress(OSError):
        if path.is_file():
            return file_hash(path)
    return ""


def _rules(path: Path) -> tuple[Rules, list[Problem]]:
    """The declared rules, or what is wrong with them, to be told with what else is wrong."""
    try:
        return load_rules(path), []
    except InputError as error:
        return Rules(), error.problems


def _witnesses(
    root: Path, params: Params, params_file: Path, rules: Rules, known: Sequence[Dataset]
) -> dict[str, Path]:
    """The workbooks elsewhere that know a code which looks misspelt in the rules; InputError where none does."""
    rows = [r for data in known for r in data.records]
    codes = {kind: {r.text("code") for r in rows if r.kind == kind} for kind in (INDICATORS, AWARDS)}
    codes[INDICATORS] |= {code for r in rows for _, code in used_codes(r)}
    suspected = list(slips(rules, codes))
    if not suspected:
        return {}
    found = workbooks_with({s.code for s in suspected}, root, params.period)
    if wrong := [s for s in suspected if s.code not in found]:
        raise InputError(slip_problems(params_file.parent / RULES_FILE, wrong))
    return {name: path for books in found.values() for name, path in books.items()}


def _waited_for(data: Dataset, params: Params) -> Iterator[str]:
    """Which departments have not filled in their workbooks yet, and which units below have no report, a line each."""
    waiting = not_submitted(data, params)
    if waiting:
        count = f"{len(waiting)}/{len(params.workbooks)}"
        yield f"{count} đơn vị chưa nộp biểu có điền: {'; '.join(waiting.values())}"
    if lacking := [unit.name for unit in data.units if not unit.taken]:
        count = f"{len(lacking)}/{len(data.units)}"
        yield f"{count} đơn vị cấp dưới chưa có báo cáo lấy được: {'; '.join(lacking)}"


def _workbook_problems(root: Path, submission: Submission | None) -> list[Problem]:
    """What is wrong with the workbooks, as far as faulty params tell which there should be."""
    try:
        if submission is not None:
            read_period(root, submission)
    except InputError as error:
        return error.problems
    return []


def past_periods(root: Path, params: Params, params_file: Path) -> tuple[dict[str, Past], tuple[str, ...]]:
    """The earlier periods that the checks can compare with: those of the same unit whose params and data are kept.

    One that cannot be read any more, or is another unit's, is told and does not stand in the way of the report.
    """
    found = {}
    notes = []
    for name, earlier in earlier_periods(params, params_file).items():
        file = params_file.parent / f"{earlier.id}.yaml"
        if not file.is_file() or not (root / "data" / "raw" / earlier.id).is_dir():
            continue
        try:
            then = load(file)
            if fold(then.unit.name) == fold(params.unit.name):
                records = load_records(root, then, file)
                books, below = submitted_workbooks(root, then.submission), unit_files(root, then.period)
                found[name] = past_of(earlier, records, books, units_of(root, then), below if then.gathered else {})
            elif name in PAST:
                notes.append(f"Không so với kỳ {earlier.id}: {file.name} là của {then.unit.name}")
        except InputError as error:
            count = len(error.problems)
            notes.append(f"Không so với kỳ {earlier.id} được vì dữ liệu kỳ đó có {count} lỗi; {error.problems[0]}")
    return found, tuple(notes)


def earlier_periods(params: Params, params_file: Path) -> dict[str, Period]:
    """The periods that a report can be compared with, each once: by the names that rules have for them, else by id.

    That is the one before and the same of last year, whether or not they are kept; of those kept, the same of earlier
    years, those of this year and that which ended last when this one began, the newest first.
    """
    period = params.parsed_period
    sought = {"previous": period.previous, "last_year": period.last_year}
    files = params_file.parent.glob("*.yaml")
    kept = sorted((Period.parse(f.stem) for f in files if Period.is_id(f.stem)), key=lambda p: (p.end, p.start))
    over = [p for p in kept if p.end < period.start]
    # Who has not the one before copies from the latest.
    further = [("latest", p) for p in over[-1:]] + [(p.id, p) for p in period.comparable(kept)]
    for name, earlier in further:
        if earlier not in sought.values():
            sought[name] = earlier
    return sought


def _sections(nodes: Iterable[SectionNode]) -> Iterator[tuple[str, bool]]:
    """The notebooks, and whether each is front matter or a summary."""
    for node in nodes:
        if node.notebook:
            yield node.notebook, node.kind in ("front", "summary")
        yield from _sections(node.sections)


def _missing_notebooks(root: Path, params: Params, params_file: Path) -> list[Problem]:
    notebooks = {p.stem: p for p in (root / "notebooks").glob("*.ipynb")}
    if not notebooks:
        found = f"không có notebook nào, tham số «sections» nêu {len(params.notebooks)} notebook"
        return [Problem("notebooks", "", "", found, "các tệp .ipynb của báo cáo trong thư mục notebooks/")]
    problems = []
    for name in params.notebooks:
        if name not in notebooks:
            expected = f"tên một notebook trong notebooks/{nearest_hint(name, notebooks)}"
            spot = read_yaml_text(params_file).spot_of("notebook", name)
            problems.append(Problem(params_file.name, "", str(spot), f"không có notebook «{name}»", expected))
        elif not is_inside(notebooks[name], root):
            found = "notebook là liên kết dẫn ra ngoài bộ báo cáo hoặc liên kết hỏng"
            problems.append(Problem(f"{name}.ipynb", "", "", found, "notebook thật, chép vào notebooks/"))
    return problems
