"""The table of role models: people and collectives by field, with what their work brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from thidua.dataset import Entry
from thidua.figures import Figure
from thidua.prose.filters import QUALITIES
from thidua.tables.html import Cells, fair_widths, show_table


def role_models_table(role_models: Iterable[Entry], *, title: str, key: str) -> None:
    """Role models under the headings of their fields: who and where, what they did, income and jobs.

    Income and jobs have columns only where somebody gives them.
    """
    chosen: list[Any] = list(role_models)
    income, jobs = (any(not getattr(m, k).missing for m in chosen) for k in ("income_from", "jobs"))
    header = ["TT", "Tập thể, cá nhân", "Thành tích, mô hình"]
    texts = [["00"], [f"{m.name} {m.address or ''}" for m in chosen], [str(m.content or "") for m in chosen]]
    for wanted, name in ((income, f"Thu nhập ({_unit(chosen, 'income_from')})"), (jobs, "Lao động (người)")):
        header += [name] if wanted else []
        texts += [["000 - 000"]] if wanted else []
    cells = Cells()
    body = []
    number = 0
    for field in dict.fromkeys(m.field for m in chosen):
        body.append(f'<tr class="group">{cells.heading(field, len(header))}</tr>')
        for model in [m for m in chosen if m.field == field]:
            number += 1
            row = f'<td class="center">{number}</td>{_who(model, cells)}{cells.text(model.content or "")}'
            row += f'<td class="center">{_income(model, cells)}</td>' if income else ""
            row += f'<td class="center">{_figure(model.jobs, cells)}</td>' if jobs else ""
            body.append(f"<tr>{row}</tr>")
    show_table(header, body, cells, title=title, key=key, widths=fair_widths(header, texts))


def _unit(role_models: Iterable[Any], key: str) -> str:
    return next((str(getattr(m, key).unit) for m in role_models), "")


def _who(model: Any, cells: Cells) -> str:
    tokens = cells.tokens
    address = f"<br>{tokens.fill(tokens.text(model.address))}" if model.address else ""
    return f"<td>{tokens.fill(tokens.text(model.name))}{address}</td>"


def _income(model: Any, cells: Cells) -> str:
    """«trên 100», «250 - 300», nothing where none is given."""
    start = _figure(model.income_from, cells)
    if not start:
        return ""
    if not model.income_to.missing:
        return f"{start} - {_figure(model.income_to, cells)}"
    quality = cells.tokens.fill(cells.tokens.text(model.note)) + " " if model.note in QUALITIES else ""
    return quality + start


def _figure(figure: Figure, cells: Cells) -> str:
    return "" if figure.missing else cells.tokens.fill(cells.tokens.figure(figure))
