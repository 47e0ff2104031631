"""``thidua run``, ``check``, ``lint`` and ``rules``: making a report and judging what it is made of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter, validators

from thidua.checks.engine import check as checked_data
from thidua.checks.finding import summary
from thidua.commands.where import HERE, Output, Period, Verbose, Where, print_json
from thidua.contracts import open_errors
from thidua.execute.warm import AT_ONCE, warm
from thidua.inputs import Inputs, read_inputs
from thidua.intake.opened_books import opened_books
from thidua.machine.memory import uncollected
from thidua.settings.params import Params

OK, FINDINGS = 0, 1
_UNCHANGED = "Không có gì thay đổi từ lần chạy {}; dùng lại lần chạy ấy. Muốn làm lại từ đầu: thêm --fresh."


Collected = Annotated[
    bool, Parameter(name="--collected", help="dùng lần chạy của các đơn vị đã lấy lần trước, không tìm lại")
]


def run(
    period: Period,
    /,
    *,
    output: Output = None,
    jobs: Annotated[
        int,
        Parameter(
            name="--jobs",
            metavar="SỐ",
            help="số mục chạy cùng lúc (không ghi: bằng số bộ xử lý)",
            validator=validators.Number(gte=1),
        ),
    ] = AT_ONCE,
    fresh: Annotated[bool, Parameter(name="--fresh", help="làm lại từ đầu, không dùng kết quả đã có")] = False,
    zip: Annotated[bool, Parameter(name="--zip", help="đóng thêm lần chạy thành một tệp .zip")] = False,
    collected: Collected = False,
    verbose: Verbose = False,
    where: Where = HERE,
) -> int:
    """Lập toàn bộ báo cáo của một kỳ."""
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    root, params = where.of_period(period)
    phases = (Phase.READING, Phase.CHECKING, Phase.SECTIONS, Phase.TYPESETTING, Phase.SEALING)
    # What sections import is imported while the workbooks are read.
    with warm() as parent, showing("run", f"{root}: {params.stem}", phases, verbose=verbose) as progress:
        progress.begin(Phase.READING)
        inputs = _inputs(root, params, fresh=fresh, collected=collected)
        # Neither a check nor unusable input must wait for what publishing loads.
        from thidua.archive.packing import pack
        from thidua.archive.workspace import clear_leftovers
        from thidua.commands.what_to_open import report_page, what_next, what_to_open
        from thidua.run.made import make

        runs = output or root / "output"
        for sentence in clear_leftovers(runs):
            print(sentence, file=sys.stderr)
        made = make(inputs, runs.resolve(), jobs, progress, parent, fresh=fresh)
        changes = [] if made.before else _changes(runs.resolve(), made.folder, inputs)
        packed = pack(made.folder) if zip else None
    page = report_page(made.folder)
    if where.json:
        content = {"run": str(made.folder), "before": made.before, "open": str(page), "zip": packed and str(packed)}
        print_json(content | {"findings": [f.model_dump(mode="json") for f in made.findings]})
    else:
        if made.before:
            print(_UNCHANGED.format(made.folder.name), file=sys.stderr)
        for note in made.notes:
            print(f"Lưu ý: {note}", file=sys.stderr)
        for changed in changes:
            print(f"So với lần chạy, kỳ trước: {changed}", file=sys.stderr)
        if packed:
            print(f"Đã đóng thành {packed}", file=sys.stderr)
        print(summary(made.findings), file=sys.stderr)
        if open_errors(made.findings):
            print(what_next(root, period), file=sys.stderr)
        for sentence in what_to_open(made.folder):
            print(sentence, file=sys.stderr)
        print(page)
    return FINDINGS if open_errors(made.findings) else OK


def _changes(runs: Path, folder: Path, inputs: Inputs) -> list[Path]:
    from thidua.archive.comparison.earlier import write_changes  # as heavy as publishing

    return write_changes(runs, folder, inputs.params.parsed_period)


def check(period: Period, /, *, collected: Collected = False, where: Where = HERE) -> int:
    """Chỉ đọc và kiểm tra số liệu của một kỳ, vài giây."""
    with uncollected():
        inputs = _inputs(*where.of_period(period), collected=collected)
        checked = checked_data(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    if where.json:
        print_json(checked.as_dict())
    else:
        from rich.console import Console

        from thidua.checks.findings_table import print_findings

        print_findings(checked, Console())
    return FINDINGS if open_errors(checked.findings) else OK


def lint(period: Period | None = None, /, *, where: Where = HERE) -> int:
    """Tìm số liệu, tên riêng gõ thẳng trong notebook và thư viện; với một kỳ thì đọc cả lời văn của kỳ ấy."""
    from thidua.lint.command import run as read

    root, params = where.of_period(period) if period else (where.suite, None)
    return read(root, params, as_json=where.json)


def rules(*, where: Where = HERE) -> int:
    """Kể các quy tắc kiểm tra số liệu: điều phải đúng, mức, căn cứ."""
    from thidua.checks.list_of_rules import run as told

    return told(where.folder, as_json=where.json)


def add_to(app: App) -> None:
    """Add the commands to the command line, with an example each."""
    app.command(run, help_epilogue="Ví dụ: thidua run 2031-H1")
    app.command(check, help_epilogue="Ví dụ: thidua check 2031-H1")
    app.command(lint, usage="thidua lint [LỰA CHỌN] [KỲ]", help_epilogue="Ví dụ: thidua lint, thidua lint 2031-H1")
    app.command(rules, help_epilogue="Ví dụ: thidua rules --json")


def _inputs(root: Path, params: Path, *, fresh: bool = False, collected: bool = False) -> Inputs:
    def units(root: Path, params: Params) -> None:
        # Sealed runs are opened by heavy libraries, which no report without units below must wait for.
        from thidua.archive.collecting import as_collected, collect

        (as_collected if collected else collect)(root, params)

    for note in opened_books(root, params.stem):  # whatever else is wrong: what mends it may not be saved yet
        print(f"Lưu ý: {note}", file=sys.stderr)
    inputs = read_inputs(root, params, fresh=fresh, units=units)
    for note in inputs.notes:
        print(f"Lưu ý: {note}", file=sys.stderr)
    return inputs
