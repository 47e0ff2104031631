"""A period's rows, put away while sections run, for nobody asks for these hundreds of thousands of values then."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from thidua.inputs import Inputs
from thidua.intake.records import Record
from thidua.machine.memory import give_back


class PutAway:
    """The rows of what a run starts from, as bytes once they are put away: a tenth of the room.

    They are taken out for the document that is made meanwhile, and lie apart from it: where they go, memory is free in
    one piece. Among its blocks, not half of it would be.
    """

    def __init__(self, inputs: Inputs):
        self._inputs = inputs
        self._rows: bytes | None = None

    def put_away(self) -> None:
        """Hold them as bytes; whoever asks the data of the inputs for anything from now on errs."""
        self._rows = pickle.dumps(self._inputs.data.records)
        self._inputs.let_go()
        give_back()

    def records(self) -> Sequence[Record]:
        """The rows, without the texts above the tables."""
        found: Sequence[Record] = self._inputs.data.records if self._rows is None else pickle.loads(self._rows)
        return found
