"""The words for rows of text: documents, events, tasks, movements, role models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from thidua.dataset import Entry
from thidua.prose.tokens import Phrase
from thidua.prose.wording import Wording, enumerated, unstopped
from thidua.text import written_date

# What the note of a role model's income may say about it.
QUALITIES = ("trên", "hơn", "từ", "khoảng", "ước")


class RowWords(Wording):
    """Filters over rows of forms and their texts."""

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

    def listing(self, entries: Iterable[Entry | str], key: str = "content", joint: str = "; ") -> Phrase:
        """The texts of several rows in one sentence, each starting in lower case unless it is a name."""
        texts = [e if isinstance(e, str) else getattr(e, key) for e in entries]
        parts = [self.lower(t) for t in texts if t]
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def points(self, entries: Iterable[Entry], key: str = "content") -> Phrase:
        """The texts of several rows as a list, one line each, «- …;» and «- ….» for the last."""
        texts = [getattr(e, key) for e in entries]
        lines = [f"- {self.tokens.text(unstopped(t))}" for t in texts if t]
        return Phrase(";\n".join(lines) + ".") if lines else self.tokens.gap()

    def accounts(self, entries: Iterable[Entry], joint: str = "; ", outcome: str = ": ") -> Phrase:
        """Events told whole: what, where, when, and what came of it; «… tại xã …, ngày …: …».

        ``outcome`` leads from an event to its result: a space where the result is its predicate, «… được duy trì».
        """
        parts = []
        for entry in entries:
            told: str = self._inner(entry.content)
            told += f" tại {self._inner(entry.location)}" if entry.location else ""
            told += f", {self._inner(entry.date)}" if entry.date else ""
            parts.append(f"{told}{outcome}{self._inner(entry.result)}" if entry.result else told)
        return Phrase(joint.join(parts)) if parts else self.tokens.gap()

    def outcomes(self, entries: Iterable[Entry], joint: str = "; ") -> Phrase:
        """Events with what came of them, one result told once: «a, b và c được duy trì; d được nâng lên»."""
        groups: dict[Any, list[Phrase]] = {}
        for entry in entries:
            groups.setdefault(entry.result or "", []).append(self._inner(entry.content))
        told = [f"{enumerated(names)} {self._inner(r)}" if r else enumerated(names) for r, names in groups.items()]
        return Phrase(joint.join(told)) if told else self.tokens.gap()

    def _inner(self, text: Any) -> Phrase:
        """A row's text as it stands inside a sentence: without its own capital and stop."""
        return self.lower(unstopped(text))

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


def _tight(text: str) -> str:
    return text.replace(" ", "").replace("–", "-")
