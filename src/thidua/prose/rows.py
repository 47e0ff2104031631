"""The words for rows of text: documents, events, tasks, movements, role models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from thidua.entries import Entry
from thidua.language.text import written_date
from thidua.prose.linking import in_sentences
from thidua.prose.words import Words, gap, inner, joined, lower, note, number, series, text, unstopped, with_unit

# What the note of a role model's income may say about it.
QUALITIES = ("trên", "hơn", "từ", "khoảng", "ước")
_NO_ROW = "không có dòng nào"
# What is called by its name, «Luật Đất đai», and needs no issuer.
_NAMED = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")


def cite(document: Entry, *, full: bool = False, issuer: bool = False, opens: bool = False) -> Words:
    """«Chỉ thị số 01/CT-UBND ngày 16/01/2031»; ``full`` adds what it is about, as does a missing number.

    A law is called by its name, «Luật Đất đai số 31/2024/QH15». ``opens``: it opens a sentence.
    """
    if not document:
        return gap("không có văn bản này")
    kind, symbol, date, about = _of(document, "type", "number", "date", "title")
    named = str(kind or "").casefold() in _NAMED and bool(about)
    told = _law(kind, about) if named else text(kind or ("Văn bản" if opens else "văn bản"))
    if symbol:
        told += " số " + text(symbol)
    if isinstance(date, dt.date):
        told += " ngày " + on_date(date)
    if issuer and document.issuer and not named:
        told += " của " + text(str_of(document, "issuer"))
    if not named and (full or not symbol):
        told += " về " + lower(about)
    return told


def _law(kind: str, about: str) -> Words:
    return text(about) if about.casefold().startswith(kind.casefold()) else text(kind) + " " + text(about)


def cites(documents: Sequence[Entry], *, full: bool = False, issuer: bool = False) -> Words:
    """Several documents, «… và …»; who issued all of them is told once, behind the last."""
    by = {str_of(d, "issuer") for d in documents}
    alike = issuer and not full and len(documents) > 1 and len(by) == 1 and all(d.number for d in documents)
    told = [cite(d, full=full, issuer=issuer and not alike) for d in documents[:-1]]
    told += [cite(d, full=full, issuer=issuer) for d in documents[-1:]]
    return series(told) if told else gap("không có văn bản nào")


def footnoted(documents: Sequence[Entry]) -> Words:
    """Documents by what they are about, «Chỉ thị phát động …; …», each with number and date in a footnote."""
    told: list[Words] = []
    for document in documents:
        words = text(str_of(document, "type") or "văn bản") + " " + lower(str_of(document, "title"))
        told.append(words + note(cite(document, opens=True) + ".") if document.number else words)
    return series(told) if told else gap("không có văn bản nào")


def on_date(date: dt.date) -> Words:
    """«16/01/2031», «07/4/2031»."""
    return text(written_date(date))


def listing(texts: Iterable[Any], *, as_is: bool = False) -> Words:
    """The texts of several rows in one sentence, «a, b và c»; each starts in lower case unless it is a name.

    Semicolons part them where one has a comma of its own. ``as_is`` texts are all names.
    """
    parts = [text(unstopped(t)) if as_is else inner(t) for t in dict.fromkeys(texts) if t]
    return series(parts) if parts else gap(_NO_ROW)


def points(rows: Sequence[Entry]) -> list[Words]:
    """The texts of several rows as the items of a list, without their own stops."""
    return [text(unstopped(content)) for row in rows if (content := str_of(row, "content"))]


def accounts(rows: Sequence[Entry]) -> Words:
    """Events as sentences, tied as their rows say to those of their own group; the last one without its stop."""
    told: list[tuple[str, str]] = []
    topic = None
    for row in rows:
        if content := str_of(row, "content"):
            told.append((str_of(row, "link") if str_of(row, "topic") == topic else "", content))
            topic = str_of(row, "topic")
    return in_sentences(told) if told else gap(_NO_ROW)


def called(movements: Sequence[Entry]) -> Words:
    """Movements by name and phase: «“…” giai đoạn 2030 - 2035 và “…”»."""
    told: list[Words] = []
    for row in movements:
        name, phase = str_of(row, "name"), str_of(row, "phase")
        if name:
            known = not phase or _tight(phase) in _tight(name)
            words = "“" + text(name) + "”"
            told.append(words if known else words + " " + _phase(phase))
    return series(told) if told else gap("không có phong trào này")


def quoted(rows: Sequence[Entry]) -> Words:
    """The texts of several rows as they were given: «“…” và “…”»."""
    told = ["“" + text(unstopped(content)) + "”" for row in rows if (content := str_of(row, "content"))]
    return series(told) if told else gap(_NO_ROW)


def _phase(phase: str) -> Words:
    if not phase[:1].isdigit():
        return lower(phase)
    word = "giai đoạn" if any(dash in phase for dash in "-–") else "năm"
    return f"{word} " + text(phase)


def portrayed(role_models: Sequence[Entry], field: str = "") -> Words:
    """Role models whose field has a word in it: «ông … (thôn …), mô hình …, thu nhập trên 100 triệu đồng/năm»."""
    chosen = [m for m in role_models if field.casefold() in str_of(m, "field").casefold()]
    told: list[Words] = []
    for model in chosen:
        words = lower(str_of(model, "name"))
        if address := str_of(model, "address"):
            words += " (" + lower(address) + ")"
        facts = [inner(content)] if (content := str_of(model, "content")) else []
        start, jobs = _of(model, "income_from", "jobs")
        facts += [] if start.missing else [_income(model)]
        facts += ["tạo việc làm cho " + number(jobs) + " lao động"] if jobs.value else []
        told.append(joined([words, *facts], ", "))
    return series(told) if told else gap(f"không có điển hình nào thuộc lĩnh vực «{field}»" if field else _NO_ROW)


def _income(model: Entry) -> Words:
    start, end, remark = _of(model, "income_from", "income_to", "note")
    if not end.missing:
        return "thu nhập từ " + number(start) + " đến " + with_unit(end)
    quality = text(str(remark)) + " " if remark in QUALITIES else Words()
    return "thu nhập " + quality + with_unit(start)


def str_of(row: Entry, column: str) -> str:
    """The text of a column, empty where the row has none."""
    value = getattr(row, column)
    return value if isinstance(value, str) else ""


def _of(row: Entry, *columns: str) -> list[Any]:
    return [getattr(row, column) for column in columns]


def _tight(value: str) -> str:
    return value.replace(" ", "").replace("–", "-")
