"""The table of role models: people and collectives by field, with what their work brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from thidua.charts.wording import count
from thidua.document.block import Break, Cell, Row, Runs, Text, plain
from thidua.document.runs import NBSP, words
from thidua.entries import Entry
from thidua.language.capitals import uncapitalised
from thidua.language.text import capitalised
from thidua.prose.rows import QUALITIES
from thidua.prose.words import unstopped
from thidua.tables.table_cells import Cells, group_row, show_table, text_cell
from thidua.tables.widths import fair_widths

_WHO = "Tập thể, cá nhân"


def role_models_table(role_models: Iterable[Entry], *, title: str, key: str) -> None:
    """Role models under the headings of their fields: who and where, what they did, what it brings.

    Income and jobs stand behind the achievement: most role models are not of business, and columns of their own would
    be empty for them.

    >>> role_models_table(report.role_models, title="Gương điển hình", key="dien_hinh")
    """
    chosen: list[Any] = list(role_models)
    cells = Cells()
    told = [_achievement(m, cells) for m in chosen]
    header = ["TT", _WHO, *(["Thành tích, mô hình"] if any(told) else [])]
    texts = [["00"], [f"{m.name} {m.address or ''}" for m in chosen], [plain(runs) for runs in told]][: len(header)]
    body: list[Row] = []
    number = 0
    fields = list(dict.fromkeys(m.field for m in chosen))
    for field in fields:
        body.append(group_row(field, len(header)))
        for model, runs in zip(chosen, told, strict=True):
            if model.field != field:
                continue
            number += 1
            row = [text_cell(str(number), "center"), _who(model), *([Cell(runs=runs)] if any(told) else [])]
            body.append(Row(cells=tuple(row)))
    point = f"{count(number)} {uncapitalised(_WHO)} thuộc {count(len(fields))} lĩnh vực" if len(fields) > 1 else ""
    show_table(header, body, cells, title=title, key=key, point=point, widths=fair_widths(header, texts))


def _who(model: Any) -> Cell:
    address = (Break(), words(model.address)) if model.address else ()
    return Cell(runs=(words(model.name), *address))


def _achievement(model: Any, cells: Cells) -> Runs:
    """«Chăn nuôi dê; thu nhập 200 triệu đồng/năm; tạo việc làm cho 07 lao động»."""
    parts: list[Runs] = [(words(unstopped(model.content)),)] if model.content else []
    if not model.income_from.missing:
        parts.append((Text(text="thu nhập "), *_income(model, cells)))
    if model.jobs.value:
        parts.append((Text(text="tạo việc làm cho "), cells.inline(model.jobs), Text(text=f"{NBSP}lao động")))
    runs = tuple(run for n, part in enumerate(parts) for run in ((Text(text="; "),) if n else ()) + part)
    first = runs[0] if runs else None
    return (_opened(first), *runs[1:]) if isinstance(first, Text) else runs


def _opened(text: Text) -> Text:
    return text.model_copy(update={"text": capitalised(text.text)})


def _income(model: Any, cells: Cells) -> Runs:
    """«trên 100 triệu đồng/năm», «250 - 300 triệu đồng/năm»."""
    unit = Text(text=f"{NBSP}{model.income_from.unit}")
    start = cells.inline(model.income_from)
    if not model.income_to.missing:
        return start, Text(text=" - "), cells.inline(model.income_to), unit
    if model.note in QUALITIES:
        return words(model.note), Text(text=" "), start, unit
    return start, unit
