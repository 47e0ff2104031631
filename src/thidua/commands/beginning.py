"""``thidua init``, ``new`` and ``received``: beginning a unit and a period, and what came back of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from thidua.commands.where import HERE, Output, Period, Where, print_json
from thidua.errors import InputError


def init(
    folder: Annotated[Path, Parameter(name="THƯ_MỤC", help="thư mục của đơn vị, chưa có hoặc trống")],
    /,
    *,
    level: Annotated[str, Parameter(name="--level", metavar="CẤP", help="xã, phường, đặc khu, tỉnh, thành phố, …")],
    name: Annotated[str, Parameter(name="--name", metavar="TÊN", help="tên đơn vị, ví dụ «xã …»")],
    period: Annotated[str, Parameter(name="--period", metavar="KỲ", help="kỳ đầu tiên, ví dụ 2031-Q3")],
    superior: Annotated[
        str | None, Parameter(name="--superior", metavar="CƠ_QUAN", help="cơ quan cấp trên, ví dụ «UBND tỉnh …»")
    ] = None,
    where: Where = HERE,
) -> int:
    """Lập bộ báo cáo của một đơn vị mới: tham số, notebook, biểu trống."""
    from thidua.prepare.account_of_init import as_dict, in_words
    from thidua.prepare.init import found

    founded = found(where.suite, folder, level, name, period, superior)
    print_json(as_dict(founded)) if where.json else print(in_words(founded))
    return 0


def new(
    period: Annotated[str, Parameter(name="KỲ", help="kỳ mới, ví dụ 2031-H2")],
    /,
    *,
    old: Annotated[str, Parameter(name="--from", metavar="KỲ", help="kỳ đã có, để chép sang")],
    output: Output = None,
    where: Where = HERE,
) -> int:
    """Lập tham số và biểu trống của kỳ mới theo một kỳ đã có; số cùng kỳ lấy từ lần chạy đã lưu."""
    from thidua.prepare.account_of_new import as_dict, in_words
    from thidua.prepare.new import begin

    begun = begin(where.suite, output or where.suite / "output", period, old)
    print_json(as_dict(begun)) if where.json else print(in_words(begun, where.suite))
    return 0


def received(period: Period, /, *, where: Where = HERE) -> int:
    """Kể đơn vị nào đã nộp biểu, còn thiếu, quá hạn, có lỗi ở đâu."""
    # 0 when all have submitted what can be read, 1 while some have not, 2 when a workbook must be corrected.
    import datetime as dt

    from rich.console import Console
    from rich.table import Table

    from thidua.intake.opened_books import opened_books
    from thidua.prepare.received import received as came
    from thidua.prepare.received import summary, unit_in_words, units_received, units_summary
    from thidua.settings.params_file import examine

    root, params = where.of_period(period)
    examined = examine(params)
    if examined.submission is None:
        raise InputError(examined.problems)
    found, others = came(root, examined.submission)
    units = units_received(root, examined.params)
    today = dt.date.today()
    if where.json:
        content = {"workbooks": [r.as_dict(today) for r in found], "problems": [str(p) for p in others]}
        told = [unit.model_dump(include={"name", "state", "run", "errors", "why"}) for unit in units]
        print_json(content | ({"units": told} if units else {}))
    else:
        table = Table("Đơn vị", "Biểu", "Tình trạng")
        for each in found:
            table.add_row(each.who, each.file, each.in_words(today))
        for unit in units:
            table.add_row(unit.name, unit.run, unit_in_words(unit))
        Console().print(table)
        for line in (*summary(found, today), *units_summary(units), *map(str, others)):
            print(line)
    for note in opened_books(root, examined.submission.period):
        print(f"Lưu ý: {note}", file=sys.stderr)
    if others or any(r.state == "faulty" for r in found):
        return 2
    return 0 if all(r.state == "submitted" for r in found) and all(unit.taken for unit in units) else 1


def add_to(app: App) -> None:
    """Add the commands to the command line, with an example each."""
    app.command(init, help_epilogue="Ví dụ: thidua init ../xa-binh-an --level xã --name 'xã Bình An' --period 2031-Q3")
    app.command(new, help_epilogue="Ví dụ: thidua new 2031-FY --from 2031-H1")
    app.command(received, help_epilogue="Ví dụ: thidua received 2031-H1")
