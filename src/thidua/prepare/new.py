"""The next period of a unit, begun from one that there is: params, and a blank workbook for each department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thidua.dataset import Dataset
from thidua.errors import InputError, Problem, WronglyAsked
from thidua.forms.schema import BANNERS, schemas
from thidua.intake.book_reading import rows_in
from thidua.intake.folder import raw_folder, submitted_files
from thidua.intake.period_folder import submitted_workbooks
from thidua.intake.records import Record
from thidua.language.yaml_text import read_yaml_text
from thidua.machine.process import done_with, half_made, uninterrupted
from thidua.prepare.blank import BlankSheet, Heading, write_blank
from thidua.prepare.carried_over import Carried, Reported, carried
from thidua.prepare.offered import Offered, offered_in
from thidua.prepare.params_text import NextParams, next_params
from thidua.prepare.reported import reported
from thidua.settings.asked_period import not_begun, wrong_period
from thidua.settings.params import Department, Params
from thidua.settings.params_file import load
from thidua.settings.period import Period
from thidua.submitted import load_records

# Empty rows at the end of each table; where rows do not come along, as many more as there were.
_ROOM = 30
# The columns whose codes are those of groups, which rows share.
_GROUPS = ("topic", "group")


@dataclass(frozen=True)
class Book:
    """The blank workbook of a department, or of a sub-unit, and what it has of the old one, sheet by sheet."""

    department: Department
    file: str
    who: str
    sheets: tuple[Carried, ...]


@dataclass(frozen=True)
class Begun:
    """What was made for the next period, from what, and what was not carried over."""

    old: Period
    new: Period
    params: NextParams
    books: tuple[Book, ...]
    source: str
    notes: tuple[str, ...]


def begin(root: Path, output: Path, new: str, old: str) -> Begun:
    """Write params/<new>.yaml and data/raw/<new>/*.xlsx from the period ``old``. All of it or nothing.

    InputError names everything that stands in the way: periods that are none, what exists already, what of the old
    period cannot be read.
    """
    periods = _periods(root, new, old)
    file = root / "params" / f"{periods[1].id}.yaml"
    problems = list(_in_the_way(root, periods[0]))
    try:
        params = load(file)
        records = load_records(root, params, file)
        records += _never_filled(root, params, records)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return _begun(root, output, params, records, *periods)


def _begun(root: Path, output: Path, params: Params, records: Sequence[Record], new: Period, old: Period) -> Begun:
    then, notes = reported(root, output, new.last_year, params.unit.name)
    then_of = {file: _own(then, file) if d.submitters else then for d in params.departments for file in d.workbooks}
    books = tuple(
        Book(d, file, who, tuple(carried(_of(records, file, s), s, old, new, then_of[file]) for s in sheets))
        for d in params.departments
        for file, who in d.workbooks.items()
        if (sheets := _sheets(records, d, file))
    )
    text = next_params(read_yaml_text(root / "params" / f"{old.id}.yaml"), params, new)
    filed = {name.casefold(): path for name, path in submitted_workbooks(root, params.submission).items()}
    half = half_made(_made_folder(root / "data"), ".new-")
    try:
        folder, file = half / new.id, half / f"{new.id}.yaml"
        folder.mkdir()
        file.write_text(text.text, encoding="utf-8", newline="")
        for book in books:
            heading = Heading(book.who, params.unit.name, new, Path(book.file).name)
            (folder / book.file).parent.mkdir(exist_ok=True)
            offered = offered_in(filed[name]) if (name := book.file.casefold()) in filed else {}
            write_blank(folder / book.file, heading, [_blank(c, records, book, offered) for c in book.sheets])
        _place(root, folder, file, new)
    finally:
        done_with(half)
    return Begun(old, new, text, books, then.where if then else "", tuple(notes))


def _never_filled(root: Path, params: Params, records: Sequence[Record]) -> list[Record]:
    """The rows of the workbooks that nobody filled in: they state nothing, and are asked again."""
    stating = {r.file for r in records if r.kind != BANNERS.kind}
    books = submitted_workbooks(root, params.submission)
    return [r for name, path in books.items() if name not in stating for r in rows_in(path, name)]


def _own(then: Reported | None, file: str) -> Reported | None:
    """What a sub-unit itself reported then, not what was put together of all."""
    if then is None:
        return None
    return replace(then, data=Dataset([r for r in then.data.records if r.file.casefold() == file.casefold()]))


def _place(root: Path, made: Path, made_file: Path, new: Period) -> None:
    """Put the workbooks and the params where they belong, unless something took their place meanwhile."""
    folder, file = raw_folder(root, new.id), root / "params" / f"{new.id}.yaml"
    with uninterrupted():
        if problems := list(_in_the_way(root, new)):
            raise InputError(problems)
        _made_folder(folder)  # there may be one, empty or with what programs leave behind
        for path in sorted(made.iterdir()):
            path.replace(folder / path.name)
        made_file.replace(file)


def _periods(root: Path, *names: str) -> tuple[Period, Period]:
    """The new period and the old one. WronglyAsked for what is none, twice the same, or has no params."""
    wrong = [name for name in names if not Period.is_id(name.strip())]
    if wrong:
        raise WronglyAsked([wrong_period(name) for name in wrong])
    new, old = (Period.parse(name) for name in names)
    if new == old:
        raise WronglyAsked([Problem("", "", "", f"kỳ mới và kỳ cũ đều là {new.id}", "hai kỳ khác nhau")])
    if not (root / "params" / f"{old.id}.yaml").is_file():
        raise WronglyAsked([not_begun(old, root / "params")])
    return new, old


def _in_the_way(root: Path, new: Period) -> Iterator[Problem]:
    """Everything of the new period that is there already."""
    file = root / "params" / f"{new.id}.yaml"
    expected = f"kỳ chưa lập; muốn lập lại kỳ {new.id} thì chuyển đi chỗ khác trước"
    if file.exists():
        yield Problem(f"params/{file.name}", "", "", "đã có tệp này", expected)
    books = list(submitted_files(root, new.id)[0]) if raw_folder(root, new.id).exists() else []
    if len(books) == 1:
        yield Problem(f"data/raw/{new.id}/{books[0]}", "", "", "đã có tệp này", expected)
    elif books:
        yield Problem(f"data/raw/{new.id}", "", "", f"đã có {len(books)} tệp, như «{books[0]}»", expected)


def _sheets(records: Sequence[Record], department: Department, file: str) -> list[str]:
    """The sheets that a department must have, and those of the forms that it had besides."""
    kinds = {r.kind for r in records if r.file.casefold() == file.casefold()}
    return [*department.sheets, *(t for t, s in schemas().items() if s.kind in kinds and t not in department.sheets)]


def _of(records: Sequence[Record], file: str, sheet: str) -> list[Record]:
    kind = schemas()[sheet].kind
    return [r for r in records if r.kind == kind and r.file.casefold() == file.casefold()]


def _blank(sheet: Carried, records: Sequence[Record], book: Book, before: Offered) -> BlankSheet:
    """A sheet that offers the codes that its rows had, and those that could have been chosen ``before``."""
    own, schema = _of(records, book.file, sheet.sheet), schemas()[sheet.sheet]
    chosen = {key: _codes(own, key) for key in _GROUPS}
    offered = {key: {*before.get((sheet.sheet, key), ()), *chosen.get(key, ())} for key in schema.keys}
    return BlankSheet(sheet.sheet, sheet.rows, _ROOM + len(sheet.gone), {k: sorted(v) for k, v in offered.items() if v})


def _codes(records: Sequence[Record], key: str) -> set[str]:
    return {code for r in records for code in r.text(key).split(", ") if code}


def _made_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
