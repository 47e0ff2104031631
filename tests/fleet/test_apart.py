"""What is done in a process of its own is told to have died where it did, and can be tried again."""

from __future__ import annotations

from multiprocessing import forkserver

import pytest

from thidua.fleet.apart import Died, apart


def test_a_server_that_is_killed_while_it_forks_costs_one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise EOFError("unexpected EOF")

    with monkeypatch.context() as patch:
        patch.setattr(forkserver, "connect_to_new_process", gone)
        with pytest.raises(Died, match="kết thúc giữa chừng"):
            apart("operator.add", 1, 2)
    assert apart("operator.add", 1, 2) == 3
