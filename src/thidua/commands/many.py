"""``thidua run-all``: the reports of many units."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter, validators

from thidua.commands.where import HERE, Verbose, Where, print_json

if TYPE_CHECKING:
    from thidua.fleet.outcome import Outcome
    from thidua.fleet.which_units import Unit


def run_all(
    *patterns: Annotated[
        str,
        Parameter(
            name="MẪU",
            help="mẫu chọn các tệp tham số, đặt trong dấu nháy, hoặc thư mục chứa các bộ báo cáo; ở máy này hoặc ở "
            "kho, ví dụ 's3://bao-cao/xa/*/params/2031-FY.yaml'",
            required=True,
        ),
    ],
    period: Annotated[
        str | None, Parameter(name="--period", metavar="KỲ", help="kỳ báo cáo, khi MẪU là thư mục, ví dụ 2031-FY")
    ] = None,
    fresh: Annotated[
        bool, Parameter(name="--fresh", help="làm lại mọi đơn vị từ đầu, kể cả đơn vị đã có báo cáo")
    ] = False,
    output: Annotated[
        str | None,
        Parameter(
            name="--output",
            metavar="NƠI",
            help="thư mục chứa kết quả, mỗi đơn vị một thư mục con (không ghi: output/ của từng bộ báo cáo), "
            "hoặc kho chung để gửi lần chạy đến, ví dụ s3://bao-cao/tinh",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        Parameter(
            name="--scheduler",
            metavar="ĐỊA_CHỈ",
            help="chạy trên cụm máy Dask có bộ điều phối ở địa chỉ này, ví dụ tcp://10.0.0.5:8786",
        ),
    ] = None,
    jobs: Annotated[
        int,
        Parameter(
            name="--jobs",
            metavar="SỐ",
            help="số đơn vị chạy cùng lúc (không ghi: bằng số bộ xử lý)",
            validator=validators.Number(gte=1),
        ),
    ] = os.cpu_count() or 1,
    html: Annotated[
        Path | None, Parameter(name="--html", metavar="TỆP", help="ghi bảng tổng hợp thành một trang HTML")
    ] = None,
    verbose: Verbose = False,
    where: Where = HERE,
) -> int:
    """Lập báo cáo của nhiều đơn vị cùng lúc; đơn vị nào đã có báo cáo từ đúng dữ liệu ấy thì không lập lại."""
    from thidua.errors import Miscalled
    from thidua.fleet.which_units import units_of

    if scheduler and not output:
        raise Miscalled("«--scheduler» cần --output: kho chung mà mọi máy của cụm ghi được", "run-all")
    units = units_of([_from_root(where.root, pattern) for pattern in patterns], period)
    if not output and (stored := next((unit.address for unit in units if unit.address), "")):
        raise Miscalled(f"bộ báo cáo ở kho ({stored}) cần --output: thư mục hoặc kho nhận lần chạy", "run-all")
    from rich.console import Console

    from thidua.fleet.account import as_dict, in_order, page, print_account, summary, troubles
    from thidua.fleet.here import made_here
    from thidua.fleet.outcome import code_of
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    with showing("run-all", " ".join(patterns), [Phase.UNITS], verbose=verbose) as progress:
        progress.begin(Phase.UNITS, parts=[u.folder for u in units])
        if scheduler and output:
            from thidua.fleet.cluster import made_on

            said = partial(print, file=sys.stderr)
            made = made_on(scheduler, units, output, progress, said, fresh=fresh)
        else:
            made = made_here(units, partial(_goes_to, output), jobs, progress, fresh=fresh)
        outcomes = in_order(list(map(_standing, made)))
    if html:
        html.write_text(page(outcomes, html), encoding="utf-8", newline="\n")
    if where.json:
        print_json(as_dict(outcomes))
    else:
        for line in troubles(outcomes):
            print(line, file=sys.stderr)
        print_account(outcomes, Console())
        print(summary(outcomes), file=sys.stderr)
        if html:
            print(f"Bảng tổng hợp: {html}", file=sys.stderr)
    return code_of(outcomes)


def _from_root(root: Path | None, pattern: str) -> str:
    from thidua.archive.storage.object_store import is_address

    return str(root / pattern) if root and not is_address(pattern) else pattern


def _standing(outcome: Outcome) -> Outcome:
    """The outcome of a unit, whose report stands even if the others' are interrupted."""
    from thidua.machine.process import made, uninterrupted

    if outcome.run and not outcome.taken:
        with uninterrupted():
            made(outcome.run)
    return outcome


def _goes_to(output: str | None, unit: Unit) -> Path | str:
    """Where a unit's run goes: the storage of all, or a folder of its own."""
    from thidua.archive.storage.object_store import is_address

    if output and is_address(output):
        return output
    return Path(output).resolve() / unit.folder if output else unit.root / "output"


def add_to(app: App) -> None:
    """Add the command to the command line, with an example."""
    app.command(run_all, name="run-all", help_epilogue="Ví dụ: thidua run-all 'units/*/params/2031-FY.yaml' --jobs 4")
