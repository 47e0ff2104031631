"""The phrases of administrative Vietnamese, as Jinja filters over figures, indicators and documents.

Direction words follow the sign; a value that is missing makes the phrase missing, and its clause falls away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from thidua.dataset import Entry, SourceText
from thidua.errors import ProseError
from thidua.figures import Figure, Indicator, constant, magnitude, missing
from thidua.figures.units import PERCENT
from thidua.prose.tokens import Phrase, Tokens
from thidua.text import uncapitalised, written_date

NBSP = "\u00a0"
# What the note of a role model's income may say about it.
QUALITIES = ("trên", "hơn", "từ", "khoảng", "ước")


class Filters:
    """Filters bound to the tokens of one cell."""

    def __init__(self, tokens: Tokens):
        self.tokens = tokens

    def all(self) -> dict[str, Callable[..., Any]]:
        """The filters by the names that a notebook uses."""
        numbers = ["with_unit", "about", "amount", "some", "amounts", "tally", "counted", "pct", "count"]
        numbers += ["nonzero", "directions"]
        indicators = ["progress", "out_of", "of_plan", "of_upper", "versus_last", "moved", "series", "named"]
        texts = ["cite", "cites", "footnoted", "on_date", "listing", "points", "accounts", "outcomes", "lower"]
        texts += ["called", "in_field", "portrayed", "distinct"]
        names = [*numbers, *indicators, *texts]
        return {name: getattr(self, name) for name in names}

    # numbers

    def with_unit(self, figure: Figure) -> Phrase:
        """«1.200,5 ha», «96,02%»."""
        if figure.missing:
            return self.tokens.figure(figure)
        space = "" if figure.unit == PERCENT else NBSP
        return Phrase(f"{self.tokens.figure(figure)}{space}{self.tokens.text(figure.unit) if figure.unit else ''}")

    def about(self, figure: Figure) -> Phrase:
        """With the department's own qualifier: «khoảng 4.200 con»."""
        quality = f"{self.tokens.text(figure.quality)} " if figure.quality and not figure.missing else ""
        return Phrase(quality + self.with_unit(figure))

    def amount(self, indicator: Indicator) -> Phrase:
        """What was done by the end of the period, qualified, with its unit."""
        return self.about(indicator.done)

    def pct(self, figure: Figure) -> Phrase:
        """A percentage with its sign: «96,02%»."""
        if figure.unit != PERCENT and not figure.missing:
            raise ProseError(f"«{figure.id}» không phải tỷ lệ phần trăm nên không dùng được | pct")
        return self.with_unit(figure)

    def count(self, figure: Figure, of: str = "") -> Phrase:
        """A count; nought reads «không có vụ nào», or with ``of`` «không có vụ cháy rừng nào»."""
        what = f" {of}" if of else ""
        if figure.value == 0:
            return Phrase(f"không có {self.tokens.text(figure.unit)}{what} nào")
        return Phrase(f"{self.with_unit(figure)}{what}")

    def nonzero(self, figure: Figure) -> Figure:
        """Nought counts as missing, so that its clause falls away, whatever filter follows."""
        return missing(figure.id, figure.unit, "bằng không") if figure.value == 0 else figure

    def some(self, indicator: Indicator) -> Phrase:
        """The amount, missing where it is nought: for what is worth saying only where there was any."""
        return self.tokens.gap() if indicator.done.value == 0 else self.amount(indicator)

    def amounts(self, indicators: Iterable[Indicator]) -> Phrase:
        """«10 tập thể, 11 cá nhân và 30 gia đình», without what is missing or nought; missing where nothing is left."""
        parts = [self.amount(i) for i in indicators if i.done.value]
        return _enumerated(parts) if parts else self.tokens.gap()

    def tally(self, indicators: Iterable[Indicator], joint: str = "; ") -> Phrase:
        """«cải chính hộ tịch 34 trường hợp; …»: names and amounts, without what is missing or nought."""
        parts = [f"{self.named(i)} {self.amount(i)}" for i in indicators if i.done.value]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def counted(self, indicators: Iterable[Indicator], joint: str = "; ") -> Phrase:
        """«226 quyết định trợ cấp; 21 quyết định điều chỉnh»: for names that open with their unit; without nought."""
        parts = [f"{self.tokens.figure(i.done)}{NBSP}{self.named(i)}" for i in indicators if i.done.value]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def directions(self, indicators: Iterable[Indicator], falls: bool = False) -> Phrase:
        """Changes given as counts: «tăng 02 cụm, giảm 01 đơn vị», without nought. ``falls``: they count a fall."""
        words = ("giảm", "tăng") if falls else ("tăng", "giảm")
        moved = [i.done for i in indicators if i.done.value]
        parts = [f"{words[(f.value or 0) < 0]} {self.with_unit(magnitude(f))}" for f in moved]
        return Phrase(", ".join(parts)) if parts else self.tokens.gap()

    # indicators

    def progress(self, indicator: Indicator) -> Phrase:
        """«1.200,5/1.250,25 ha, đạt 96,02% kế hoạch», without what was not submitted."""
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

    def out_of(self, indicator: Indicator) -> Phrase:
        """«08/19 tiêu chí», where the plan is a whole to be reached rather than a target to be measured against."""
        plan = indicator.plan
        if indicator.done.missing or plan.missing:
            return self.amount(indicator)
        return Phrase(f"{self.tokens.figure(indicator.done)}/{self.with_unit(plan)}")

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

    def cite(self, document: Entry, full: bool = False, issuer: bool = False) -> Phrase:
        """«Chỉ thị số 01/CT-UBND ngày 16/01/2031»; ``full`` adds what it is about, as does a missing number."""
        if not document:
            return self.tokens.gap()
        kind, number, date, title = document.type, document.number, document.date, document.title
        words: list[str] = [self.tokens.text(str(kind or "văn bản"))]
        if number:
            words.append(f"số {self.tokens.text(number)}")  # type: ignore[arg-type]
        if isinstance(date, dt.date):
            words.append(f"ngày {self.on_date(date)}")
        if issuer and document.issuer:
            words.append(f"của {self.tokens.text(document.issuer)}")  # type: ignore[arg-type]
        if full or not number:
            words.append(f"về {self.lower(title)}")  # type: ignore[arg-type]
        return Phrase(" ".join(words))

    def cites(self, documents: Iterable[Entry], full: bool = False, issuer: bool = False) -> Phrase:
        """Several documents, «…; …»; missing where there is none."""
        cited = [self.cite(d, full, issuer) for d in documents]
        return Phrase("; ".join(cited)) if cited else self.tokens.gap()

    def footnoted(self, documents: Iterable[Entry]) -> Phrase:
        """Documents by what they are about, «Chỉ thị phát động …; …», each with number and date in a footnote."""
        told: list[str] = []
        for document in documents:
            kind, about = self.tokens.text(str(document.type or "văn bản")), self.lower(document.title)  # type: ignore[arg-type]
            note = f"^[{self.cite(document)}.]" if document.number else ""
            told.append(f"{kind} {about}{note}")
        return Phrase("; ".join(told)) if told else self.tokens.gap()

    def on_date(self, date: dt.date | None) -> Phrase:
        """«16/01/2031», «07/4/2031»."""
        return self.tokens.gap() if date is None else self.tokens.text(written_date(date))

    def series(self, items: Iterable[Indicator], phrase: str = "progress", joint: str = "; ") -> Phrase:
        """«Lúa xuân 1.200,5/1.250,25 ha, đạt …; ngô xuân …»: name and phrase of each indicator that has a value."""
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

    def points(self, entries: Iterable[Entry], key: str = "content") -> Phrase:
        """The texts of several rows as a list, one line each, «- …;» and «- ….» for the last."""
        texts = [getattr(e, key) for e in entries]
        lines = [f"- {self.tokens.text(_unstopped(t))}" for t in texts if t]
        return Phrase(";\n".join(lines) + ".") if lines else self.tokens.gap()

    def accounts(self, entries: Iterable[Entry], joint: str = "; ", outcome: str = ": ") -> Phrase:
        """Events told whole: what, where, when, and what came of it; «… tại xã …, ngày …: …».

        ``outcome`` leads from an event to its result: a space where the result is its predicate, «… được duy trì».
        """
        parts = []
        for entry in entries:
            told: str = self.lower(entry.content)  # type: ignore[arg-type]
            told += f" tại {self.lower(entry.location)}" if entry.location else ""  # type: ignore[arg-type]
            told += f", {self.lower(entry.date)}" if entry.date else ""  # type: ignore[arg-type]
            parts.append(f"{told}{outcome}{self.lower(entry.result)}" if entry.result else told)  # type: ignore[arg-type]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def outcomes(self, entries: Iterable[Entry], joint: str = "; ") -> Phrase:
        """Events with what came of them, one result told once: «a, b và c được duy trì; d được nâng lên»."""
        groups: dict[Any, list[Phrase]] = {}
        for entry in entries:
            groups.setdefault(entry.result or "", []).append(self.lower(entry.content))  # type: ignore[arg-type]
        told = [f"{_enumerated(names)} {self.lower(r)}" if r else _enumerated(names) for r, names in groups.items()]
        return Phrase(joint.join(told)) if told else self.tokens.gap()

    def named(self, indicator: Indicator) -> Phrase:
        """An indicator's name in running text."""
        return self.lower(indicator.name)

    def called(self, movements: Entry | Iterable[Entry]) -> Phrase:
        """Movements by name and phase: «“…” giai đoạn 2030 - 2035; “…”»."""
        rows = [movements] if isinstance(movements, Entry) else list(movements)
        names = []
        for row in rows:
            name, phase = str(row.name or ""), str(row.phase or "")
            if name:
                known = not phase or _tight(phase) in _tight(name)
                names.append(f"“{self.tokens.text(row.name)}”" + ("" if known else f" {self._phase(row.phase)}"))  # type: ignore[arg-type]
        return Phrase("; ".join(names)) if names else self.tokens.gap()

    def _phase(self, phase: str) -> Phrase:
        if not phase[:1].isdigit():
            return self.lower(phase)
        word = "giai đoạn" if any(dash in phase for dash in "-–") else "năm"
        return Phrase(f"{word} {self.tokens.text(phase)}")

    def in_field(self, role_models: Iterable[Entry], word: str) -> list[Entry]:
        """The role models whose field has a word in it."""
        return [m for m in role_models if word.casefold() in str(m.field or "").casefold()]

    def portrayed(self, role_models: Iterable[Entry]) -> Phrase:
        """Role models one after the other: «Ông … (thôn …): mô hình …, thu nhập trên 100 triệu đồng/năm»."""
        told = []
        for model in role_models:
            text: str = self.tokens.text(model.name)  # type: ignore[arg-type]
            text += f" ({self.lower(model.address)})" if model.address else ""  # type: ignore[arg-type]
            facts = [self.lower(model.content)] if model.content else []  # type: ignore[arg-type]
            facts += [self._income(model)] if not model.income_from.missing else []  # type: ignore[union-attr]
            facts += [Phrase(f"tạo việc làm cho {self.tokens.figure(model.jobs)} lao động")] if model.jobs.value else []  # type: ignore[union-attr,arg-type]
            told.append(f"{text}: {', '.join(facts)}" if facts else text)
        return Phrase("; ".join(told)) if told else self.tokens.gap()

    def _income(self, model: Entry) -> Phrase:
        start, end = model.income_from, model.income_to
        if not end.missing:  # type: ignore[union-attr]
            return Phrase(f"thu nhập từ {self.tokens.figure(start)} đến {self.with_unit(end)}")  # type: ignore[arg-type]
        quality = f"{self.tokens.text(str(model.note))} " if model.note in QUALITIES else ""
        return Phrase(f"thu nhập {quality}{self.with_unit(start)}")  # type: ignore[arg-type]

    def distinct(self, entries: Iterable[Entry], key: str) -> list[str]:
        """The different texts of a column, in the order of the rows."""
        return list(dict.fromkeys(text for e in entries if (text := getattr(e, key))))

    def lower(self, text: str | None) -> Phrase:
        """A text from data with its first letter in lower case, unless that is an abbreviation's."""
        if not text:
            return self.tokens.gap()
        lowered = uncapitalised(text)
        return self.tokens.text(SourceText(lowered, text.cell) if isinstance(text, SourceText) else lowered)


def _enumerated(parts: list[Phrase]) -> Phrase:
    return Phrase(" và ".join(p for p in (", ".join(parts[:-1]), parts[-1]) if p))


def _unstopped(text: str) -> str:
    """Without the stop that a row's text may end with: the list sets its own."""
    bare = text.rstrip(" .;,:")
    return SourceText(bare, text.cell) if isinstance(text, SourceText) else bare


def _tight(text: str) -> str:
    return text.replace(" ", "").replace("–", "-")
