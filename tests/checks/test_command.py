"""``thidua check``: exit codes, JSON, the table in the terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from checks.periods import declare, indicator, real_checked, rules_of, small_root
from thidua.checks.findings_table import print_findings
from thidua.cli import main
from workbooks import params_file

WRONG = indicator("a", 10, plan=20, printed_to_plan=60)
RIGHT = indicator("a", 10, plan=20, printed_to_plan=50)


def run(root: Path, *options: str) -> int:
    return main(["check", str(params_file(root)), "--root", str(root), *options])


def test_errors_give_exit_code_one_and_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small_root(tmp_path, indicators=[WRONG])) == 1
    shown = capsys.readouterr().out
    assert "Lỗi (1)" in shown
    assert "1 lỗi, 0 cảnh báo, 0 ghi nhận" in shown


def test_data_without_errors_give_exit_code_nought(tmp_path: Path) -> None:
    assert run(small_root(tmp_path, indicators=[RIGHT])) == 0


def test_a_faulty_rule_gives_exit_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_root(tmp_path, indicators=[RIGHT])
    declare(root, {"rules": rules_of("a = = b")})
    assert run(root) == 2
    assert "rules.yaml" in capsys.readouterr().err


def test_json_has_the_contract_s_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small_root(tmp_path, indicators=[WRONG], rules=rules_of("a = xyz")), "--json") == 1
    content = json.loads(capsys.readouterr().out)
    (finding,) = content["findings"]
    assert {"rule", "severity", "accepted", "message", "printed", "recomputed", "cells"} <= set(finding)
    assert finding["cells"][0] == {"file": "kinh-te.xlsx", "sheet": "Chỉ tiêu", "cell": "F2"}
    assert content["idle_rules"] == [{"rule": "quy-tac", "missing": ["xyz"]}]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_table_shows_every_finding_with_its_id_at_any_width(width: int) -> None:
    console = Console(width=width, record=True, file=io.StringIO())
    print_findings(real_checked(), console)
    shown = console.export_text()
    for finding in real_checked().findings:
        assert finding.id in shown
