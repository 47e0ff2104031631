"""The archive's commands: ``thidua list``, ``verify``, ``diff`` and ``reproduce``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from thidua.commands.where import HERE, RUN, Output, Run, Verbose, Where, print_json

_SAME, _DIFFERENT = 0, 1


def list_(
    storage: Annotated[str | None, Parameter(name="KHO", help="kho chung; không ghi: các lần chạy ở máy này")] = None,
    /,
    *,
    output: Output = None,
    where: Where = HERE,
) -> int:
    """Kể các lần chạy đã lưu, còn nguyên vẹn hay không; hoặc các lần chạy đã gửi đến một kho."""
    from rich.console import Console

    from thidua.archive.listing import print_runs, runs_of
    from thidua.archive.storage.sending import at_storage

    if storage is not None and at_storage(storage):
        return _stored(storage, where)
    folder = output or (Path(storage) if storage else where.folder / "output")
    runs = runs_of(folder)
    if where.json:
        print_json({"runs": [run.as_dict() for run in runs]})
    elif runs:
        print_runs(runs, Console())
    else:
        _say(f"Chưa có lần chạy nào trong «{folder}».")
    return _SAME


def verify(
    run: Annotated[
        str,
        Parameter(
            name="LẦN_CHẠY", help=f"{RUN}; thư mục output/ để kiểm tra tất cả; địa chỉ của một kho, của lần chạy ở kho"
        ),
    ],
    /,
    *,
    where: Where = HERE,
) -> int:
    """Kiểm tra một lần chạy có còn nguyên vẹn."""
    from thidua.archive.storage.sending import at_storage, verify_stored
    from thidua.archive.verify import verify as verdicts_on
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    if at_storage(run):
        with showing("verify", run, (Phase.VERIFYING,)) as progress:
            verdicts = verify_stored(run, progress)
    else:
        path = where.run(Path(run))
        with showing("verify", str(path.resolve()), (Phase.VERIFYING,)) as progress:
            verdicts = verdicts_on(path, progress)
    if where.json:
        content = [v.as_dict() for v in verdicts]
        print_json(content[0] if len(content) == 1 else {"runs": content})
    else:
        for verdict in verdicts:
            print(verdict)
    return _SAME if all(v.intact for v in verdicts) else _DIFFERENT


def diff(
    a: Annotated[Path, Parameter(name="LẦN_CHẠY_A", help=RUN)],
    b: Annotated[Path, Parameter(name="LẦN_CHẠY_B", help=RUN)],
    /,
    *,
    html: Annotated[
        Path | None, Parameter(name="--html", metavar="TỆP", help="ghi kết quả thành một trang HTML")
    ] = None,
    where: Where = HERE,
) -> int:
    """So hai lần chạy: khác nhau ở đâu (mã thoát 0: giống nhau)."""
    from rich.console import Console

    from thidua.archive.comparison.compare import compare
    from thidua.archive.comparison.page_of_changes import comparison_page
    from thidua.archive.comparison.sealed import sealed_run
    from thidua.archive.comparison.terminal import print_comparison

    with sealed_run(where.run(a)) as one, sealed_run(where.run(b)) as other:
        comparison = compare(one, other)
    if html:
        html.write_text(comparison_page(comparison), encoding="utf-8", newline="\n")
    if where.json:
        print_json(comparison.as_dict())
    else:
        print_comparison(comparison, Console())
    return _SAME if comparison.same else _DIFFERENT


def reproduce(
    run: Run,
    /,
    *,
    rebuild: Annotated[
        bool, Parameter(name="--rebuild", help="dựng lại môi trường dù môi trường hiện có giống hệt")
    ] = False,
    verbose: Verbose = False,
    where: Where = HERE,
) -> int:
    """Chạy lại một lần chạy từ những gì đã lưu và so từng byte."""
    from thidua.archive.reproduce import NotIntact
    from thidua.archive.reproduce import reproduce as make_again
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    phases = (Phase.VERIFYING, Phase.ENVIRONMENT, Phase.AGAIN, Phase.COMPARING)
    path = where.run(run)
    try:
        with showing("reproduce", path.stem, phases, verbose=verbose) as progress:
            result = make_again(path, rebuild=rebuild, say=_say, progress=progress)
    except NotIntact as error:
        if where.json:
            print_json({"identical": False, "error": str(error)})
        _say(str(error))
        return _DIFFERENT
    if where.json:
        print_json(result.as_dict())
    else:
        print(result)
    return _SAME if result.same else _DIFFERENT


def add_to(app: App) -> None:
    """Add the commands to the command line, with an example each."""
    listing = "Ví dụ: thidua list, thidua list s3://bao-cao/tinh"
    app.command(list_, name="list", usage="thidua list [LỰA CHỌN] [KHO]", help_epilogue=listing)
    app.command(verify, help_epilogue="Ví dụ: thidua verify output/2031-H1-464a76ff18da, thidua verify output")
    app.command(diff, help_epilogue="Ví dụ: thidua diff 2031-H1-464a76ff18da 2031-H1-0c1d2e3f4a5b --html khac.html")
    app.command(reproduce, help_epilogue="Ví dụ: thidua reproduce output/2031-H1-464a76ff18da")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stored(storage: str, where: Where) -> int:
    from rich.console import Console

    from thidua.archive.storage.sending import stored
    from thidua.archive.storage.stored_table import print_stored

    lines, problems = stored(storage)
    for problem in problems:
        print(f"Sổ đăng ký của kho không còn nguyên vẹn, có thể thiếu lần chạy: {problem}", file=sys.stderr)
    if where.json:
        print_json({"runs": [line.as_dict() for line in lines]})
    elif lines:
        print_stored(lines, Console())
    else:
        _say(f"Chưa ai gửi lần chạy nào đến «{storage}».")
    return _SAME
