"""A notebook in a kernel of its own, as Jupyter starts it: where there is no fork, or nobody who forks."""

from __future__ import annotations

import asyncio
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync
from nbclient.exceptions import CellControlSignal, CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from thidua.execute import endings
from thidua.execute.endings import Stopped

# An answer that a loaded machine is slow to bring is no fault of the notebook.
_ANSWER_SECONDS = 60
_ANSWER = "recorded"
_RECORDER = "__import__('thidua.execute.kernel_recording', fromlist=['begun', 'taken'])"
_BEGIN, _END = f"{_RECORDER}.begun()", f"{_RECORDER}.taken()"


class KernelSection(PapermillNotebookClient):  # type: ignore[misc]
    """One notebook with its kernel; knows which cell is running."""

    running = -1
    recorded = ""
    kernel: AsyncKernelManager
    done: Callable[[int], None]

    def create_kernel_manager(self) -> AsyncKernelManager:
        """nbclient's hook: the run's kernel."""
        self.km = self.kernel
        return self.km

    def papermill_execute_cells(self) -> None:
        """papermill's hook: every cell in turn, counted to ``done``; stops at the first that fails.

        What they ask and open is recorded as that of a fork is.
        """
        self._ask(_BEGIN)
        for index, cell in enumerate(self.nb.cells):
            self.running = index
            self.execute_cell(cell, index)
            self.done(index + 1)
        self.recorded = self._ask(_END)

    def _ask(self, expression: str) -> str:
        """The text that an expression gives in the kernel, unseen by its cells; empty where it gives none."""
        return str(run_sync(self._asked)(expression))

    async def _asked(self, expression: str) -> str:
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={_ANSWER: expression})
        try:
            while True:
                reply = await self.kc.get_shell_msg(timeout=_ANSWER_SECONDS)
                if reply["parent_header"].get("msg_id") == asked:
                    break
        except Empty:
            return ""
        answer = reply["content"].get("user_expressions", {}).get(_ANSWER, {})
        return str(literal_eval(answer["data"]["text/plain"])) if answer.get("status") == "ok" else ""


def in_kernel(
    nb_man: Any, kernel: AsyncKernelManager, log: Path, launch: dict[str, Any], done: Callable[[int], None]
) -> str:
    """Run all cells; the recording of what they asked for, empty where there is none.

    Stopped where one does not end as it should, or the kernel does not start.

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
        return section.recorded
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
