"""The archive's commands: ``thidua list``, ``thidua verify``, ``thidua diff`` and ``thidua reproduce``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

_SAME, _DIFFERENT = 0, 1
_RUN = "thư mục của một lần chạy, hoặc tệp .zip của nó"


def add_commands(commands: Any) -> None:
    """Add the commands to the parser's subcommands."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--root", type=Path, default=Path(), help="thư mục có output/, để gọi lần chạy bằng tên")
    shared.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    runs = commands.add_parser("list", parents=[shared], help="các lần chạy đã lưu, còn nguyên vẹn hay không")
    runs.add_argument("--output", type=Path, help="thư mục chứa các lần chạy (mặc định: output/ trong --root)")
    runs.set_defaults(command=_list)
    check = commands.add_parser("verify", parents=[shared], help="kiểm tra một lần chạy có còn nguyên vẹn")
    check.add_argument("run", type=Path, metavar="RUN", help=f"{_RUN}; hoặc thư mục output/ để kiểm tra tất cả")
    check.set_defaults(command=_verify)
    diff = commands.add_parser("diff", parents=[shared], help="hai lần chạy khác nhau ở đâu (mã thoát 0: giống nhau)")
    diff.add_argument("a", type=Path, metavar="A", help=_RUN)
    diff.add_argument("b", type=Path, metavar="B", help=_RUN)
    diff.add_argument("--html", type=Path, metavar="TỆP", help="ghi kết quả thành một trang HTML")
    diff.set_defaults(command=_diff)
    again = commands.add_parser("reproduce", parents=[shared], help="chạy lại một lần chạy và so từng byte")
    again.add_argument("run", type=Path, metavar="RUN", help=_RUN)
    again.add_argument("--rebuild", action="store_true", help="dựng lại môi trường dù môi trường hiện có giống hệt")
    again.set_defaults(command=_reproduce)


def _list(options: argparse.Namespace) -> int:
    from rich.console import Console

    from thidua.archive.listing import print_runs, runs_of

    output = options.output or options.root / "output"
    runs = runs_of(output)
    if options.json:
        _print_json({"runs": [run.as_dict() for run in runs]})
    elif runs:
        print_runs(runs, Console())
    else:
        _say(f"Chưa có lần chạy nào trong «{output}».")
    return _SAME


def _verify(options: argparse.Namespace) -> int:
    from thidua.archive.verify import verify

    verdicts = verify(_path(options, options.run))
    if options.json:
        content = [v.as_dict() for v in verdicts]
        _print_json(content[0] if len(content) == 1 else {"runs": content})
    else:
        for verdict in verdicts:
            print(verdict)
    return _SAME if all(v.intact for v in verdicts) else _DIFFERENT


def _diff(options: argparse.Namespace) -> int:
    from rich.console import Console

    from thidua.archive.comparison.compare import compare
    from thidua.archive.comparison.page import comparison_page
    from thidua.archive.comparison.sealed import sealed_run
    from thidua.archive.comparison.terminal import print_comparison

    with sealed_run(_path(options, options.a)) as a, sealed_run(_path(options, options.b)) as b:
        comparison = compare(a, b)
    if options.html:
        options.html.write_text(comparison_page(comparison), encoding="utf-8", newline="\n")
    if options.json:
        _print_json(comparison.as_dict())
    else:
        print_comparison(comparison, Console())
    return _SAME if comparison.same else _DIFFERENT


def _reproduce(options: argparse.Namespace) -> int:
    from thidua.archive.reproduce import NotIntact, reproduce

    try:
        result = reproduce(_path(options, options.run), rebuild=options.rebuild, say=_say)
    except NotIntact as error:
        if options.json:
            _print_json({"identical": False, "error": str(error)})
        _say(str(error))
        return _DIFFERENT
    if options.json:
        _print_json(result.as_dict())
    else:
        print(result)
    return _SAME if result.same else _DIFFERENT


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _path(options: argparse.Namespace, run: Path) -> Path:
    """The run's path, looked for from the current folder and then by its name among the finished runs."""
    named: Path = options.root / "output" / run.name
    return named if not run.exists() and len(run.parts) == 1 else run


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))
