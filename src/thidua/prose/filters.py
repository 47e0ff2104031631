"""The phrases of administrative Vietnamese, as Jinja filters over figures, indicators and documents.

Direction words follow the sign; a value that is missing makes the phrase missing, and its clause falls away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from thidua.dataset import Entry, SourceText
from thidua.errors import ProseError
from thidua.figures import Figure, Indicator, constant, magnitude
from thidua.figures.units import PERCENT
from thidua.prose.tokens import Phrase, Tokens
from thidua.text import uncapitalised, written_date

NBSP = "\u00a0"


class Filters:
    """Filters bound to the tokens of one cell."""

    def __init__(self, tokens: Tokens):
        self.tokens = tokens

    def all(self) -> dict[str, Callable[..., Any]]:
        """The filters by the names that a notebook uses."""
        numbers = ["with_unit", "about", "amount", "pct", "count", "nonzero"]
        indicators = ["progress", "of_plan", "of_upper", "versus_last", "moved", "series", "named"]
        texts = ["cite", "cites", "on_date", "listing", "accounts", "lower"]
        names = [*numbers, *indicators, *texts]
        return {name: getattr(self, name) for name in names}

    # numbers

    def with_unit(self, figure: Figure) -> Phrase:
        """«1.919,1 ha», «96,19%»."""
        if figure.missing:
            return self.tokens.figure(figure)
        space = "" if figure.unit == PERCENT else NBSP
        return Phrase(f"{self.tokens.figure(figure)}{space}{self.tokens.text(figure.unit) if figure.unit else ''}")

    def about(self, figure: Figure) -> Phrase:
        """With the department's own qualifier: «khoảng 5.386 con»."""
        quality = f"{self.tokens.text(figure.quality)} " if figure.quality and not figure.missing else ""
        return Phrase(quality + self.with_unit(figure))

    def amount(self, indicator: Indicator) -> Phrase:
        """What was done by the end of the period, qualified, with its unit."""
        return self.about(indicator.done)

    def pct(self, figure: Figure) -> Phrase:
        """A percentage with its sign: «96,19%»."""
        if figure.unit != PERCENT:
            raise ProseError(f"«{figure.id}» không phải tỷ lệ phần trăm nên không dùng được | pct")
        return self.with_unit(figure)

    def count(self, figure: Figure) -> Phrase:
        """A count; nought reads «không có vụ nào»."""
        if figure.value == 0:
            return Phrase(f"không có {self.tokens.text(figure.unit)} nào")
        return self.with_unit(figure)

    def nonzero(self, figure: Figure) -> Figure | Phrase:
        """Nought counts as missing, so that its clause falls away."""
        return self.tokens.gap() if figure.value == 0 else figure

    # indicators

    def progress(self, indicator: Indicator) -> Phrase:
        """«1.919,1/1.995,18 ha, đạt 96,19% kế hoạch», without what was not submitted."""
        done, plan = indicator.done, indicator.plan
        if done.missing:
            return self.tokens.figure(done)
        if plan.missing:
            amount = self.about(done)
        else:
            quality = f"{self.tokens.text(done.quality)} " if done.quality else ""
            amount = Phrase(f"{quality}{self.tokens.figure(done)}/{self.with_unit(plan)}")
        ratio = indicator.to_plan
        return amount if ratio.missing else Phrase(f"{amount}, {self.of_plan(indicator)}")

    def of_plan(self, indicator: Indicator, wording: str = "kế hoạch") -> Phrase:
        """«đạt 96,19% kế hoạch»; a plan exceeded adds «(vượt 4,71%)»."""
        return self._reached(indicator.to_plan, wording)

    def of_upper(self, indicator: Indicator, wording: str = "kế hoạch cấp trên giao") -> Phrase:
        """The same against the plan set by the superior level."""
        return self._reached(indicator.to_upper, wording)

    def versus_last(self, indicator: Indicator, wording: str = "cùng kỳ năm trước") -> Phrase:
        """«tăng 10,51% so với cùng kỳ năm trước»; where the level was submitted, «bằng 98,2% cùng kỳ (giảm 1,8%)»."""
        level, growth = indicator.to_last, indicator.growth
        if growth.missing:
            return self.tokens.figure(growth)
        if growth.id == indicator.printed_change.id or not indicator.last.missing:
            return self.moved(growth, wording)
        change = self._direction(growth)
        return Phrase(f"bằng {self.with_unit(level)} so với {wording}{f' ({change})' if change else ''}")

    def moved(self, growth: Figure, wording: str = "cùng kỳ năm trước") -> Phrase:
        """«tăng 10,51% so với …», «giảm …», «không thay đổi so với …»."""
        if growth.missing:
            return self.tokens.figure(growth)
        return Phrase(f"{self._direction(growth) or 'không thay đổi'} so với {wording}")

    def _direction(self, growth: Figure) -> str:
        if growth.value is None or growth.value == 0:
            return ""
        word = "tăng" if growth.value > 0 else "giảm"
        return f"{word} {self.with_unit(magnitude(growth))}"

    def _reached(self, ratio: Figure, wording: str) -> Phrase:
        reached = f"đạt {self.with_unit(ratio)} {wording}"
        if ratio.value is None or ratio.value <= 100:
            return Phrase(reached)
        excess = (ratio - constant(100)).named(f"{ratio.id}.excess", f"{ratio.label}, phần vượt", ratio.decimals)
        return Phrase(f"{reached} (vượt {self.with_unit(excess)})")

    # texts

    def cite(self, document: Entry | None, full: bool = False) -> Phrase:
        """«Chỉ thị số 02/CT-UBND ngày 16/01/2024»; ``full`` adds what it is about, as does a missing number."""
        if document is None:
            return self.tokens.gap()
        kind, number, date, title = document.type, document.number, document.date, document.title
        words = [self.tokens.text(str(kind or "văn bản"))]
        if number:
            words.append(f"số {self.tokens.text(number)}")  # type: ignore[arg-type]
        if isinstance(date, dt.date):
            words.append(f"ngày {self.on_date(date)}")
        if full or not number:
            words.append(f"về {self.lower(title)}")  # type: ignore[arg-type]
        return Phrase(" ".join(words))

    def cites(self, documents: Iterable[Entry], full: bool = False) -> Phrase:
        """Several documents, «…; …»; missing where there is none."""
        cited = [self.cite(d, full) for d in documents]
        return Phrase("; ".join(cited)) if cited else self.tokens.gap()

    def on_date(self, date: dt.date | None) -> Phrase:
        """«16/01/2024», «07/4/2014»."""
        return self.tokens.gap() if date is None else self.tokens.text(written_date(date))

    def series(self, items: Iterable[Indicator], phrase: str = "progress", joint: str = "; ") -> Phrase:
        """«Lúa xuân 1.919,1/1.995,18 ha, đạt …; ngô xuân …»: name and phrase of each indicator that has a value."""
        make = getattr(self, phrase, None)
        if make is None:
            raise ProseError(f"không có cụm từ nào tên «{phrase}»")
        parts = [f"{self.named(i)} {make(i)}" for i in items if not i.done.missing]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def listing(self, entries: Iterable[Entry | str], key: str = "content", joint: str = "; ") -> Phrase:
        """The texts of several rows in one sentence, each starting in lower case unless it is a name."""
        texts = [e if isinstance(e, str) else getattr(e, key) for e in entries]
        parts = [self.lower(t) for t in texts if t]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def accounts(self, entries: Iterable[Entry], joint: str = "; ") -> Phrase:
        """Events told whole: what, where, when, and what came of it; «… tại xã …, ngày …: …»."""
        parts = []
        for entry in entries:
            told: str = self.lower(entry.content)  # type: ignore[arg-type]
            told += f" tại {self.lower(entry.location)}" if entry.location else ""  # type: ignore[arg-type]
            told += f", {self.lower(entry.date)}" if entry.date else ""  # type: ignore[arg-type]
            parts.append(f"{told}: {self.lower(entry.result)}" if entry.result else told)  # type: ignore[arg-type]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def named(self, indicator: Indicator) -> Phrase:
        """An indicator's name in running text."""
        return self.lower(indicator.name)

    def lower(self, text: str) -> Phrase:
        """A text from data with its first letter in lower case, unless that is an abbreviation's."""
        lowered = uncapitalised(text)
        return self.tokens.text(SourceText(lowered, text.cell) if isinstance(text, SourceText) else lowered)
