"""Filling in a phrase: what its codes stand for, what its options ask for, what its verb says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.document.block import Reference
from thidua.entries import Entry
from thidua.prose.checking import plain_option
from thidua.prose.expressions import value_of
from thidua.prose.names import Names
from thidua.prose.phrases import Chosen, reported
from thidua.prose.syntax import Expression, Phrase, Typed
from thidua.prose.verbs import APPENDIX, VERBS
from thidua.prose.words import Piece, Words, gap


@dataclass(frozen=True)
class Filling:
    """Fills in phrases by the names of a cell; ``row`` is that of the sentence that is repeated, if one is."""

    names: Names
    row: Entry | None = None

    def words(self, node: Phrase | Expression) -> Words:
        """What a phrase or an expression says. ProseError, FigureError or AttributeError where it cannot be said."""
        if isinstance(node, Expression):
            return value_of(node.code, {**self.names.own, **self.names.report.names})
        return self._phrase(node)

    def _phrase(self, node: Phrase) -> Words:
        if not node.verb:
            path = node.codes[0]
            return self.names.parameter(path) if "." in path else reported(self.names.indicators_or_groups(node.codes))
        verb = VERBS[node.verb]
        if verb.kind == "key":
            # An appendix is called so where nobody counts the appendices yet.
            label = APPENDIX if verb.name == APPENDIX else ""
            return Words((Piece(Reference(key=node.codes[0], label=label)),), data=False)
        if verb.kind == "any":
            there = self.names.is_there(node.codes[0])
            return Words() if there else gap(f"không có «{node.codes[0]}» trong số liệu của kỳ")
        return verb.say(self._found(verb.kind, node), self._chosen(node))

    def _found(self, kind: str, node: Phrase) -> Any:
        if kind == "nothing":
            return list(self.names.report.role_models)
        if not node.codes:
            return [self.row]
        several = not VERBS[node.verb].most
        by_kind = {
            "indicators": self.names.indicators_or_groups if several else self.names.indicators,
            "documents": self.names.documents,
            "movements": self.names.movements,
            "rows": self.names.rows,
            "notes": self.names.noted,
        }
        return by_kind[kind](node.codes)

    def _chosen(self, node: Phrase) -> Chosen:
        verb = VERBS[node.verb]
        flags = {text for option in node.options if (text := plain_option(option)) in verb.flags}
        free = next((option for option in node.options if plain_option(option) not in verb.flags), None)
        elapsed = Decimal(self.names.report.period.end.month) / 12
        if free is None:
            return Chosen(frozenset(flags), None, elapsed, self.names.parameter)
        wording = Words()
        for part in free:
            assert isinstance(part, Typed | Phrase)
            wording = wording + (part.text if isinstance(part, Typed) else self.words(part))
        return Chosen(frozenset(flags), wording, elapsed, self.names.parameter)
