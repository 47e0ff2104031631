"""A unit of its own from nothing: params with what its level has, notebooks, rules, blank workbooks of one period."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from thidua.checks.rules_file import FILE as RULES_FILE
from thidua.errors import InputError, Problem, WronglyAsked
from thidua.language.text import clean, fold, nearest_hint
from thidua.machine.process import done_with, half_made, uninterrupted
from thidua.prepare.blank import BlankSheet, Heading, write_blank
from thidua.prepare.catalogue import blank_sheets
from thidua.settings.acceptance_line import NOTHING_ACCEPTED
from thidua.settings.asked_period import wrong_period
from thidua.settings.levels import filled, last_day, level_in, level_named, levels, offices, rank, recipients
from thidua.settings.params import Department, Unit
from thidua.settings.params_file import load
from thidua.settings.period import Period

TITLE = (
    "{{ period.summing_up }} phong trào thi đua và công tác khen thưởng {{ period.name }}; "
    "phương hướng, nhiệm vụ {{ period.next.name }}"
)
_WIDTH = 110
# What a unit with others below it is to uncomment, where its report is made of theirs.
_UNITS = """\
# Muốn tổng hợp số liệu từ báo cáo đã niêm phong của các đơn vị cấp dưới thì bỏ dấu # ở các dòng sau: runs là thư mục
# chứa lần chạy của họ, tính từ thư mục này, dấu * thay cho chữ bất kỳ; units là tên đơn vị như trong tham số của họ.
# gathered:
#   runs: ../*/output
#   units:
#     - xã …
"""


@dataclass(frozen=True)
class Founded:
    """What was made: where, for whom and when, with which workbooks, and the period whose outline it has."""

    folder: Path
    unit: Unit
    period: Period
    departments: tuple[Department, ...]
    outline: str


def found(source: Path, folder: Path, level: str, name: str, period: str, superior: str | None = None) -> Founded:
    """Make a folder of reports for a unit; its notebooks and outline are those of ``source``. All of it or nothing.

    ``superior`` tells which level is above: a ward of a city gets awards of the city, one of a province the province's.

    WronglyAsked names everything that stands in the way: a level, a name or a period that is none, a folder that holds
    something, a source without notebooks or without params to take the outline from.
    """
    outline = _outline(source)
    problems = [*_wrong(level, name, period), *_in_the_way(folder)]
    if outline is None or not list((source / "notebooks").glob("*.ipynb")):
        where = "một bộ báo cáo có notebooks/ và params/<kỳ>.yaml (chỉ bằng --root), để chép notebook và mục lục"
        problems.append(Problem("", "", "", f"không có notebook hay mục lục ở {source}", where))
    if problems or outline is None:
        raise WronglyAsked(problems)
    unit, then = Unit.model_validate(_unit(level_named(level) or level, name, superior)), Period.parse(period)
    books = _books(unit)
    place = folder.absolute().parent
    place.mkdir(parents=True, exist_ok=True)
    half = half_made(place, ".init-")
    try:
        _fill(half, source, unit, then, books, outline)
        load(half / "params" / f"{then.id}.yaml")
        with uninterrupted():
            if problems := list(_in_the_way(folder)):
                raise InputError(problems)
            folder.mkdir(exist_ok=True)
            for path in sorted(half.iterdir()):
                path.replace(folder / path.name)
    finally:
        done_with(half)
    return Founded(folder, unit, then, tuple(books), outline.stem)


def _fill(
    root: Path, source: Path, unit: Unit, period: Period, books: Mapping[Department, list[BlankSheet]], outline: Path
) -> None:
    for part in ("params", f"data/raw/{period.id}"):
        (root / part).mkdir(parents=True)
    shutil.copytree(source / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    file = root / "params" / f"{period.id}.yaml"
    file.write_text(_params_text(unit, period, list(books), outline), encoding="utf-8")
    (root / "params" / RULES_FILE).write_text(_rules_text(source), encoding="utf-8")
    for department, sheets in books.items():
        heading = Heading(department.name, unit.name, period, department.file)
        write_blank(root / "data" / "raw" / period.id / department.file, heading, sheets)


def _wrong(level: str, name: str, period: str) -> Iterator[Problem]:
    known = level_named(level)
    if known is None:
        expected = f"một trong: {', '.join(levels())}{nearest_hint(level, levels())}"
        yield Problem("", "", "", f"không có cấp «{level}»", expected)
    elif not _short(known, name):
        yield Problem("", "", "", f"tên đơn vị «{name}» chưa đủ", f"cả tên riêng: «{known} …»")
    elif (named := level_in(name)) and fold(name).startswith(fold(f"{named} ")) and named != known:
        yield Problem("", "", "", f"tên «{name}» nói cấp «{named}» nhưng --level là «{known}»", "cùng một cấp")
    if not Period.is_id(period):
        yield wrong_period(period)
    elif known and (last := last_day(known)) and Period.parse(period).start > last:
        found = f"kỳ {Period.parse(period).name} không còn cấp «{known}»: cấp này hết vào ngày {last:%d/%m/%Y}"
        yield Problem("", "", "", found, "kỳ trước đó, hoặc cấp khác ở --level")


def _in_the_way(folder: Path) -> Iterator[Problem]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        yield Problem(str(folder), "", "", "nơi này đã có nội dung", "một thư mục chưa có, hoặc trống")


def _outline(source: Path) -> Path | None:
    """The params whose outline a new unit begins with: those of the latest period there is."""
    files = [f for f in (source / "params").glob("*.yaml") if Period.is_id(f.stem)]
    return max(files, key=lambda f: (Period.parse(f.stem).end, f.stem), default=None)


def _short(level: str, name: str) -> str:
    """A unit's name without its level, its proper name."""
    words, of_level = clean(name).split(), level.split()
    led = [fold(w) for w in words[: len(of_level)]] == [fold(w) for w in of_level]
    return " ".join(words[len(of_level) :] if led else words)


