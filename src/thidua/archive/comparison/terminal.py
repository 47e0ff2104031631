"""A comparison on the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from thidua.archive.comparison.compare import Comparison, FindingChange, VersionChange
from thidua.archive.comparison.figures import CellChange, FigureChange
from thidua.archive.comparison.texts import PartChange
from thidua.checks.finding import SEVERITY_NAMES

_HASH = re.compile(r"\b(?:[0-9a-f]{40}|[0-9a-f]{64})\b")
_MOST_FILES = 5
# Marks beside the colours, as in a word diff: the text must be clear in a file and to those who see no colours.
_STYLES = {"same": ("", "", ""), "old": ("red", "[-", "-]"), "new": ("green", "{+", "+}")}


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print everything that differs, the causes first."""
    console.print(f"[bold]{comparison.a}[/] → [bold]{comparison.b}[/]")
    if comparison.same:
        console.print("Hai lần chạy giống nhau.")
    _cells(comparison.cells, console)
    _figures(comparison.figures, console)
    _findings(comparison.findings, console)
    _parts("Lời văn", comparison.text, console)
    _parts("Notebook", comparison.notebooks, console)
    _parts("Tham số và quy tắc", comparison.params, console)
    _versions("Môi trường", comparison.environment, console)
    _files("Thư viện thidua", comparison.library, console)


def heading(name: str, count: int) -> str:
    """What a list is called, with how many changes it has."""
    return f"{name}: {count} thay đổi"


def shown(value: str | None) -> str:
    """A value in a table: a dash where there is none at all, an ellipsis where it is missing."""
    return "—" if value is None else value or "…"


def brief(version: str | None) -> str:
    """A version; of a hash, as much as tells it from another."""
    return _HASH.sub(lambda hash: hash[0][:12], shown(version))


def finding_words(finding: FindingChange) -> str:
    """What became of a finding, in a word or two."""
    if finding.old is None:
        return "mới"
    if finding.new is None:
        return "hết"
    if finding.new.accepted and not finding.old.accepted:
        return f"được chấp nhận ({finding.new.accepted_by}: {finding.new.accepted_why})"
    return "khác trước"


def _cells(cells: Sequence[CellChange], console: Console) -> None:
    if cells:
        table = Table(title=heading("Ô số liệu gốc", len(cells)), title_justify="left")
        for name in ("Ô", "Nội dung", "Cũ", "Mới", "Số liệu bị đổi theo"):
            table.add_column(name, overflow="fold")
        for cell in cells:
            row = (cell.place, cell.label, shown(cell.old), shown(cell.new), str(len(cell.moved)))
            table.add_row(*map(escape, row))
        console.print(table)


def _figures(figures: Sequence[FigureChange], console: Console) -> None:
    if figures:
        table = Table(title=heading("Số liệu trong báo cáo", len(figures)), title_justify="left")
        table.add_column("Số liệu", overflow="fold")
        for name in ("Cũ", "Mới", "Chênh lệch"):
            table.add_column(name, justify="right")
        table.add_column("Do ô", overflow="fold")
        for figure in figures:
            unit = f" ({figure.unit})" if figure.unit else ""
            row = (f"{figure.label}{unit}", shown(figure.old), shown(figure.new), shown(figure.difference))
            table.add_row(*map(escape, (*row, "; ".join(figure.causes))))
        console.print(table)


def _findings(findings: Sequence[FindingChange], console: Console) -> None:
    if findings:
        console.print(f"\n[bold]{heading('Phát hiện', len(findings))}[/]")
    for finding in findings:
        if content := finding.new or finding.old:
            severity = SEVERITY_NAMES[content.severity]
            console.print(escape(f"  {finding_words(finding)} · {severity}: {content.message}"), highlight=False)


def _parts(name: str, parts: Sequence[PartChange], console: Console) -> None:
    if parts:
        console.print(f"\n[bold]{heading(name, sum(len(p.changes) for p in parts))}[/]")
    for part in parts:
        console.print(f"  [italic]{escape(part.title)}[/]", highlight=False)
        for change in part.changes:
            line = Text("    ")
            for kind, text in change.pieces:
                style, before, after = _STYLES[kind]
                line.append(f"{before}{text}{after}", style)
            console.print(line)


def _files(name: str, files: Sequence[VersionChange], console: Console) -> None:
    """Files that nobody but a maintainer knows: how many, and the first of them."""
    if files:
        console.print(f"\n[bold]{heading(name, len(files))}[/]")
    for file in files[:_MOST_FILES]:
        became = "mới" if file.old is None else "không còn" if file.new is None else "khác trước"
        console.print(escape(f"  {became}: {file.name}"), highlight=False)
    if len(files) > _MOST_FILES:
        console.print(f"  và {len(files) - _MOST_FILES} tệp khác", highlight=False)


def _versions(name: str, versions: Sequence[VersionChange], console: Console) -> None:
    if versions:
        console.print(f"\n[bold]{heading(name, len(versions))}[/]")
    for version in versions:
        line = f"  {version.name}: {brief(version.old)} → {brief(version.new)}"
        console.print(escape(line), highlight=False)
