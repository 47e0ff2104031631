"""What nobody asks for while sections run, put away: a period's hundreds of thousands of values, what is said of them.

As bytes it takes a tenth of the room, and lies in one piece: among what was made with it, and is gone, it would keep
the place of all that from being free.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

from thidua.inputs import Inputs
from thidua.intake.records import Record
from thidua.machine.memory import give_back

T = TypeVar("T")


def as_bytes(value: T) -> Callable[[], T]:
    """Hold a value as bytes; what is given back makes it anew."""
    held = pickle.dumps(value)

    def again() -> T:
        made: T = pickle.loads(held)
        return made

    return again


class PutAway:
    """The rows of what a run starts from, as bytes once they are put away.

    They are taken out for the document that is made meanwhile, and lie apart from it: where they go, memory is free in
    one piece. Among its blocks, not half of it would be.
    """

    def __init__(self, inputs: Inputs):
        self._inputs = inputs
        self._rows: Callable[[], Sequence[Record]] | None = None

    def put_away(self) -> None:
        """Hold them as bytes; whoever asks the data of the inputs for anything from now on errs."""
        self._rows = as_bytes(self._inputs.data.records)
        self._inputs.let_go()
        give_back()

    def records(self) -> Sequence[Record]:
        """The rows, without the texts above the tables."""
        return self._rows() if self._rows else self._inputs.data.records
