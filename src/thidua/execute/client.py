"""Running the cells of one notebook, and saying in words where and why it stopped."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellControlSignal, CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

ENGINE = "thidua"
CELL_SECONDS = 600
START_SECONDS = 180
# An answer that a loaded machine is slow to bring is no fault of the notebook.
_ANSWER_SECONDS = 60


class Stopped(Exception):
    """A notebook that did not run to its end: the cell that was running, from 0, or -1; why, in words."""

    def __init__(self, cell: int, why: str):
        self.cell = cell
        super().__init__(why)


class Section(PapermillNotebookClient):  # type: ignore[misc]
    """One notebook with its kernel; knows which cell is running."""

    running = -1
    kernel: AsyncKernelManager
    done: Callable[[int], None]

    def create_kernel_manager(self) -> AsyncKernelManager:
        """nbclient's hook: the kernel that was warmed up beforehand instead of a new one."""
        self.km = self.kernel
        return self.km

    def papermill_execute_cells(self) -> None:
        """papermill's hook: every cell in turn, counted to ``done``; stops at the first that fails."""
        for index, cell in enumerate(self.nb.cells):
            self.running = index
            self.execute_cell(cell, index)
            self.done(index + 1)


class _Engine(Engine):  # type: ignore[misc]
    """Papermill's own engine asks the machine which kernel a name means, and goes on where a cell ends its notebook."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        kernel: AsyncKernelManager,
        log: Path,
        launch: dict[str, Any],
        done: Callable[[int], None],
        executed: Callable[[nbformat.NotebookNode], None],
        **_: Any,
    ) -> None:
        executed(nb_man.nb)
        section = Section(
            nb_man,
            timeout=CELL_SECONDS,
            startup_timeout=START_SECONDS,
            iopub_timeout=_ANSWER_SECONDS,
            shutdown_kernel="immediate",  # with all answers in, it has nothing to finish, nor has what it started
        )
        section.kernel, section.done = kernel, done
        try:
            with log.open("wb") as remarks:
                section.execute(stdout=remarks, stderr=remarks, **launch)
        except (CellControlSignal, DeadKernelError) as error:
            raise Stopped(max(section.running, 0), _why(error, section)) from error
        except RuntimeError as error:
            if section.running >= 0:
                raise
            raise Stopped(-1, _not_started(kernel, log)) from error
        finally:
            _close_loop()


def _close_loop() -> None:
    """End what waits in this thread's event loop, which would complain at the end of the process."""
    loop = ensure_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.close()


def _why(error: Exception, section: Section) -> str:
    if isinstance(error, CellExecutionError):
        return _raised(error, section.nb.cells[section.running])
    if isinstance(error, CellTimeoutError):
        return f"ô chạy quá {CELL_SECONDS} giây chưa xong, đã bị dừng"
    return _ended(_return_code(section.kernel))


def _raised(error: CellExecutionError, cell: nbformat.NotebookNode) -> str:
    if error.ename == "StdinNotImplementedError":
        return "ô chờ gõ từ bàn phím (input), mà khi lập báo cáo không có ai gõ"
    if error.ename == "SystemExit":
        return "ô tự kết thúc notebook (exit), các ô sau không được chạy"
    if error.ename == "MemoryError":
        return "hết bộ nhớ (MemoryError)"
    shown = [o.traceback for o in cell.outputs if o.output_type == "error"]
    # An error of ours renders as its sentence alone; any other needs its name to be understood.
    ours = bool(shown) and shown[-1] == [error.evalue]
    return error.evalue.strip() if ours else f"{error.ename}: {error.evalue}".strip(": ")


def _ended(code: int | None) -> str:
    """Why a kernel is no more, from the code that its process left."""
    said = "tiến trình Python chạy mục này kết thúc giữa chừng"
    if code is None:
        return said
    if code >= 0:
        return f"{said} với mã thoát {code}, thường vì một ô gọi exit, quit hoặc os._exit"
    if sys.platform != "win32" and -code == signal.SIGKILL:
        return f"{said}: bị hệ thống buộc dừng (SIGKILL), thường vì hết bộ nhớ"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"tín hiệu {-code}"
    return f"{said}: bị dừng đột ngột ({name})"


def _not_started(kernel: AsyncKernelManager, log: Path) -> str:
    code = _return_code(kernel)
    if code is None:
        return f"Python để chạy mục này không trả lời sau {START_SECONDS} giây; hãy chạy lại với --jobs nhỏ hơn"
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    return "; ".join([f"Python để chạy mục này không khởi động được (mã thoát {code})", *last])


def _return_code(kernel: AsyncKernelManager) -> int | None:
    process = getattr(kernel.provisioner, "process", None)
    code: int | None = process.poll() if process else None
    return code


papermill_engines.register(ENGINE, _Engine)
