"""A notebook in a kernel of its own, as Jupyter starts it: where there is no fork, or nobody who forks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellControlSignal, CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from thidua.execute import endings
from thidua.execute.endings import Stopped

# An answer that a loaded machine is slow to bring is no fault of the notebook.
_ANSWER_SECONDS = 60


class KernelSection(PapermillNotebookClient):  # type: ignore[misc]
    """One notebook with its kernel; knows which cell is running."""

    running = -1
    kernel: AsyncKernelManager
    done: Callable[[int], None]

    def create_kernel_manager(self) -> AsyncKernelManager:
        """nbclient's hook: the run's kernel."""
        self.km = self.kernel
        return self.km

    def papermill_execute_cells(self) -> None:
        """papermill's hook: every cell in turn, counted to ``done``; stops at the first that fails."""
        for index, cell in enumerate(self.nb.cells):
            self.running = index
            self.execute_cell(cell, index)
            self.done(index + 1)


def in_kernel(
    nb_man: Any, kernel: AsyncKernelManager, log: Path, launch: dict[str, Any], done: Callable[[int], None]
) -> None:
    """Run all cells. Stopped where one does not end as it should, or the kernel does not start.

    ``log`` takes the kernel's own remarks, ``launch`` says where it starts and with which environment.
    """
    section = KernelSection(
        nb_man,
        timeout=endings.CELL_SECONDS,
        startup_timeout=endings.START_SECONDS,
        iopub_timeout=_ANSWER_SECONDS,
        force_raise_errors=True,
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


def _why(error: Exception, section: KernelSection) -> str:
    if isinstance(error, CellExecutionError):
        cell: nbformat.NotebookNode = section.nb.cells[section.running]
        return endings.raised(error, cell)
    if isinstance(error, CellTimeoutError):
        return endings.too_long()
    return endings.ended(_return_code(section.kernel))


def _not_started(kernel: AsyncKernelManager, log: Path) -> str:
    code = _return_code(kernel)
    if code is None:
        return endings.no_answer()
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    return "; ".join([f"Python để chạy mục này không khởi động được (mã thoát {code})", *last])


def _return_code(kernel: AsyncKernelManager) -> int | None:
    process = getattr(kernel.provisioner, "process", None)
    code: int | None = process.poll() if process else None
    return code