def _unit(level: str, name: str, superior: str | None) -> dict[str, Any]:
    short = _short(level, name)
    whole = f"{level} {short}"
    return {
        "name": whole,
        "short_name": short,
        "level": level,
        "issuer": f"UBND {whole}",
        "issuer_full": f"Ủy ban nhân dân {whole}",
        "superior": clean(superior) if superior else None,
        "place": short if not short.isdigit() else whole[:1].upper() + whole[1:],
    }


def _books(unit: Unit) -> dict[Department, list[BlankSheet]]:
    """The departments of the unit, each with the sheets of its workbook; one that has nothing to report is none."""
    words, found = unit.model_dump(), {}
    for office in offices(unit.level):
        if sheets := blank_sheets(office.themes, words):
            titles = [sheet.title for sheet in sheets]
            name = filled(office.name, words)
            found[Department.model_validate({"file": f"{office.file}.xlsx", "name": name, "sheets": titles})] = sheets
    return found


def _params_text(unit: Unit, period: Period, departments: list[Department], outline: Path) -> str:
    words = unit.model_dump()
    told = {"unit": _unit(unit.level, unit.name, unit.superior)}
    document = {
        "number": None,
        "symbol": "BC-UBND",
        "date": None,
        "title": TITLE,
        "author": unit.issuer,
        "recipients": [line for line in (filled(r, words) for r in recipients(unit.level)) if line],
        "signer": {"authority": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH", "name": None},
    }
    parts = [
        "# Tham số của báo cáo. Sửa ở đây những gì thay đổi theo kỳ và theo đơn vị; số liệu nằm trong data/raw/<kỳ>/.",
        _yaml({"period": period.id}),
        "# superior: ghi cơ quan cấp trên, ví dụ UBND tỉnh …\n"
        "# Chữ khác nhau theo cấp (one_stop, council, lower_units, …) lấy theo level, chữ nào khác thì ghi thêm ở đây.",
        _yaml(told),
        "# number, date: để trống khi chưa vào sổ, chưa ký. signer.name: ghi họ tên người ký. Xem lại nơi nhận.",
        _yaml({"document": document}),
        "# Các đơn vị gửi biểu: thêm, bớt, đổi tên cho đúng với cơ quan của mình.",
        "departments:\n" + "\n".join(_department(d) for d in departments) + "\n",
        *([_UNITS] if rank(unit.level) > 0 else []),
        "# Mục lục báo cáo: thứ tự các mục, mỗi mục một notebook trong notebooks/ hoặc một tiêu đề có các mục con.",
        _sections(outline),
        NOTHING_ACCEPTED,
    ]
    return "\n".join(parts)


def _department(department: Department) -> str:
    line = _yaml({"file": department.file, "name": department.name, "sheets": list(department.sheets)}, flow=True)
    return f"  - {line.strip()}"


def _sections(outline: Path) -> str:
    """The outline of a params file as it is written there."""
    text = outline.read_text(encoding="utf-8")
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)
    key, value = next((k, v) for k, v in mapping.value if k.value == "sections")
    lines = text[key.start_mark.index : value.end_mark.index].splitlines()
    while not lines[-1].strip() or lines[-1].startswith("#"):
        lines.pop()  # remarks on what follows
    return "\n".join(lines) + "\n"


def _rules_text(source: Path) -> str:
    """A file of own rules with none in it, headed by the remarks of the source's file, which say how to write one."""
    file = source / "params" / RULES_FILE
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    remarks = takewhile(lambda line: line.startswith("#"), text.splitlines())
    return "\n".join([*remarks, "", "rules: []", ""]).lstrip()


def _yaml(content: Any, *, flow: bool = False) -> str:
    text: str = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, width=10**6 if flow else _WIDTH, default_flow_style=flow
    )
    return text
