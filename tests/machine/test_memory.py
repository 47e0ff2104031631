"""A process looks for garbage where there may be some, also after a work in which there is none."""

from __future__ import annotations

import gc

import pytest

from thidua.machine.memory import uncollected


def test_a_work_without_garbage_leaves_the_search_for_it_on_though_it_fails() -> None:
    with pytest.raises(ValueError), uncollected():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
