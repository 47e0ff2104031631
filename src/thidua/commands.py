"""The commands of ``thidua``: what each takes, does and prints, and how it ends."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from thidua.archive.subcommands import add_commands
from thidua.checks.engine import check, has_errors
from thidua.checks.finding import summary
from thidua.errors import InputError, NoRun, NotebooksFailed, NotebooksUnreadable, ThiduaError
from thidua.inputs import Inputs, read_inputs
from thidua.machine.process import uninterrupted
from thidua.prepare import starting

OK, FINDINGS, UNUSABLE, FAILED = 0, 1, 2, 3


def perform(arguments: Sequence[str]) -> int:
    """Run a command. 0: done; 1: done, with errors found in the data; 2: unusable input; 3: a notebook failed."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as end:  # help was asked for, or the command line is wrong
        return int(end.code or OK)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except InputError as error:
        return _failed(options, error, UNUSABLE, {"problems": [p.as_dict() for p in error.problems]})
    except NoRun as error:
        return _failed(options, error, UNUSABLE, {"error": str(error)})
    except NotebooksUnreadable as error:
        return _failed(options, error, FAILED, {"problems": [p.as_dict() for p in error.problems]})
    except NotebooksFailed as error:
        return _failed(options, error, FAILED, {"failures": [vars(f) for f in error.failures]})
    except ThiduaError as error:
        return _failed(options, error, FAILED, {"error": str(error)})


def parser() -> argparse.ArgumentParser:
    """The whole command line, its help in Vietnamese."""
    whole = argparse.ArgumentParser(prog="thidua", description="Lập báo cáo từ các biểu số liệu của một kỳ.")
    commands = whole.add_subparsers(title="lệnh", required=True, metavar="LỆNH")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("params", type=Path, help="kỳ báo cáo hoặc tệp tham số params/<kỳ>.yaml")
    shared.add_argument("--root", type=Path, default=Path(), help="thư mục có notebooks/, params/, data/")
    shared.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    run = commands.add_parser("run", parents=[shared], help="lập toàn bộ báo cáo của kỳ")
    run.add_argument("--output", type=Path, help="thư mục chứa các lần chạy (mặc định: output/ trong --root)")
    # Half of a section's time is waiting for its kernel's answers: measured 14.2 s with one a core, 11.0 s with two.
    run.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="số notebook chạy cùng lúc")
    run.add_argument("--fresh", action="store_true", help="đọc lại các biểu, không dùng bảng đã xử lý")
    run.add_argument("--zip", action="store_true", help="đóng lần chạy thành một tệp .zip")
    run.set_defaults(command=_run)
    checks = commands.add_parser("check", parents=[shared], help="chỉ đọc và kiểm tra số liệu")
    checks.set_defaults(command=_check)
    starting.add_commands(commands)
    add_commands(commands)
    listed = commands.add_parser("rules", help="các quy tắc kiểm tra số liệu: điều phải đúng, mức, căn cứ")
    listed.add_argument("--root", type=Path, default=Path(), help="thư mục có params/, để kể cả quy tắc khai ở đó")
    listed.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    listed.set_defaults(command=_rules)
    checker = commands.add_parser("lint", help="tìm số liệu, tên riêng viết thẳng; của một kỳ: lỗi văn phong")
    checker.add_argument("params", type=Path, nargs="?", help="kỳ báo cáo, để đọc cả lời văn của kỳ ấy")
    checker.add_argument("--root", type=Path, default=Path(), help="thư mục có notebooks/, params/, data/")
    checker.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    checker.set_defaults(command=_lint)
    return whole


def _lint(options: argparse.Namespace) -> int:
    from thidua.lint.command import run

    params = _params_file(options) if options.params else None
    return run(options.root.resolve(), params, as_json=options.json)


def _rules(options: argparse.Namespace) -> int:
    from thidua.checks.list_of_rules import run

    return run(options)


def _run(options: argparse.Namespace) -> int:
    inputs = _inputs(options, fresh=options.fresh)
    # Publishing brings heavy libraries; neither a check nor unusable input must wait for them.
    from thidua.archive.comparison.earlier import write_changes
    from thidua.archive.packing import pack
    from thidua.archive.workspace import clear_leftovers
    from thidua.run.bars import section_bars
    from thidua.run.pipeline import run

    output = options.output or options.root / "output"
    for sentence in clear_leftovers(output):
        print(sentence, file=sys.stderr)
    with section_bars(inputs.params.notebooks) as progress:
        folder, findings, notes = run(inputs, output.resolve(), options.jobs, progress)
    changes = write_changes(output.resolve(), folder, inputs.params.parsed_period)
    packed = pack(folder) if options.zip else None
    if options.json:
        _print_json({"run": str(folder), "zip": packed and str(packed), "findings": [f.as_dict() for f in findings]})
    else:
        print(summary(findings), file=sys.stderr)
        for note in notes:
            print(f"Lưu ý: {note}", file=sys.stderr)
        for page in changes:
            print(f"So với lần chạy, kỳ trước: {page}", file=sys.stderr)
        if packed:
            print(f"Đã đóng thành {packed}", file=sys.stderr)
        print(folder)
    return FINDINGS if has_errors(findings) else OK


def _check(options: argparse.Namespace) -> int:
    inputs = _inputs(options)
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    if options.json:
        _print_json(checked.as_dict())
    else:
        from rich.console import Console

        from thidua.checks.findings_table import print_findings

        print_findings(checked, Console())
    return FINDINGS if has_errors(checked.findings) else OK


def _inputs(options: argparse.Namespace, *, fresh: bool = False) -> Inputs:
    inputs = read_inputs(options.root.resolve(), _params_file(options), fresh=fresh)
    for note in inputs.notes:
        print(f"Lưu ý: {note}", file=sys.stderr)
    return inputs


def _params_file(options: argparse.Namespace) -> Path:
    """The params file, looked for from the current folder and then from the root; a bare word is a period's id."""
    path: Path = options.params
    root: Path = options.root
    if path.name == str(path) and path.suffix != ".yaml":
        return (root / "params" / f"{path}.yaml").resolve()
    return path.resolve() if path.is_file() else (root / path).resolve()


def _failed(options: argparse.Namespace, error: ThiduaError, status: int, content: dict[str, Any]) -> int:
    with uninterrupted():  # what failed because an interruption takes its folders away is not told
        if options.json:
            _print_json(content)
        print(error, file=sys.stderr)
    return status


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))
