"""What stands behind the report: figures with their cells, findings, interactive charts, what it does not tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from thidua.checks.corrections import Correction
from thidua.contracts import FigureRecord, FindingRecord, UntoldRecord
from thidua.document.disputes import Disputes

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LESS = "\\u003c"


@dataclass(frozen=True)
class Evidence:
    """The records of a run's files, and the charts' specifications by key.

    ``untold`` has what each department submitted and the report does not tell, by the department's name;
    ``corrections`` what it prints otherwise than submitted, ``disputes`` what keeps it a draft; ``workbooks`` says who
    submits, by the workbook's name, in the order of the departments.
    """

    figures: Sequence[FigureRecord] = ()
    findings: Sequence[FindingRecord] = ()
    charts: Mapping[str, str] | None = None
    untold: Mapping[str, Sequence[UntoldRecord]] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    disputes: Disputes = field(default_factory=Disputes)
    workbooks: Mapping[str, str] = field(default_factory=dict)


def scripts(evidence: Evidence) -> Iterator[str]:
    """The data as JSON elements, piece by piece."""
    yield from _element("so-lieu", _cards(evidence.figures))
    yield "\n"
    yield from json_element("phat-hien", [_finding(f) for f in evidence.findings])
    for key, spec in sorted((evidence.charts or {}).items()):
        yield "\n"
        yield from _element(f"bieu-do-{key}", [spec])


def _cards(figures: Iterable[FigureRecord]) -> Iterator[str]:
    before = "{"
    for figure in figures:
        yield f"{before}{_written(figure.id)}:{_written(_card(figure))}"
        before = ","
    yield "{}" if before == "{" else "}"


def _card(figure: FigureRecord) -> dict[str, Any]:
    """A figure with what its card shows, under short names: it stands in the page hundreds of times."""
    source = figure.source
    card = {
        "l": figure.label,
        "v": figure.printed,
        "u": figure.unit,
        "f": figure.formula,
        "i": figure.inputs,
        "s": [source.file, source.sheet, source.cell] if source else None,
        "w": figure.why,
        "k": figure.lacks,
        "o": figure.only,
        "m": figure.section,
        "c": figure.cell,
    }
    return {key: value for key, value in card.items() if value}


def _finding(finding: FindingRecord) -> dict[str, Any]:
    cells = ["|".join((c.file, c.sheet, c.cell)) for c in finding.cells]
    kept = finding.model_dump(include={"id", "severity", "message", "cause", "accepted", "accepted_why", "figures"})
    return {**kept, "cells": cells}


def json_element(id: str, content: Any) -> Iterator[str]:
    """Data as an element of a page that only scripts read, piece by piece."""
    return _element(id, [_written(content)])


def _element(id: str, pieces: Iterable[str]) -> Iterator[str]:
    yield f'<script type="application/json" id="{id}">'
    for piece in pieces:
        yield piece.replace("<", _LESS)
    yield "</script>"
