"""One command from its words to its status."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from cyclopts import App, CycloptsError, Group, Parameter

from thidua.commands import beginning, keeping, making, many, storing, watching
from thidua.commands.in_vietnamese import NEEDED, Help, in_vietnamese
from thidua.commands.where import print_json
from thidua.errors import UNUSABLE, InputError, NotebooksFailed, NotebooksFaulty, NotebooksUnreadable, ThiduaError
from thidua.machine.process import uninterrupted
from thidua.machine.to_type import as_typed

OK = 0
# Where a person mends what stopped a command, to go on with the same words.
_MENDED: dict[type[ThiduaError], str] = {
    InputError: "Sửa hết các lỗi trên",
    NotebooksUnreadable: "Mở tệp ấy bằng JupyterLab, sửa và lưu lại, hoặc lấy lại bản cũ",
    **dict.fromkeys((NotebooksFailed, NotebooksFaulty), "Sửa ô ấy trong notebooks/"),
}


@cache
def command_line() -> App:
    """The whole command line, its help in Vietnamese."""
    options = Group("Lựa chọn")
    app = App(
        name="thidua",
        help="Lập báo cáo từ các biểu số liệu của một kỳ.",
        help_epilogue="Xem một lệnh: thidua run --help",
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
        version=_version,
        group_commands=Group("Lệnh"),
        group_arguments=Group(NEEDED),
        group_parameters=options,
        default_parameter=Parameter(negative="", show_default=False),
        help_formatter=Help(),
    )
    for option, meaning in (("--help", "cách dùng"), ("--version", "phiên bản")):
        app[option].help, app[option].group = meaning, (options,)
    for commands in (beginning, making, many, watching, keeping, storing):
        commands.add_to(app)
    for place, name in enumerate(app):
        app[name].sort_key = place  # as they are used, not by the alphabet
    return app


def perform(arguments: Sequence[str]) -> int:
    """Run a command. 0: done; 1: done, with errors found in the data; 2: unusable input; 3: a notebook failed."""
    app = command_line()
    try:
        status = app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        return _failed(arguments, in_vietnamese(error, app, arguments))
    except ThiduaError as error:
        return _failed(arguments, error)
    if arguments:
        return status if isinstance(status, int) else OK
    return UNUSABLE  # the help, since nothing was asked for


def _failed(arguments: Sequence[str], error: ThiduaError) -> int:
    with uninterrupted():  # what failed because an interruption takes its folders away is not told
        if "--json" in arguments:
            print_json(_content(error))
        print(error, file=sys.stderr)
        if mended := _MENDED.get(type(error)):
            print(f"{mended}, rồi chạy lại: {as_typed(*arguments)}", file=sys.stderr)
    return error.status


def _content(error: ThiduaError) -> dict[str, Any]:
    """What a machine reads of an error."""
    if isinstance(error, InputError | NotebooksUnreadable):
        return {"problems": [p.as_dict() for p in error.problems]}
    if isinstance(error, NotebooksFailed):
        return {"failures": [vars(f) for f in error.failures]}
    return {"error": str(error)}


def _version() -> str:
    from importlib.metadata import version

    return f"thidua {version('thidua')}"
