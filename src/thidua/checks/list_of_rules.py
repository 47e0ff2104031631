"""The register for people to read: ``thidua rules`` in the terminal and as JSON, the table in the guide."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from thidua.checks.declared.declared_rule import DeclaredRule
from thidua.checks.finding import SEVERITY_NAMES
from thidua.checks.rule import Rule
from thidua.checks.rulebook import RULES
from thidua.checks.rules_file import FILE, common_rules, load_rules, with_common


def run(root: Path, *, as_json: bool) -> int:
    """Print the registered rules, those between the figures of any unit, and the unit's own in params/rules.yaml."""
    own = load_rules(root / "params" / FILE)
    common = [DeclaredRule(d) for d in with_common(own).rules if d in common_rules().rules]
    declared = [DeclaredRule(d) for d in own.rules]
    if as_json:
        groups = {"rules": RULES, "common": common, "declared": declared}
        content = {name: [_as_dict(r) for r in rules] for name, rules in groups.items()}
        print(json.dumps(content, ensure_ascii=False, indent=1))
        return 0
    console = Console()
    _print(console, "Quy tắc có sẵn", RULES)
    _print(console, "Quy tắc chung giữa các số liệu", common)
    if declared:
        _print(console, f"Quy tắc riêng khai trong params/{FILE}", declared)
    return 0


def in_markdown() -> str:
    """The guide's table."""
    rows = ["| Mã bắt đầu bằng | Điều phải đúng | Mức | Căn cứ |", "|---|---|---|---|"]
    rows += [f"| `{r.id}` | {r.holds} | {_severities(r)} | {r.basis} |" for r in RULES]
    others = f"quy tắc chung giữa các số liệu, quy tắc riêng trong `params/{FILE}`: xem `thidua rules`"
    return "\n".join([*rows, f"| mã khác | {others} | | |"])


def _print(console: Console, title: str, rules: Sequence[Rule]) -> None:
    named = Text(f"{title} ({len(rules)})", style="bold")
    table = Table(title=named, title_justify="left", box=box.HORIZONTALS, expand=True, padding=(0, 1))
    table.add_column("Mã", no_wrap=True)
    table.add_column("Điều phải đúng", ratio=1)
    table.add_column("Mức", no_wrap=True)
    for rule in rules:
        remarks = [f"Căn cứ: {rule.basis}."] if rule.basis else []
        remarks += [f"Có thể khác vì: {rule.scope}."] if isinstance(rule, DeclaredRule) and rule.scope else []
        told = Group(f"{rule.holds}.", *(Text(r, style="dim") for r in remarks))
        table.add_row(rule.id, told, _severities(rule))
    console.print(table)


def _severities(rule: Rule) -> str:
    return ", ".join(SEVERITY_NAMES[severity].lower() for severity in rule.severities).capitalize()


def _as_dict(rule: Rule) -> dict[str, object]:
    return {"id": rule.id, "statement": rule.holds, "severities": list(rule.severities), "basis": rule.basis or None}
