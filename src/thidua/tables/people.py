"""The table of role models: people and collectives by field, with what their work brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from thidua.document.block import Break, Cell, Row, Run, Text
from thidua.document.runs import opening, words
from thidua.entries import Entry
from thidua.prose.rows import QUALITIES
from thidua.tables.table_cells import Cells, group_row, show_table, text_cell
from thidua.tables.widths import fair_widths


def role_models_table(role_models: Iterable[Entry], *, title: str, key: str) -> None:
    """Role models under the headings of their fields: who and where, what they did, income and jobs.

    Achievements, income and jobs have columns only where somebody gives them.

    >>> role_models_table(report.role_models, title="Gương điển hình", key="dien_hinh")
    """
    chosen: list[Any] = list(role_models)
    income, jobs = (any(not getattr(m, k).missing for m in chosen) for k in ("income_from", "jobs"))
    content = any(m.content for m in chosen)
    header = ["TT", "Tập thể, cá nhân", *(["Thành tích, mô hình"] if content else [])]
    texts = [["00"], [f"{m.name} {m.address or ''}" for m in chosen]]
    texts += [[str(m.content or "") for m in chosen]] if content else []
    for wanted, name in ((income, f"Thu nhập ({_unit(chosen, 'income_from')})"), (jobs, "Lao động (người)")):
        header += [name] if wanted else []
        texts += [["000 - 000"]] if wanted else []
    cells = Cells()
    body: list[Row] = []
    number = 0
    for field in dict.fromkeys(m.field for m in chosen):
        body.append(group_row(field, len(header)))
        for model in [m for m in chosen if m.field == field]:
            number += 1
            row = [text_cell(str(number), "center"), _who(model)]
            row += [Cell(runs=(opening(model.content),) if model.content else ())] if content else []
            row += [_income(model, cells)] if income else []
            row += [_jobs(model, cells)] if jobs else []
            body.append(Row(cells=tuple(row)))
    show_table(header, body, cells, title=title, key=key, widths=fair_widths(header, texts))


def _unit(role_models: Iterable[Any], key: str) -> str:
    return next((str(getattr(m, key).unit) for m in role_models), "")


def _who(model: Any) -> Cell:
    address = (Break(), words(model.address)) if model.address else ()
    return Cell(runs=(words(model.name), *address))


def _income(model: Any, cells: Cells) -> Cell:
    """«trên 100», «250 - 300», nothing where none is given."""
    if model.income_from.missing:
        return Cell(align="center")
    start = cells.inline(model.income_from)
    runs: tuple[Run, ...] = (start,)
    if not model.income_to.missing:
        runs = (start, Text(text=" - "), cells.inline(model.income_to))
    elif model.note in QUALITIES:
        runs = (words(model.note), Text(text=" "), start)
    return Cell(runs=runs, align="center")


def _jobs(model: Any, cells: Cells) -> Cell:
    return Cell(align="center") if model.jobs.missing else Cell(runs=(cells.inline(model.jobs),), align="center")
