"""Taking out references to tables and charts that this period does not show."""

from __future__ import annotations

import re

from thidua.document.block import Note, Reference, Runs, Text
from thidua.prose.setting import SLOT, Slots, mend
from thidua.prose.words import Piece

_TIED = re.compile(f"\ue010\\s*(?:[,;]|và)\\s*(?={SLOT}|\ue010)|(?<={SLOT})\\s*(?:[,;]|và)\\s*\ue010")
_PARENTHESIS = re.compile("(\\s*)\\(([^()]*\ue010[^()]*)\\)")
_SENTENCE = re.compile(rf"(?:(?!(?:(?<=[^\W\d_]{{2}})|(?<={SLOT})|(?<=[)”\ue010]))[.!?]\s).)+(?:[.!?]\s*)?", re.DOTALL)


def without_references(runs: Runs, shown: set[str]) -> Runs:
    """Runs without references to tables and charts that are not shown.

    A parenthesis goes with the last of its references, a sentence that points nowhere else goes whole; what ties a
    reference to another goes too.
    """
    runs = tuple(
        r.model_copy(update={"runs": without_references(r.runs, shown)}) if isinstance(r, Note) else r for r in runs
    )
    if all(r.key in shown for r in runs if isinstance(r, Reference)):
        return runs
    slots = Slots()
    text = "".join(
        "\ue010"
        if isinstance(run, Reference) and run.key not in shown
        else run.text
        if isinstance(run, Text) and run.source is None and not run.style and not run.link
        else slots.piece(Piece(run))
        for run in runs
    )
    text = _PARENTHESIS.sub(_kept_of_parenthesis, text)
    text = _TIED.sub("", text)
    text = "".join(s for s in _SENTENCE.findall(text) if "\ue010" not in s)
    return slots.runs(mend(text))[0]


def _kept_of_parenthesis(match: re.Match[str]) -> str:
    rest = re.sub("\ue010\\s*(?:[,;]|và)\\s*|\\s*(?:[,;]|và)\\s*\ue010|\ue010", "", match[2]).strip()
    return f"{match[1]}({rest})" if rest else ""
