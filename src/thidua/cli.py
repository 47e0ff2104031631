"""How ``thidua`` starts and ends, whatever happens in between.

An uncaught traceback ends Python with status 1, which here means «made, with findings»; so nothing may come uncaught,
not even a fault of the commands' own imports. This module therefore imports nothing at its head that could fail.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

FAILED, INTERRUPTED = 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its status. Without arguments it is the process's own command line, and the process is ours."""
    if arguments is not None:
        return _guarded(arguments)
    try:
        from thidua.machine.light_libraries import lighten_workbook_library
        from thidua.machine.process import ours, written

        lighten_workbook_library()
        with ours():
            status = _guarded(sys.argv[1:])
            try:
                written()
            except OSError as error:
                return status if status == FAILED else _told(error, sys.argv[1:])
            return status
    except KeyboardInterrupt:  # so early that nobody was watching for it yet
        return _interrupted()
    except BaseException as error:
        return _told(error, sys.argv[1:])


def _guarded(arguments: Sequence[str]) -> int:
    try:
        from thidua.machine.light_libraries import lighten_schema_library

        lighten_schema_library()
        from thidua.commands import perform

        return perform(arguments)
    except KeyboardInterrupt:  # where a process that is not ours runs a command, it is that process's to handle
        raise
    except BaseException as error:  # a panic of a library in Rust and the end of a task are no Exception
        return _told(error, arguments)


def _interrupted() -> int:
    try:
        from thidua.errors import Interrupted

        print(Interrupted(), file=sys.stderr)
    except BaseException:
        return INTERRUPTED
    return INTERRUPTED


def _told(error: BaseException, arguments: Sequence[str]) -> int:
    try:
        from thidua.machine.log import tell
        from thidua.machine.process import uninterrupted

        with uninterrupted():  # what failed because an interruption takes its folders away is not told
            tell(error, arguments)
    except BaseException as further:  # not even the telling works: the bare facts, where they can be written
        try:
            print(f"thidua: {error!r}; {further!r}", file=sys.stderr)
        except BaseException:
            return FAILED
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
