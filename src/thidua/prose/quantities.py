"""The words for numbers: figures with their units, indicators against plan and last year.

Direction words follow the sign; a value that is missing makes the phrase missing, and its clause falls away.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from thidua.errors import ProseError
from thidua.figures import Figure, Indicator, constant, magnitude, missing
from thidua.figures.numbers import round_half_up
from thidua.figures.units import PERCENT, is_count
from thidua.prose.tokens import Phrase
from thidua.prose.wording import NBSP, Wording, enumerated
from thidua.text import nearest

# What can be said of each indicator of a series.
_OF_ONE = ("progress", "amount", "some", "out_of", "of_plan", "of_upper", "versus_last")


class QuantityWords(Wording):
    """Filters over figures and indicators."""

    def about(self, figure: Figure) -> Phrase:
        """With the department's own qualifier: «khoảng 4.200 con»."""
        return self.with_unit(figure)

    def amount(self, indicator: Indicator) -> Phrase:
        """What was done by the end of the period, qualified, with its unit.

        A count of nought is nothing to tell, and its clause falls away; ``count`` says it in words where it matters.
        """
        done = indicator.done
        return self.tokens.gap() if done.value == 0 and is_count(done.unit) else self.about(done)

    def pct(self, figure: Figure) -> Phrase:
        """A percentage with its sign: «96,02%»."""
        if figure.unit != PERCENT and not figure.missing:
            raise ProseError(f"«{figure.id}» không phải tỷ lệ phần trăm nên không dùng được | pct")
        return self.with_unit(figure)

    def count(self, figure: Figure, of: str = "") -> Phrase:
        """A count; nought reads «không có vụ nào», or with ``of`` «không có vụ cháy rừng nào»."""
        what = f" {of}" if of else ""
        if figure.value == 0:
            unit = f" {self.tokens.text(figure.unit)}" if figure.unit else ""
            return Phrase(f"không có{unit}{what} nào" if unit or what else "không có")
        return Phrase(f"{self.with_unit(figure)}{what}")

    def nonzero(self, figure: Figure) -> Figure:
        """Nought counts as missing, so that its clause falls away, whatever filter follows."""
        return missing(f"{figure.id}.nonzero", figure.unit, "bằng không") if figure.value == 0 else figure

    def some(self, indicator: Indicator) -> Phrase:
        """The amount, missing where it is nought: for what is worth saying only where there was any."""
        return self.tokens.gap() if indicator.done.value == 0 else self.amount(indicator)

    def amounts(self, indicators: Iterable[Indicator]) -> Phrase:
        """«10 tập thể, 11 cá nhân và 30 gia đình», without what is missing or nought; missing where nothing is left."""
        parts = [self.amount(i) for i in indicators if i.done.value]
        return enumerated(parts) if parts else self.tokens.gap()

    def tally(self, indicators: Iterable[Indicator], joint: str = "; ") -> Phrase:
        """«cải chính hộ tịch 34 trường hợp; …»: names and amounts, without what is missing or nought.

        Where a name ends in a number, «là» keeps all of them apart from their amounts.
        """
        told = [i for i in indicators if i.done.value]
        link = " là " if any(i.name[-1:].isdigit() for i in told) else " "
        parts = [f"{self.named(i)}{link}{self.amount(i)}" for i in told]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def counted(self, indicators: Iterable[Indicator], joint: str = "; ") -> Phrase:
        """«226 quyết định trợ cấp; 21 quyết định điều chỉnh»: for names that open with their unit; without nought."""
        parts = [f"{self.stated(i.done)}{NBSP}{self.named(i)}" for i in indicators if i.done.value]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def directions(self, indicators: Iterable[Indicator], falls: bool = False) -> Phrase:
        """Changes given as counts: «tăng 02 cụm, giảm 01 đơn vị», without nought. ``falls``: they count a fall."""
        words = ("giảm", "tăng") if falls else ("tăng", "giảm")
        moved = [i.done for i in indicators if i.done.value]
        parts = [f"{words[(f.value or 0) < 0]} {self.with_unit(magnitude(f))}" for f in moved]
        return Phrase(", ".join(parts)) if parts else self.tokens.gap()

    def progress(self, indicator: Indicator) -> Phrase:
        """«1.200,5/1.250,25 ha, đạt 96,02% kế hoạch», without what was not submitted or is in doubt."""
        done, plan = indicator.done, indicator.plan
        if done.missing:
            return self.tokens.figure(done)
        if not plan.value or plan.doubt:
            amount = self.about(done)
        else:
            amount = Phrase(f"{self.stated(done)}/{self.with_unit(plan)}")
        ratio = indicator.to_plan
        return amount if ratio.missing else Phrase(f"{amount}, {self.of_plan(indicator)}")

    def out_of(self, indicator: Indicator) -> Phrase:
        """«08/19 tiêu chí», where the plan is a whole to be reached rather than a target to be measured against."""
        plan = indicator.plan
        if indicator.done.missing or plan.missing or plan.doubt:
            return self.amount(indicator)
        return Phrase(f"{self.stated(indicator.done)}/{self.with_unit(plan)}")

    def of_plan(self, indicator: Indicator, wording: str = "kế hoạch") -> Phrase:
        """«đạt 96,02% kế hoạch»; a plan exceeded adds «(vượt 3,5%)»."""
        return self._reached(indicator.to_plan, wording)

    def of_upper(self, indicator: Indicator, wording: str = "kế hoạch cấp trên giao") -> Phrase:
        """The same against the plan set by the superior level."""
        return self._reached(indicator.to_upper, wording)

    def versus_last(self, indicator: Indicator, wording: str = "cùng kỳ năm trước") -> Phrase:
        """«tăng 7,25% so với cùng kỳ năm trước»; where the level was submitted, «bằng 97,5% cùng kỳ (giảm 2,5%)»."""
        level, growth = indicator.to_last, indicator.growth
        if growth.missing:
            return self.tokens.figure(growth)
        if growth.id == indicator.printed_change.id or not indicator.last.missing:
            return self.moved(growth, wording)
        change = self._direction(growth)
        return Phrase(f"bằng {self.with_unit(level)} so với {wording}{f' ({change})' if change else ''}")

    def moved(self, growth: Figure, wording: str = "cùng kỳ năm trước") -> Phrase:
        """«tăng 7,25% so với …», «giảm …», «không thay đổi so với …»."""
        if growth.missing:
            return self.tokens.figure(growth)
        return Phrase(f"{self._direction(growth) or 'không thay đổi'} so với {wording}")

    def _direction(self, growth: Figure) -> str:
        # A change too small to print is none: «tăng 0,00%» says nothing.
        if not (shown := _shown(growth)):
            return ""
        return f"{'tăng' if shown > 0 else 'giảm'} {self.with_unit(magnitude(growth))}"

    def _reached(self, ratio: Figure, wording: str) -> Phrase:
        reached = f"đạt {self.with_unit(ratio)} {wording}"
        if (_shown(ratio) or 0) <= 100:
            return Phrase(reached)
        excess = (ratio - constant(100)).named(f"{ratio.id}.excess", f"{ratio.label}, phần vượt", ratio.decimals)
        return Phrase(f"{reached} (vượt {self.with_unit(excess)})")

    def series(self, items: Iterable[Indicator], phrase: str = "progress", joint: str = "; ") -> Phrase:
        """«Lúa xuân 1.200,5/1.250,25 ha, đạt …; ngô xuân …»: name and phrase of each indicator that has a value."""
        make = getattr(self, phrase, None)
        if make is None or phrase not in _OF_ONE:
            near = nearest(phrase, _OF_ONE)
            raise ProseError(f"không có cụm từ nào tên «{phrase}»" + (f"; gần nhất là «{near}»" if near else ""))
        told = [(i, make(i)) for i in items if not i.done.missing]
        parts = [f"{self.named(i)} {words}" for i, words in told if not self.tokens.lacks(words)]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def named(self, indicator: Indicator) -> Phrase:
        """An indicator's name in running text."""
        return self.lower(indicator.name)


def _shown(figure: Figure) -> Decimal | None:
    """The value as it is printed."""
    if figure.value is None or figure.decimals is None:
        return figure.value
    return round_half_up(figure.value, figure.decimals)
