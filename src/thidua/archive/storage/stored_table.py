"""The runs of a storage as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console

from thidua.archive.listing import errors_told, period_of, print_table, time_told
from thidua.archive.storage.shared_register import Line


def print_stored(lines: Iterable[Line], console: Console) -> None:
    """What the register of a storage says of its runs, the last that was sent last."""
    rows = [
        (
            line.run,
            period_of(line.run),
            line.unit,
            errors_told(line.open_errors, line.accepted),
            time_told(datetime.fromisoformat(line.when)),
            line.who,
        )
        for line in lines
    ]
    print_table(("Lần chạy", "Kỳ", "Đơn vị", "Lỗi số liệu", "Gửi lúc", "Người gửi"), rows, console)
