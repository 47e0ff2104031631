"""``thidua run-all``: the reports of many units."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter, validators

from thidua.commands.where import HERE, Verbose, Where, print_json


def run_all(
    *patterns: Annotated[
        str,
        Parameter(
            name="MẪU",
            help="mẫu chọn các tệp tham số, đặt trong dấu nháy, hoặc thư mục chứa các bộ báo cáo",
            required=True,
        ),
    ],
    period: Annotated[
        str | None, Parameter(name="--period", metavar="KỲ", help="kỳ báo cáo, khi MẪU là thư mục, ví dụ 2031-FY")
    ] = None,
    output: Annotated[
        str | None,
        Parameter(
            name="--output",
            metavar="NƠI",
            help="thư mục chứa kết quả, mỗi đơn vị một thư mục con (không ghi: output/ của từng bộ báo cáo); "
            "với --scheduler là kho chung, ví dụ s3://bao-cao/tinh",
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
        int, Parameter(name="--jobs", metavar="SỐ", help="số đơn vị chạy cùng lúc", validator=validators.Number(gte=1))
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
    if output and "://" in output and not scheduler:
        raise Miscalled(
            "«--output» là kho chung thì cần --scheduler; không có cụm máy thì gửi sau bằng push", "run-all"
        )
    units = units_of([str(where.root / pattern) if where.root else pattern for pattern in patterns], period)
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

            made = made_on(scheduler, units, output, progress, lambda said: print(said, file=sys.stderr))
        else:
            folder = Path(output).resolve() if output else None
            made = made_here(units, lambda u: folder / u.folder if folder else u.root / "output", jobs, progress)
        outcomes = in_order(list(made))
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


def add_to(app: App) -> None:
    """Add the command to the command line, with an example."""
    app.command(run_all, name="run-all", help_epilogue="Ví dụ: thidua run-all 'units/*/params/2031-FY.yaml' --jobs 4")
