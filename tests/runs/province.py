"""A province of a few communes: the province's own reports, and sealed runs of communes that are made in no time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checks.periods import merge_awards
from plain_yaml import dumped, loaded
from thidua.archive.bag import seal
from thidua.archive.contents import contents_of, copied, copy_contents, run_name
from thidua.archive.origin import CRATE
from thidua.checks.engine import check
from thidua.contracts import as_json
from thidua.figures.figure_record import records
from thidua.inputs import read_inputs
from workbooks import FILE, PERIOD, add_form, department, new_book, write_root

Row = dict[str, Any]
NOTHING: Mapping[str, bytes] = {}
COMMUNES = ("xã Suối Mơ", "xã Tân Lập", "phường Đồi Cao")
PROVINCE: dict[str, Any] = {
    "name": "tỉnh Bắc Sơn",
    "short_name": "Bắc Sơn",
    "level": "tỉnh",
    "issuer": "UBND tỉnh Bắc Sơn",
    "issuer_full": "Ủy ban nhân dân tỉnh Bắc Sơn",
    "place": "Bắc Sơn",
}


def commune_of(name: str, **more: Any) -> dict[str, Any]:
    """The params of a commune of the province."""
    level, _, short = name.partition(" ")
    issuer = {"issuer": f"UBND {name}", "issuer_full": f"Ủy ban nhân dân {name}", "superior": "UBND tỉnh Bắc Sơn"}
    return {"name": name, "short_name": short, "level": level, **issuer, "place": short, **more}


def seal_commune(
    folder: Path,
    name: str,
    rows: list[Row],
    *,
    made: str = "2031-07-01T08:00:00+00:00",
    awards: list[Row] | None = None,
    spoilt: Mapping[str, bytes] = NOTHING,
    **more: Any,
) -> Path:
    """A commune's sealed run in ``folder``/<its name>/output, as a run of the suite leaves it but for its pages.

    ``spoilt`` are files that stand in it otherwise than they should, sealed all the same; ``more`` are further params
    («period», «accepted»); «unit» completes the unit's.
    """
    period = more.get("period", PERIOD)
    root = folder / name / f"goc-{period}-{len(list((folder / name).glob('goc-*')))}"
    unit = commune_of(name, **more.pop("unit", {}))
    book = new_book(name, period)
    add_form(book, "Chỉ tiêu", rows)
    if awards:
        merge_awards(add_form(book, "Khen thưởng", awards), "awards")
        more = {"departments": [department(FILE, "Chỉ tiêu", "Khen thưởng")], **more}
    write_root(root, {FILE: book}, unit=unit, **more)
    file = root / "params" / f"{PERIOD}.yaml"
    if period != PERIOD:
        file = file.rename(file.with_name(f"{period}.yaml"))
        (root / "data" / "raw" / PERIOD).rename(root / "data" / "raw" / period)
    given = read_inputs(root, file)
    checked = check(given.data, given.params, given.rules, given.past)
    run = folder / name / "output" / "dang-lap"
    run.mkdir(parents=True)
    inputs = contents_of(given)
    copy_contents({n: path for n, path in inputs.items() if "/library/" not in n}, run)
    figures = records([f for i in checked.printed.indicators for f in (*i.figures, *i.derived)])
    action = {"@type": "CreateAction", "@id": "#lan-chay", "endTime": made}
    for content, at in (
        (as_json(figures), "figures.json"),
        ([f.as_dict() for f in checked.findings], "checks.json"),
        ({"@graph": [action]}, CRATE),
    ):
        (run / at).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    for at, bytes in spoilt.items():
        (run / at).write_bytes(bytes)
    sealed = run_name(period, copied(run))
    seal(run, sealed, "thidua")
    return run.rename(run.with_name(sealed))


def write_province(folder: Path, own: Mapping[str, list[Row]] | None = None, **changes: Any) -> Path:
    """The province's own root beside its communes' folders; ``own`` are its departments' rows, by workbook."""
    books = {}
    for file, rows in (
        own or {FILE: [{"code": "rung", "name": "Diện tích rừng", "unit": "ha", "actual": 900}]}
    ).items():
        books[file] = new_book(PROVINCE["name"])
        add_form(books[file], "Chỉ tiêu", rows)
    gathered = changes.pop("gathered", {"runs": "../*/output", "units": list(COMMUNES)})
    departments = [{"file": file, "name": "Sở Nông nghiệp và Môi trường", "sheets": ["Chỉ tiêu"]} for file in books]
    changes = {"unit": PROVINCE, "departments": departments, "gathered": gathered, **changes}
    return write_root(folder / "tinh", books, **changes)


def change_params(root: Path, **changes: Any) -> None:
    """Change some of the province's params."""
    file = root / "params" / f"{PERIOD}.yaml"
    settings = {**loaded(file.read_text(encoding="utf-8")), **changes}
    file.write_text(dumped(settings), encoding="utf-8")
