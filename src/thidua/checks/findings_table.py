"""Findings in the terminal: a table for each severity, the gravest first, accepted ones last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from thidua.checks.engine import Checked
from thidua.checks.finding import SEVERITY_NAMES, Finding, summary
from thidua.figures import Cell
from thidua.settings.acceptance_line import acceptance_line

_PLACES = 27
# So many sheets are named beside a finding; the page has all.
_SHEETS = 8
_TO_ACCEPT = (
    "Chấp nhận phát hiện nào thì chép nguyên dòng của nó vào dưới «accepted:» ở cuối tệp tham số "
    "(chưa có dòng ấy thì ghi thêm), rồi ghi ai quyết định (who) và lý do (why):"
)
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan", "": "bold green"}


def print_findings(checked: Checked, console: Console) -> None:
    """Print all findings and, in a few lines, what could not be checked."""
    for severity, name in SEVERITY_NAMES.items():
        _print(console, name, severity, [f for f in checked.findings if f.severity == severity and not f.accepted])
    _print(console, "Đã chấp nhận", "", [f for f in checked.findings if f.accepted])
    _print_lines([f for f in checked.findings if f.severity != "note" and not f.accepted], console)
    if checked.own_idle:
        names = ", ".join(dict.fromkeys(idle.rule for idle in checked.own_idle))
        console.print(Text(f"Quy tắc chưa áp dụng được vì kỳ này không có số liệu: {names}.", style="dim"))
    console.print(summary(checked.findings), highlight=False)


def _print_lines(findings: Sequence[Finding], console: Console) -> None:
    """The lines by which params would accept the findings, each whole in one line, to be copied."""
    if findings:
        console.print(Text(_TO_ACCEPT, style="bold"), soft_wrap=True)
    for finding in findings:
        console.print(Text(acceptance_line(finding.id, finding.values)), soft_wrap=True)


def places(cells: Iterable[Cell]) -> list[str]:
    """Cells by sheet: «nong-nghiep.xlsx › Chỉ tiêu: M8, H8, J8»."""
    sheets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in cells:
        sheets[cell.file, cell.sheet].append(cell.address)
    return [f"{file} › {sheet}: {', '.join(addresses)}" for (file, sheet), addresses in sheets.items()]


def _print(console: Console, name: str, severity: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    title = Text(f"{name} ({len(findings)})", style=_STYLES[severity])
    table = Table(title=title, title_justify="left", box=box.HORIZONTALS, expand=True, show_lines=True, padding=(0, 1))
    table.add_column("TT", justify="right", no_wrap=True)
    table.add_column("Phát hiện", ratio=1)
    # An id that wraps cannot be copied into params.
    table.add_column("Ô số liệu, mã phát hiện", width=max(_PLACES, *(len(f.id) for f in findings)))
    for number, finding in enumerate(findings, 1):
        table.add_row(str(number), _told(finding), _found_at(finding))
    console.print(table)


def _told(finding: Finding) -> Group:
    lines = [Text(f"{finding.message}.")]
    if finding.cause:
        lines.append(Text(f"Có thể do: {finding.cause}.", style="italic"))
    lines += [Text(f"• {effect}") for effect in finding.effects]
    if finding.withheld:
        lines.append(Text(f"Báo cáo chưa in: {'; '.join(finding.withheld)}.", style="bold"))
    if finding.accepted:
        lines.append(Text(f"{finding.accepted_by} chấp nhận: {finding.accepted_why}", style="green"))
    return Group(*lines)


def _found_at(finding: Finding) -> Group:
    found = places(finding.cells)
    more = [f"và {len(found) - _SHEETS} trang khác"] if len(found) > _SHEETS else []
    return Group(*(Text(p) for p in (*found[:_SHEETS], *more)), Text(finding.id, style="dim"))
