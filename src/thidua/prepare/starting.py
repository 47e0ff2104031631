"""The commands that begin a period or a unit, ``thidua new`` and ``init``; ``thidua received`` tells what came back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """Add the commands to the parser's subcommands."""
    new = commands.add_parser("new", help="lập tham số và biểu trống của kỳ mới theo một kỳ đã có")
    new.add_argument("period", metavar="KỲ", help="kỳ mới, ví dụ NĂM-H2")
    new.add_argument("--from", dest="old", metavar="KỲ", required=True, help="kỳ đã có, để chép sang")
    new.add_argument("--output", type=Path, help="thư mục chứa các lần chạy, để lấy số cùng kỳ (mặc định: output/)")
    new.add_argument("--root", type=Path, default=Path(), help="thư mục có notebooks/, params/, data/")
    new.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    new.set_defaults(command=_new)
    came = commands.add_parser("received", help="đơn vị nào đã nộp biểu, còn thiếu, quá hạn, có lỗi ở đâu")
    came.add_argument("period", metavar="KỲ", help="kỳ báo cáo, ví dụ NĂM-H2")
    came.add_argument("--root", type=Path, default=Path(), help="thư mục có notebooks/, params/, data/")
    came.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    came.set_defaults(command=_received)
    init = commands.add_parser("init", help="lập bộ báo cáo của một đơn vị mới: tham số, notebook, biểu trống")
    init.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục của đơn vị, chưa có hoặc trống")
    init.add_argument("--level", metavar="CẤP", required=True, help="xã, phường, đặc khu, tỉnh, thành phố, …")
    init.add_argument("--name", metavar="TÊN", required=True, help="tên đơn vị, ví dụ «xã …»")
    init.add_argument("--period", metavar="KỲ", required=True, help="kỳ đầu tiên, ví dụ NĂM-Q3")
    init.add_argument("--superior", metavar="CƠ_QUAN", help="cơ quan cấp trên, ví dụ «UBND tỉnh …», «UBND thành phố …»")
    init.add_argument("--root", type=Path, default=Path(), help="bộ báo cáo để chép notebook và mục lục")
    init.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    init.set_defaults(command=_init)


def _new(options: argparse.Namespace) -> int:
    from thidua.prepare.account_of_new import as_dict, in_words
    from thidua.prepare.new import begin

    begun = begin(options.root.resolve(), options.output or options.root / "output", options.period, options.old)
    if options.json:
        print(json.dumps(as_dict(begun), ensure_ascii=False, indent=1))
    else:
        print(in_words(begun))
    return 0


def _received(options: argparse.Namespace) -> int:
    """0 when all have submitted what can be read, 1 while some have not, 2 when a workbook must be corrected."""
    import datetime as dt

    from rich.console import Console
    from rich.table import Table

    from thidua.errors import InputError
    from thidua.prepare.received import received, summary
    from thidua.settings.params_file import examine

    root: Path = options.root.resolve()
    examined = examine(root / "params" / f"{options.period}.yaml")
    if examined.submission is None:
        raise InputError(examined.problems)
    found, others = received(root, examined.submission)
    today = dt.date.today()
    if options.json:
        shown = {"workbooks": [r.as_dict(today) for r in found], "problems": [str(p) for p in others]}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        table = Table("Đơn vị", "Biểu", "Tình trạng")
        for each in found:
            table.add_row(each.who, each.file, each.in_words(today))
        Console().print(table)
        for line in (*summary(found, today), *map(str, others)):
            print(line)
    if others or any(r.state == "faulty" for r in found):
        return 2
    return 0 if all(r.state == "submitted" for r in found) else 1


def _init(options: argparse.Namespace) -> int:
    from thidua.prepare.account_of_init import as_dict, in_words
    from thidua.prepare.init import found

    root = options.root.resolve()
    founded = found(root, options.folder, options.level, options.name, options.period, options.superior)
    print(json.dumps(as_dict(founded), ensure_ascii=False, indent=1) if options.json else in_words(founded))
    return 0
