"""``thidua push`` and ``fetch``: sealed runs sent to a storage that several places share, and received from it."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import App, Parameter

from thidua.commands.where import HERE, Output, Run, Where, print_json

_DONE = 0
Storage = Annotated[str, Parameter(name="KHO", help="thư mục dùng chung, hoặc địa chỉ S3, ví dụ s3://bao-cao/tinh")]


def push(run: Run, storage: Storage, /, *, where: Where = HERE) -> int:
    """Gửi một lần chạy đã niêm phong đến kho chung: đến trọn vẹn hoặc không có gì."""
    from thidua.archive.storage.sending import push as send
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    path = where.run(run)
    with showing("push", path.stem, (Phase.VERIFYING, Phase.SENDING, Phase.ENTERING)) as progress:
        address = send(path, storage, progress)
    return _told(address, "Đã gửi và kiểm tra ở kho. Nơi khác nhận bằng lệnh fetch với địa chỉ này:", where)


def fetch(
    address: Annotated[
        str, Parameter(name="ĐỊA_CHỈ", help="địa chỉ của lần chạy ở kho, ví dụ s3://bao-cao/tinh/2031-H1-464a76ff18da")
    ],
    /,
    *,
    output: Output = None,
    where: Where = HERE,
) -> int:
    """Nhận một lần chạy từ kho chung về, kiểm tra và ghi vào sổ đăng ký."""
    from thidua.archive.storage.sending import fetch as receive
    from thidua.progress.progress import Phase
    from thidua.progress.showing import showing

    folder = (output or where.folder / "output").resolve()
    with showing("fetch", address, (Phase.RECEIVING, Phase.ENTERING)) as progress:
        run = receive(address, folder, progress)
    return _told(str(run), "Đã nhận, nguyên vẹn:", where)


def add_to(app: App) -> None:
    """Add the commands to the command line, with an example each."""
    app.command(push, help_epilogue="Ví dụ: thidua push 2031-H1-464a76ff18da s3://bao-cao/tinh")
    app.command(fetch, help_epilogue="Ví dụ: thidua fetch s3://bao-cao/tinh/2031-H1-464a76ff18da")


def _told(place: str, done: str, where: Where) -> int:
    if where.json:
        print_json({"run": place})
    else:
        print(done, file=sys.stderr)
        print(place)
    return _DONE
