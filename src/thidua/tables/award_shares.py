"""The table of the shares of grassroots units and direct workers among the awarded: the rows of the awards sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua.charts import points
from thidua.document.block import Cell, Row, Run, Text
from thidua.document.runs import words
from thidua.entries import SourceText
from thidua.figures.award import Award, award_numbers
from thidua.language.capitals import uncapitalised
from thidua.tables.table_cells import Cells, group_row, show_table

_OF_WHICH = "Trong đó:"
_IN_PERCENT = " (%)"


def award_shares_table(awards: Iterable[Award], *, title: str, key: str) -> None:
    """The awards of which some share was submitted, in the order of their sheet, under the levels that gave them.

    A column for each share that the form declares and some award has.

    >>> award_shares_table(report.awards, title="Tỷ lệ đối tượng ở cơ sở được khen", key="ty_le_khen_co_so")
    """
    placed = list(_placed(awards))
    shown = {k: h for k, h in _columns().items() if any(_said(award, k) for _, _, award in placed)}
    cells = Cells()
    body: list[Row] = []
    above: Award | None = None
    for level, title_above, award in placed:
        if not any(_said(award, k) for k in shown):
            continue
        if level is not None and level is not above:
            body.append(group_row(level.name, len(shown) + 1))
        above = level
        numbers = (cells.number(getattr(award, k) if _said(award, k) else None) for k in shown)
        body.append(Row(cells=(Cell(runs=_name(award, title_above), header=True), *numbers)))
    header = ["Danh hiệu, hình thức", *shown.values()]
    told = [award for _, _, award in placed if any(_said(award, k) for k in shown)]
    columns = {_group(h): [getattr(a, k) for a in told if _said(a, k)] for k, h in shown.items()}
    show_table(header, body, cells, title=title, key=key, point=points.of_ranges(columns))


def _group(header: str) -> str:
    return header.removesuffix(_IN_PERCENT)


def _columns() -> dict[str, str]:
    """The shares by what they give, each with its header: «Tập thể (%)»."""
    return {c.printed.gives: f"{c.header[0].partition(' / ')[0]}{_IN_PERCENT}" for c in award_numbers() if c.printed}


def _placed(awards: Iterable[Award]) -> Iterator[tuple[Award | None, Award | None, Award]]:
    """Each award that is no heading, with the level above it and, for a kind of a title, that title."""
    level: Award | None = None
    title: Award | None = None
    for award in awards:
        if award.kind == "group":
            level, title = award, None
        elif award.kind == "sub":
            yield level, title, award
        else:
            title = award
            yield level, None, award


def _said(award: Award, share: str) -> bool:
    figure = getattr(award, share)
    return not figure.missing or figure.withheld


def _name(award: Award, title: Award | None) -> tuple[Run, ...]:
    """«Giấy khen, khen chuyên đề»: a kind of a title behind the title's own name."""
    if title is None:
        return (words(award.name),)
    own = uncapitalised(award.name.removeprefix(_OF_WHICH).strip())
    traced = SourceText(own, award.name.cell) if isinstance(award.name, SourceText) else own
    return words(title.name), Text(text=", "), words(traced)
