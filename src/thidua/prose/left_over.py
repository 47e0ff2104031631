"""What is told of a sentence or clause whose head is missing or nought: the parts in it that can stand by themselves.

The author's words lead from the head to its parts and say nothing without it. What was submitted is told all the same,
by the names that the workbooks give: «Không có công trình khởi công mới; 12 công trình đã phê duyệt».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from thidua.document.block import Number
from thidua.figures import Indicator
from thidua.forms.roles import bases
from thidua.prose import quantities as q
from thidua.prose.names import Names
from thidua.prose.noughts import there_is_none, together
from thidua.prose.setting import SLOT, Slots
from thidua.prose.syntax import Clause, Expression, Footnote, Inline, Node, Phrase, Styled
from thidua.prose.tallies import tally
from thidua.prose.verbs import BUDGET, FALL, RISE, VERBS
from thidua.prose.words import Piece, Words, joined

# Verbs that give an amount, of which the name says what it is; verbs whose words read by themselves.
_AMOUNTS = frozenset(("", "số", "kê", "đếm", "xảy ra", "phát sinh"))
_WHOLE = frozenset(("kể tiến độ", "kể trong kỳ", "kể so cùng kỳ", "kể"))
_NOTHING = frozenset(("tên",))
_STOP = re.compile(rf"(?:\./)?[.!?;](?:{SLOT}|[\ue000-\ue003])*\Z")


@dataclass(frozen=True)
class LeftOver:
    """Finds what is left. ``say`` gives the words of a phrase, ``names`` what its codes stand for."""

    names: Names
    say: Callable[[Node], Words]

    def of(self, nodes: Inline, *, own: bool) -> list[Words]:
        """What is left of nodes that fell; with ``own`` what stands beside the clauses in them as well."""
        told: list[Words] = []
        before: tuple[str, ...] = ()
        for phrase in self._phrases(nodes, own):
            codes, words = phrase.codes[:1], self.say(phrase)
            if codes == before and phrase.verb not in _WHOLE:
                told[-1] = told[-1] + ", " + words
            elif (named := self._named(phrase, words)) not in told:
                told.append(named)
                before = codes
        return [*self._noughts_in_notes(nodes), *told]

    def _phrases(self, nodes: Inline, own: bool) -> Iterator[Phrase]:
        for node in nodes:
            if isinstance(node, Phrase) and own and self._tells(node):
                yield node
            elif isinstance(node, Clause | Styled):
                whole = own if isinstance(node, Styled) else not self._lacks(node.parts)
                yield from self._phrases(node.parts, whole)
            elif isinstance(node, Footnote):
                for sentence in node.sentences:
                    yield from self._phrases(sentence.parts, not self._lacks(sentence.parts))

    def _noughts_in_notes(self, nodes: Inline, inside: bool = False) -> list[Words]:
        """What the notes hung on nodes that fell would have told as nought; the nodes' own is known."""
        found: list[Words] = []
        for node in nodes:
            if isinstance(node, Footnote):
                found += [n for s in node.sentences for n in self._noughts_in_notes(s.parts, inside=True)]
            elif isinstance(node, Clause | Styled):
                found += self._noughts_in_notes(node.parts, inside)
            elif inside and isinstance(node, Phrase):
                found += self.say(node).noughts
        return list(dict.fromkeys(found))

    def _lacks(self, nodes: Inline) -> bool:
        """Whether something of the nodes' own was not submitted; nought was."""
        said = [self.say(n) for n in nodes if isinstance(n, Phrase | Expression)]
        styled = [n.parts for n in nodes if isinstance(n, Styled)]
        return any(w.missing and not w.all_nought for w in said) or any(map(self._lacks, styled))

    def _tells(self, phrase: Phrase) -> bool:
        if not phrase.codes or "." in phrase.codes[0] or phrase.verb in _NOTHING or self.say(phrase).missing:
            return False
        if phrase.verb and VERBS[phrase.verb].kind != "indicators":
            # What is listed by commas is names, which say nothing without their head.
            return phrase.verb in _WHOLE
        # «đạt 0% kế hoạch» says no more than that there is none.
        is_plan = phrase.verb == BUDGET or any(b.is_plan and b.verb == phrase.verb for b in bases())
        return not (is_plan and self._indicators(phrase)[0].done.value == 0)

    def _named(self, phrase: Phrase, words: Words) -> Words:
        """The words behind the names of what they speak of."""
        if phrase.verb in _WHOLE:
            return Words(words.parts)
        found = [i for i in self._indicators(phrase) if not i.done.missing] or self._indicators(phrase)
        if phrase.verb in (RISE, FALL):
            return Words(q.named_directions(found, falls=phrase.verb == FALL).parts)
        if phrase.verb in _AMOUNTS:
            counted = tally(found)
            return Words(counted.parts) if counted.parts else together(counted.noughts)
        return Words((q.named(found[0]) + " " + words).parts)

    def _indicators(self, phrase: Phrase) -> list[Indicator]:
        return self.names.indicators_or_groups(phrase.codes)


def standing_alone(noughts: Sequence[Words], rest: Sequence[Words], slots: Slots, stop: str) -> str | None:
    """A sentence of what is nought and of what is left; None where there is nothing."""
    words = _told(noughts, rest)
    if not words.parts:
        return None
    lead = words.parts[0]
    counts = isinstance(lead, Piece) and isinstance(lead.run, Number) and lead.run.text[:1].isdigit()
    return slots.put("có " + words if counts else words) + stop


def beside(text: str, noughts: Sequence[Words], rest: Sequence[Words], slots: Slots) -> str:
    """A sentence with what in it is nought or left over behind it, before its stop; before it where it leads on."""
    words = _told(noughts, rest)
    if not words.parts:
        return text
    told, text = slots.put(words), text.rstrip()
    if text.endswith(":"):
        return f"{told}. {text}"
    stop = _STOP.search(text)
    return f"{text[: stop.start()]}; {told}{stop[0]}" if stop else f"{text}; {told}"


def _told(noughts: Sequence[Words], rest: Sequence[Words]) -> Words:
    noughts = [*noughts, *filter(there_is_none, rest)]
    none = [together(noughts)] if noughts else []
    return joined([*none, *(words for words in rest if not there_is_none(words))], "; ")
