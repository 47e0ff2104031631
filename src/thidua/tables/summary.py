"""The summary of a report: what was reached and what not, what changed, in a few sentences and one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from decimal import Decimal
from operator import itemgetter

from thidua.charts.wording import count
from thidua.document.block import Block, Cell, Paragraph, Row, Runs, Table, Text
from thidua.document.runs import NBSP, opening, stated
from thidua.document.runs import number as mark
from thidua.document.show import show
from thidua.figures import WITHHELD, Figure, magnitude
from thidua.figures.numbers import format_number
from thidua.figures.units import PERCENT
from thidua.forms.roles import DONE, bases
from thidua.prose.reported_units import gathered_from
from thidua.prose.words import Words, joined, lower, number, with_unit
from thidua.report import Report
from thidua.settings.period import Period
from thidua.tables.header import header_rows
from thidua.tables.standing import Change, Group, Standing, earlier_times, is_chosen, standings, time_share
from thidua.tables.table_cells import GAP, Cells, group_row, kept_of, left_out_row

By = Callable[[Standing], Decimal | None]
Since = Callable[[Standing], Change | None]
_KEY = "tom_tat"
# Of one alone its row in the table says all.
_SEVERAL = 2
_LAST_YEAR = "cùng kỳ năm trước"
_POINTS = " điểm phần trăm"
# How many comparisons stand beside each other with room for a number and its unit on one line.
_WIDE = 2
# Where nobody chose what it tells, a group shows as many rows as a page has lines: more would be no summary.
_MOST = 40
# The columns' shares of the table's width: names, what was done, then the comparisons.
_NAME, _DONE, _COMPARED = 31.0, 25.0, 44.0
# What has nothing to be compared with stands two in a row.
_ABREAST, _ALONE = 2, 19.0


def summary(report: Report) -> None:
    """What an official must know, in a few sentences and one table; what there is no data for falls.

    Which indicators it tells and in which order, the form of indicators says (``headline``); where no row is of those
    groups, the first of each group. The edition of one page keeps as many as it has room for.

    >>> summary(report)
    """
    chosen = standings(report)
    found = [s for s in chosen if s.told]
    cells = Cells()
    sentences = {opens: words for opens, words in _sentences(report, chosen) if words.parts}
    gathered = gathered_from(report.units)
    blocks: list[Block] = [Paragraph(runs=(Text(text=gathered),))] if gathered else []
    blocks += [_paragraph(opens, words) for opens, words in sentences.items()]
    alone = [s for s in found if _is_alone(s)]
    if compared := [s for s in found if not _is_alone(s)]:
        blocks.append(_table(report, compared, cells))
    if alone:
        blocks.append(_results(alone, cells))
    show(blocks, [*(f for words in sentences.values() for f in words.figures), *cells.figures])


def _paragraph(opens: str, words: Words) -> Paragraph:
    return Paragraph(runs=(*([Text(text=opens, style="strong")] if opens else []), *words.as_runs))


def _sentences(report: Report, chosen: Sequence[Standing]) -> Iterator[tuple[str, Words]]:
    """Each paragraph: what it opens with, in bold, and how it goes on."""
    found = [s for s in chosen if s.told]
    reached = _reached(report.period, found)
    left = _left(
        [s for s in found if s.group is Group.IN_DOUBT], "chưa so được với kế hoạch vì số liệu còn phải làm rõ"
    )
    left += _left([s for s in chosen if not s.told], "chưa có số liệu")
    yield "So với kế hoạch" if reached.parts else "", reached + left
    _, before = earlier_times(report)
    yield f"So với {_LAST_YEAR}", _moved(found, lambda s: s.by_last_year, lambda s: s.since_last_year)
    if before:
        yield f"So với {before.period.name}", _moved(found, lambda s: s.by_before, lambda s: s.since_before)


def _reached(period: Period, found: Sequence[Standing]) -> Words:
    """How many indicators reached their plans, and which is furthest from it."""
    of = {group: [s for s in found if s.group is group] for group in Group}
    short = [*of[Group.BEHIND], *of[Group.UNDER_WAY], *of[Group.OVER]]
    reached, planned = len(of[Group.REACHED]), len(of[Group.REACHED]) + len(short)
    if planned < _SEVERAL:
        return Words()
    if not short:
        return Words((f", cả {count(planned)} chỉ tiêu đều đạt hoặc vượt mức.",))
    told = f", {count(reached)}/{count(planned)} chỉ tiêu đạt hoặc vượt mức, {_counted(short)} chưa đạt mức đề ra"
    if not reached:
        told = f", cả {_counted(short)} đều chưa đạt mức đề ra"
    return told + _furthest(period, of[Group.BEHIND]) + "."


def _furthest(period: Period, behind: Sequence[Standing]) -> Words:
    """Which is furthest from its plan, among those that are less far than the year is."""
    if not behind:
        return Words()
    share = time_share(period)
    name = lower(behind[0].indicator.name) + " (" + with_unit(behind[0].ratio) + ")"
    least = ", thấp nhất là " if len(behind) > 1 else ", là "
    if share == 100:
        return least + name
    mean = f"mức bình quân theo thời gian của năm ({_percent(share)})"
    return f", trong đó {_counted(behind)} còn dưới {mean}{least}" + name


def _left(standings: Sequence[Standing], why: str) -> Words:
    """What is not counted with the others, and why."""
    return Words((f" Còn {_counted(standings)} {why}.",)) if standings else Words()


def _moved(found: Iterable[Standing], by: By, since: Since) -> Words:
    """What rose and fell most."""
    known = [(s, moved) for s in found if (moved := by(s))]
    parts = [
        _most([(s, abs(moved)) for s, moved in known if (moved > 0) is rise], since, rise) for rise in (True, False)
    ]
    told = [part for part in parts if part.parts]
    return ", " + joined(told, ", ") + "." if told else Words()


def _most(moved: Sequence[tuple[Standing, Decimal]], since: Since, rise: bool) -> Words:
    """«tổng chi ngân sách tăng 10,51%», of several how many, and which moved most."""
    if not moved:
        return Words()
    standing, _ = max(moved, key=itemgetter(1))
    word = "tăng" if rise else "giảm"
    change, name = since(standing), lower(standing.indicator.name)
    assert change is not None
    if len(moved) == 1:
        return name + f" {word} " + _size(change)
    most = f"{count(len(moved))} chỉ tiêu {word} (nhiều nhất là "
    return most + name + " với " + _size(change) + ")"


def _size(change: Change) -> Words:
    by = magnitude(change.by)
    return number(by) + _POINTS if change.points else with_unit(by)


def _table(report: Report, found: Sequence[Standing], cells: Cells) -> Table:
    _, before = earlier_times(report)
    compared = {
        "So với kế hoạch": (any(s.base for s in found), _against_plan),
        f"So với {_LAST_YEAR}": (any(s.by_last_year is not None for s in found), lambda s: _since(s.since_last_year)),
        f"So với {before.period.name if before else ''}": (
            any(s.by_before is not None for s in found), lambda s: _since(s.since_before),
        ),
    }  # fmt: skip
    columns = {header: tell for header, (shown, tell) in compared.items() if shown}
    body: list[Row] = []
    most = len(found) if is_chosen(report) else _MOST
    for group in Group:
        rows = [s for s in found if s.group is group]
        if rows:
            title = _title(group, report.period, {s.group for s in found})
            body.append(group_row(f"{title} ({_counted(rows)})", 2 + len(columns)))
        kept = rows[: kept_of(len(rows), most)]
        for standing in kept:
            given = [tell(standing) for tell in columns.values()]
            cells.figures += [figure for words in given for figure in words.figures]
            told = [w.as_runs if len(columns) <= _WIDE else _breakable(w.as_runs) for w in given]
            body.append(Row(cells=(_name(standing), _done(standing, cells), *(Cell(runs=runs) for runs in told))))
        if left := rows[len(kept) :]:
            body.append(left_out_row(len(left), f"và {_counted(left)} khác", 2 + len(columns)))
    return Table(
        key=_KEY,
        name=f"Tóm tắt kết quả {report.period.name}",
        header=header_rows([(h,) for h in ("Chỉ tiêu", DONE, *columns)]),
        body=tuple(body),
        widths=(_NAME, _DONE, *(_COMPARED / len(columns) for _ in columns)),
    )


def _breakable(told: Runs) -> Runs:
    """With lines that may end before a unit: of three comparisons each is too narrow for a number with a long one."""
    return tuple(r.model_copy(update={"text": r.text.replace(NBSP, " ")}) if isinstance(r, Text) else r for r in told)


def _is_alone(standing: Standing) -> bool:
    """Whether there is nothing to compare it with."""
    moved = standing.by_last_year, standing.by_before
    return standing.base is None and moved == (None, None) and not standing.indicator.done.missing


def _results(standings: Sequence[Standing], cells: Cells) -> Table:
    """What has nothing to be compared with, two in a row."""
    named = [(_name(s), _done(s, cells)) for s in standings]
    width = min(len(named), _ABREAST)
    rows = [named[start : start + width] for start in range(0, len(named), width)]
    header = ("Chỉ tiêu", "Kết quả") * width
    return Table(
        key=f"{_KEY}_khac",
        name="Kết quả khác",
        header=header_rows([(h,) for h in header]),
        body=tuple(Row(cells=(*(c for pair in row for c in pair), *[Cell()] * 2 * (width - len(row)))) for row in rows),
        widths=(_NAME, _ALONE) * width,
    )


def _name(standing: Standing) -> Cell:
    return Cell(runs=(opening(standing.indicator.name),), header=True)


def _done(standing: Standing, cells: Cells) -> Cell:
    """What was done, with its unit."""
    done = standing.indicator.done
    cells.figures.append(done)
    runs = (mark(done, GAP),) if done.missing else (*stated(done), Text(text=_unit(done)))
    return Cell(runs=runs, withheld=done.withheld)


def _unit(figure: Figure) -> str:
    """Behind its number; in a narrow column it may go on in a second line."""
    return figure.unit if figure.unit == PERCENT else f" {figure.unit}"


def _against_plan(standing: Standing) -> Words:
    """«96,19% của 1.995,18 ha»; of a rate or a limit the plan alone, which nobody reaches by a share."""
    if standing.base is None:
        return Words()
    plan, ratio = standing.plan, standing.ratio
    named = standing.base.measure.phrase if standing.base is not bases()[0] else ""
    if ratio.missing:
        return Words((WITHHELD,))
    if (standing.indicator.unit == PERCENT or standing.is_a_limit) and _known(plan):
        return f"{named or 'kế hoạch'} " + with_unit(plan)
    if plan.value is not None and plan.value == standing.indicator.done.value:
        return "bằng " + (named or "kế hoạch") + " (" + with_unit(plan) + ")"
    told = with_unit(ratio) + (f" của{NBSP}" + with_unit(plan) if _known(plan) else "")
    return told + f" ({named})" if named else told


def _since(change: Change | None) -> Words:
    """«tăng 7,25% (từ 1.200 con)»."""
    if change is None:
        return Words()
    word = {1: "tăng ", -1: "giảm ", 0: ""}[_sign(change.shown)]
    told = word + _size(change) if word else Words(("không thay đổi",))
    return told + (f" (từ{NBSP}" + with_unit(change.then) + ")" if word and _known(change.then) else "")


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _known(figure: Figure) -> bool:
    return not figure.missing and not figure.doubt


def _title(group: Group, period: Period, all_groups: Set[Group]) -> str:
    """What a group is called beside the others that there are."""
    share = time_share(period)
    others = {Group.BEHIND, Group.OVER} & all_groups
    behind = "Chưa đạt kế hoạch" if share == 100 else f"Mới đạt dưới {_percent(share)} kế hoạch"
    return {
        Group.REACHED: "Đạt, vượt kế hoạch",
        Group.BEHIND: behind,
        Group.UNDER_WAY: "Các chỉ tiêu khác chưa đạt kế hoạch" if others else "Chưa đạt kế hoạch",
        Group.OVER: "Cao hơn mức kế hoạch cần giữ",
        Group.IN_DOUBT: "Chưa so được vì số liệu còn phải làm rõ",
        Group.WITHOUT_PLAN: "Không có kế hoạch",
    }[group]


def _percent(share: Decimal) -> str:
    return f"{format_number(share, 0 if share == int(share) else 1)}%"


def _counted(standings: Sequence[Standing]) -> str:
    return f"{count(len(standings))} chỉ tiêu"
