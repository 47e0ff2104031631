"""Reproducible report notebooks: tables in, the whole administrative report out, every number traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thidua.report import Report, open_report

__all__ = ["Report", "load_ipython_extension", "open_report"]


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext thidua`` does: register the ``%%prose`` magic and what JupyterLab offers inside its cells."""
    from thidua.prose import assistance
    from thidua.prose.magic import ProseMagics

    shell.register_magics(ProseMagics)
    assistance.register(shell)


def __getattr__(name: str) -> Any:
    # The report is imported when it is asked for: the command line must be up before anything of it can fail.
    if name in ("Report", "open_report"):
        from thidua import report

        return getattr(report, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
