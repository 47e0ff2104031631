"""One command from its words to its status."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError, Group, Parameter

from thidua.commands import beginning, keeping, making, storing, watching
from thidua.commands.in_vietnamese import Help, in_vietnamese
from thidua.commands.where import print_json
from thidua.errors import (
    InputError,
    NoRoot,
    NoRun,
    NotebooksFailed,
    NotebooksFaulty,
    NotebooksUnreadable,
    NotStored,
    ThiduaError,
)
from thidua.machine.process import uninterrupted

OK, UNUSABLE, FAILED = 0, 2, 3
_IN_DATA, _IN_NOTEBOOKS = "Sửa hết các lỗi trên", "Sửa ô ấy trong notebooks/"


def command_line() -> App:
    """The whole command line, its help in Vietnamese."""
    app = App(
        name="thidua",
        help="Lập báo cáo từ các biểu số liệu của một kỳ.",
        help_epilogue="Xem một lệnh: thidua run --help",
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
        version=_version,
        group_commands=Group("Lệnh"),
        group_arguments=Group("Cần ghi"),
        group_parameters=Group("Lựa chọn"),
        default_parameter=Parameter(negative="", show_default=False),
        help_formatter=Help(),
    )
    app["--help"].help = "cách dùng"
    app["--version"].help = "phiên bản"
    for commands in (beginning, making, watching, keeping, storing):
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
        return _failed(arguments, fault := in_vietnamese(error, app, arguments), UNUSABLE, {"error": str(fault)})
    except InputError as error:
        return _failed(arguments, error, UNUSABLE, {"problems": [p.as_dict() for p in error.problems]}, mended=_IN_DATA)
    except (NoRun, NoRoot, NotStored) as error:
        return _failed(arguments, error, UNUSABLE, {"error": str(error)})
    except NotebooksUnreadable as error:
        content = {"problems": [p.as_dict() for p in error.problems]}
        return _failed(arguments, error, FAILED, content, mended=_IN_NOTEBOOKS)
    except NotebooksFailed as error:
        return _failed(arguments, error, FAILED, {"failures": [vars(f) for f in error.failures]}, mended=_IN_NOTEBOOKS)
    except NotebooksFaulty as error:
        return _failed(arguments, error, FAILED, {"error": str(error)}, mended=_IN_NOTEBOOKS)
    except ThiduaError as error:
        return _failed(arguments, error, FAILED, {"error": str(error)})
    if arguments:
        return status if isinstance(status, int) else OK
    return UNUSABLE  # the help, since nothing was asked for


def _failed(
    arguments: Sequence[str], error: ThiduaError, status: int, content: dict[str, Any], mended: str = ""
) -> int:
    """Tell of a failure, and, where a person can mend it at a known place, ``mended``, how to go on."""
    with uninterrupted():  # what failed because an interruption takes its folders away is not told
        if "--json" in arguments:
            print_json(content)
        print(error, file=sys.stderr)
        if mended:
            print(f"{mended}, rồi chạy lại: thidua {shlex.join(arguments)}", file=sys.stderr)
    return status


def _version() -> str:
    from importlib.metadata import version

    return f"thidua {version('thidua')}"
