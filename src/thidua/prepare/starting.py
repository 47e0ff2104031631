"""The command that begins a period: ``thidua new``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    new = commands.add_parser("new", help="lập tham số và biểu trống của kỳ mới theo một kỳ đã có")
    new.add_argument("period", metavar="KỲ", help="kỳ mới, ví dụ NĂM-H2")
    new.add_argument("--from", dest="old", metavar="KỲ", required=True, help="kỳ đã có, để chép sang")
    new.add_argument("--output", type=Path, help="thư mục chứa các lần chạy, để lấy số cùng kỳ (mặc định: output/)")
    new.add_argument("--root", type=Path, default=Path(), help="thư mục có notebooks/, params/, data/")
    new.add_argument("--json", action="store_true", help="in kết quả dạng JSON ra stdout")
    new.set_defaults(command=_new)


def _new(options: argparse.Namespace) -> int:
    from thidua.prepare.account_of_new import as_dict, in_words
    from thidua.prepare.new import begin

    begun = begin(options.root.resolve(), options.output or options.root / "output", options.period, options.old)
    if options.json:
        print(json.dumps(as_dict(begun), ensure_ascii=False, indent=1))
    else:
        print(in_words(begun))
    return 0
