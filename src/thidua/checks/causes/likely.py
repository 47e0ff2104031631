"""The likely cause of a broken identity, where the numbers themselves tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from functools import cached_property
from typing import NamedTuple

from thidua.checks.agreement import agreement
from thidua.checks.causes.plausible import could_be, could_be_meant
from thidua.checks.causes.repair import Repair, Web, solution
from thidua.checks.causes.slips import one_digit_apart
from thidua.checks.grid import Grid, Place
from thidua.checks.identities.identity import Identity
from thidua.checks.in_words import amount, listed
from thidua.dataset import Dataset
from thidua.figures import Cell, Expression, Figure
from thidua.figures.numbers import EXACT, decimals_of, format_number, round_half_up
from thidua.figures.units import PERCENT


class Cause(NamedTuple):
    """What may have happened, the further cells that this names, and the cells whose values would then be wrong."""

    text: str = ""
    cells: tuple[Cell, ...] = ()
    suspects: tuple[Cell, ...] = ()


class Causes:
    """Looks for the cause of broken identities among the period's numbers."""

    def __init__(self, web: Web, data: Dataset):
        self.web = web
        self.grid: Grid = web.grid
        self.data = data
        self._repaired: tuple[Identity, list[Repair]] | None = None

    def of_repair(self, repair: Repair) -> str:
        """What the single change that mends several identities says."""
        places = [self.grid[cell] for cell in repair.changes]
        if len(places) == 2:
            return f"{_quoted(places[0])} và {_quoted(places[1])} có thể bị đổi chỗ cho nhau"
        place = places[0]
        if not any(i.ties for i in repair.mended):
            return f"có thể chính {_quoted(place)} ({_number(place)}) sai"
        new = format_number(repair.changes[place.cell])
        above = self.grid.above(place.cell)
        if above is not None and above.number.value == place.number.value and not repair.slip:
            return f"{_quoted(place)} chép từ dòng trên «{above.row_name}»; để khớp phải là khoảng {new}"
        why = f", {repair.slip}" if repair.slip else ""
        return f"{_quoted(place)} ghi {_number(place)}, có thể đúng là {new}{why}"

    def of_one(self, identity: Identity) -> Cause:
        """The cause of one broken identity; empty where nothing tells."""
        searches: tuple[Callable[[Identity], Iterator[Cause]], ...] = (
            self._mean_of_percentages,
            self._copied_from_above,
            self._exchanged,
            self._other_base,
            self._part_missed,
            self._counted_instead,
            self._slipped,
            self._wrong_result,
        )
        if not identity.ties:
            # A bound is broken by one of its own numbers, unless the rule that sets it need not hold.
            bounded = identity.relation == "<=" and not identity.scope
            return Cause(suspects=identity.cells if bounded else ())
        cause = next((found for search in searches for found in search(identity)), Cause())
        if not cause.text or identity.kind == "sum":
            only = self._only_suspect(identity)
            text = "; ".join(t for t in (cause.text, only.text) if t)
            return Cause(text, cause.cells, (*cause.suspects, *only.suspects))
        return cause

    def _repairs(self, identity: Identity) -> list[Repair]:
        """The repairs of the identity that is looked at; several searches ask for them."""
        if self._repaired is None or self._repaired[0] is not identity:
            self._repaired = identity, list(self.web.repairs(identity))
        return self._repaired[1]

    def _only_suspect(self, identity: Identity) -> Cause:
        """The one cell that could be wrong, where all others also fit elsewhere."""
        suspects = [r for r in self._repairs(identity) if len(r.changes) == 1]
        if len(suspects) != 1 or len(identity.cells) < 3 or suspects[0].slip:
            return Cause()
        if any(cell not in self.grid for cell in identity.cells):  # nothing here tells whether a past number fits
            return Cause()
        cell, value = next(iter(suspects[0].changes.items()))
        suspect = _quoted(self.grid[cell])
        text = f"các số khác đều khớp nơi khác, nên xem lại {suspect}: để khớp phải là {format_number(value)}"
        return Cause(text, suspects=(cell,))

    def _mean_of_percentages(self, identity: Identity) -> Iterator[Cause]:
        """A total's percentage worked out as the mean of its parts' percentages."""
        printed, exact = identity.left, identity.right
        if printed.unit != PERCENT or not isinstance(exact.origin, Expression) or exact.origin.operator != "percent":
            return
        above, below = (_codes(side) for side in exact.origin.operands)
        rates = []
        for submitted, part, whole in self._rates:
            if len(part) == 1 and part <= above and whole <= below and submitted.cell != printed.cell:
                rates.append(submitted)
        values = [r.value for r in rates if r.value is not None]
        if len(values) < 2 or len(values) != len(above):
            return
        with localcontext(EXACT):
            mean = sum(values, Decimal(0)) / len(values)
        assert printed.value is not None
        if agreement(printed.value, printed.decimals, mean) in ("same", "truncated"):
            shown = listed([f"{r.printed}%" for r in rates])
            cells = tuple(r.cell for r in rates if r.cell)
            yield Cause(f"đã lấy trung bình cộng của {shown} thay vì chia tổng cho tổng", cells)

    @cached_property
    def _rates(self) -> list[tuple[Figure, set[str], set[str]]]:
        """The submitted percentages that have a formula, with what of the data stands in its part and in its whole."""
        found = []
        for indicator in self.data.indicators:
            rate = indicator.computed
            if rate is not None and isinstance(rate.origin, Expression) and rate.origin.operator == "percent":
                part, whole = (_codes(side) for side in rate.origin.operands)
                found.append((indicator.submitted, part, whole))
        return found

    def _copied_from_above(self, identity: Identity) -> Iterator[Cause]:
        for place, figure in self._places(identity):
            above = self.grid.above(place.cell)
            if above is None or above.number.value != place.number.value or len(str(abs(place.number.value))) < 2:
                continue
            if self.web.sound_at(place.cell):
                continue
            supposed = solution(identity, place.cell)
            near = ""
            if supposed is not None and figure is not identity.left:
                ends = [round_half_up(v, _places_for(place)) for v in supposed]
                low, high = map(format_number, ends)
                near = f"; để khớp phải là khoảng {low}" + (f" - {high}" if high != low else "")
                near = near if all(could_be_meant(place, v) for v in ends) else ""
            text = f"{_quoted(place)} chép từ dòng trên «{above.row_name}»{near}"
            yield Cause(text, (above.cell,), (place.cell,))

    def _exchanged(self, identity: Identity) -> Iterator[Cause]:
        for repair in self._repairs(identity):
            if len(repair.changes) == 2:
                yield Cause(self.of_repair(repair), tuple(repair.changes), tuple(repair.changes))

    def _slipped(self, identity: Identity) -> Iterator[Cause]:
        found = [r for r in self._repairs(identity) if r.slip and len(r.changes) == 1]
        if not found:
            return
        told = found[:2]
        suspects = tuple(cell for repair in told for cell in repair.changes)
        yield Cause(" hoặc ".join(self.of_repair(r) for r in told), suspects=suspects)

    def _other_base(self, identity: Identity) -> Iterator[Cause]:
        """The percentage fits another denominator or numerator of the form."""
        printed, exact = identity.left, identity.right
        if not identity.printed or not isinstance(exact.origin, Expression) or exact.origin.operator != "percent":
            return
        part, whole = exact.origin.operands
        if part.cell is None or whole.cell is None or part.value is None or whole.value is None:
            return
        if part.cell not in self.grid or whole.cell not in self.grid:
            return
        for role, kept, replaced in (("mẫu số", part.value, whole.cell), ("tử số", whole.value, part.cell)):
            for place in self._like(replaced):
                if place.cell in (part.cell, whole.cell):
                    continue
                pair = (kept, place.number.value) if role == "mẫu số" else (place.number.value, kept)
                if pair[1] > 0 and _gives(printed, *pair):
                    value = amount(place.number.value, place.record.text("unit"))
                    yield Cause(f"tỷ lệ này khớp nếu lấy {role} là {_quoted(place)} ({value})", (place.cell,))
        if part.value > 0 and _gives(printed, whole.value, part.value):
            yield Cause("tử số và mẫu số bị đảo cho nhau khi chia")

    def _wrong_result(self, identity: Identity) -> Iterator[Cause]:
        """The printed result itself is the right one with a slip."""
        printed, exact = identity.left, identity.right
        if printed.cell is None or printed.cell not in self.grid or exact.value is None or printed.value is None:
            return
        decimals = decimals_of(printed.value) if printed.decimals is None else printed.decimals
        right = round_half_up(exact.value, decimals)
        long = len(str(printed.value).replace(".", "")) > 2
        sound = could_be(self.grid[printed.cell], right)
        if long and sound and identity.kind != "rule" and one_digit_apart(printed.value, right, decimals):
            yield Cause(f"gõ sai một chữ số của {format_number(right, decimals)}")

    def _counted_instead(self, identity: Identity) -> Iterator[Cause]:
        """The gap is the difference between a number that belongs to the sum and a like one that does not."""
        gap = _gap(identity)
        if gap is None or abs(gap) < 10 or identity.left.cell is None:
            return
        related = {
            f.cell: f for i in self.web.sound_at(identity.left.cell) if i.ties for f in i.leaves if f.cell and f.value
        }
        related = {cell: f for cell, f in related.items() if cell != identity.left.cell and cell in self.grid}
        for cell, figure in related.items():
            assert figure.value is not None
            for place in self._like(cell):
                if place.cell in identity.cells or place.cell in related:
                    continue
                if abs(place.number.value - figure.value) == abs(gap):
                    text = (
                        f"phần lệch đúng bằng hiệu giữa {_quoted(place)} ({_number(place)}) và "
                        f"{_quoted(self.grid[cell])} ({figure.printed}): có thể đã cộng số này thay cho số kia"
                    )
                    yield Cause(text, (place.cell, cell))

    def _part_missed(self, identity: Identity) -> Iterator[Cause]:
        gap = _gap(identity)
        if gap is None or gap == 0 or identity.kind not in ("sum", "formula"):
            return
        for place, figure in self._places(identity):
            if figure is not identity.left and abs(gap) == place.number.value and place.number.value >= 2:
                what = "bỏ sót" if gap < 0 else "cộng hai lần"
                text = f"phần lệch đúng bằng {_quoted(place)}: có thể đã {what} số này khi cộng"
                yield Cause(text, suspects=identity.cells[:1])

    def _like(self, cell: Cell) -> Iterator[Place]:
        """The numbers of a cell's sheet that measure the same thing, or stand in its row."""
        own = self.grid[cell]
        for place in self.grid.of_sheet(cell.file, cell.sheet):
            alike = place.record is own.record or place.record.text("unit") == own.record.text("unit")
            if alike and place.column.type != "percent":
                yield place

    def _places(self, identity: Identity) -> Iterator[tuple[Place, Figure]]:
        for figure in identity.leaves:
            if figure.cell is not None and figure.cell in self.grid:
                yield self.grid[figure.cell], figure


def _gives(printed: Figure, part: Decimal, whole: Decimal) -> bool:
    assert printed.value is not None
    with localcontext(EXACT):
        return agreement(printed.value, printed.decimals, 100 * part / whole) in ("same", "truncated")


def _gap(identity: Identity) -> Decimal | None:
    left, right = identity.left.value, identity.right.value
    return left - right if identity.relation == "=" and left is not None and right is not None else None


def _codes(figure: Figure) -> set[str]:
    return {f.id for f in figure.walk() if f.cell is not None}


def _quoted(place: Place) -> str:
    return f"«{place.row_name}», cột {place.column.header[0].rpartition(' / ')[2]}"


def _number(place: Place) -> str:
    return format_number(place.number.value, place.number.decimals)


def _places_for(place: Place) -> int:
    decimals = place.number.decimals
    return decimals_of(place.number.value) if decimals is None else decimals
