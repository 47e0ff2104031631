"""What is kept of finished runs: which files their sections read, and what was told of the making."""

from __future__ import annotations

from pydantic import BaseModel

from thidua.machine.store import Store, key_of


class KeptRun(BaseModel):
    """``files`` are those of the suite that cells read besides params and workbooks; ``notes`` is what was told."""

    files: tuple[str, ...]
    notes: tuple[str, ...]


def keep_run(name: str, run: KeptRun) -> None:
    """Keep it under the name that follows from params, workbooks, notebooks and library alone."""
    _store().put(key_of(name.encode()), run.model_dump_json().encode())


def kept_run(name: str) -> KeptRun | None:
    """What is kept of a run; None where nothing is, or where its sections asked what nobody can record."""
    kept = _store().get(key_of(name.encode()))
    return KeptRun.model_validate_json(kept) if kept else None


def _store() -> Store:
    return Store("runs", limit=16 * 2**20)
