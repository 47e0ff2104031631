"""Why a section did not run to its end, in words."""

from __future__ import annotations

import nbformat
from nbclient.exceptions import CellExecutionError

from thidua.machine.ended import told

CELL_SECONDS = 600
START_SECONDS = 180
OUTPUT_MEGABYTES = 64
LEFT = "ô tự kết thúc notebook (exit), các ô sau không được chạy"


class Stopped(Exception):
    """A notebook that did not run to its end: the cell that was running, from 0, or -1; why, in words."""

    def __init__(self, cell: int, why: str):
        self.cell = cell
        super().__init__(why)


def raised(error: CellExecutionError, cell: nbformat.NotebookNode) -> str:
    """Why a cell that raised an error stopped."""
    if error.ename == "StdinNotImplementedError":
        return "ô chờ gõ từ bàn phím (input), mà khi lập báo cáo không có ai gõ"
    if error.ename == "SystemExit":
        return LEFT
    if error.ename == "MemoryError":
        return "hết bộ nhớ (MemoryError)"
    shown = [o.traceback for o in cell.outputs if o.output_type == "error"]
    # An error of ours renders as its sentence alone; any other needs its name to be understood.
    ours = bool(shown) and shown[-1] == [error.evalue]
    return error.evalue.strip() if ours else f"{error.ename}: {error.evalue}".strip(": ")


def too_long() -> str:
    """Why a cell that ran past its limit stopped."""
    return f"ô chạy quá {CELL_SECONDS} giây chưa xong, đã bị dừng"


def too_much() -> str:
    """Why a section that printed past its limit stopped."""
    return f"mục in ra quá {OUTPUT_MEGABYTES} MB, đã bị dừng"


def no_answer() -> str:
    """Why a section never began."""
    return f"Python để chạy mục này không trả lời sau {START_SECONDS} giây; hãy chạy lại với --jobs nhỏ hơn"


def ended(code: int | None) -> str:
    """Why a section's process is no more, from the code that it left."""
    by_itself = ", thường vì một ô gọi exit, quit hoặc os._exit"
    return told("tiến trình Python chạy mục này kết thúc giữa chừng", code, by_itself)
