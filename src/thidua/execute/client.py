"""papermill's engine of a run: papermill puts in the parameters and keeps the record, the run says where cells run.

Known to papermill by its name: ``papermill --engine thidua notebooks/10_kinh_te.ipynb out.ipynb -p period 2031-Q2``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from papermill.engines import Engine, papermill_engines

ENGINE = "thidua"


class NotebookEngine(Engine):  # type: ignore[misc]
    """Papermill's own engine asks the machine which kernel a name means, and goes on where a cell ends its notebook."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, execute: Callable[[Any], None] | None = None, **_: Any
    ) -> None:
        """Run all cells of a notebook, by a run or, without one, alone. Stopped where one does not end as it should."""
        from thidua.execute.runner import execute_alone  # which needs papermill, and papermill this

        (execute or execute_alone)(nb_man)


papermill_engines.register(ENGINE, NotebookEngine)
