"""Clauses that follow each other: as sentences, or tied by the word that a row gives for how it follows the one above.

The words are choices of the form: one in small letters goes on in the sentence of the row above, «…, nhờ đó …», one
with a capital opens a sentence, «Tuy nhiên, …».
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from thidua.entries import SourceText
from thidua.prose.words import Words, inner, unstopped
from thidua.settings.levels import levels

# What marks that the subject is over; «được», «bị» belong to the predicate and stay with it.
_OF_THE_SUBJECT = frozenset(("đã", "đang", "sẽ"))
_PASSIVE = frozenset(("được", "bị"))
# Before «bị» these make another word: «chuẩn bị», «trang bị», «thiết bị».
_ANOTHER_WORD = frozenset(("chuẩn", "trang", "thiết"))
# Bodies have names that end where a verb follows; after «Công tác tiêm phòng» more of the name may.
_BODIES = ("UBND ", "HĐND ", "Ủy ban ", "Hội đồng ", "Phòng ", "Sở ", "Trạm ", "Trung tâm ", "Công an ", "Văn phòng ")
# What goes on with a name, as a level does: «UBND xã và các thôn».
_GOES_ON = frozenset(("và", "cùng", "với", "của", "các"))
_WITHOUT_COMMA = "và"
_OPENS_WITHOUT_COMMA = "Riêng"


def in_sentences(clauses: Iterable[tuple[str, str]]) -> Words:
    """Clauses with the word that ties each to the one above it, empty for none; the last one without a stop.

    Within a sentence the subject of the clause above is not said again: «UBND xã đã lập kế hoạch, đồng thời kiểm tra».
    """
    told, above = Words(), ""
    for link, clause in clauses:
        if not above:
            told += inner(clause)
        elif not link:
            told = told + ". " + inner(clause)
        elif link[:1].isupper():
            told = told + f". {link}{'' if link == _OPENS_WITHOUT_COMMA else ','} " + inner(clause)
        else:
            told = told + f"{'' if link == _WITHOUT_COMMA else ','} {link} " + inner(_without_subject(above, clause))
        above = clause
    return told


def _without_subject(above: str, clause: str) -> str:
    """A clause without the subject that it shares with the one above."""
    clause = unstopped(clause)
    before, words = above.split(), clause.split()
    shared = 0
    while shared < min(len(before), len(words)) - 1 and before[shared].casefold() == words[shared].casefold():
        shared += 1
    marks = [place for place in range(1, shared) if _is_mark(words, place)]
    if marks:
        cut = marks[0] if words[marks[0]] in _PASSIVE else marks[0] + 1
    elif shared and {before[shared], words[shared]} <= _OF_THE_SUBJECT | _PASSIVE:
        cut = shared
    elif (
        shared
        and clause.startswith(_BODIES)
        and _is_predicate(before[shared])
        and _is_predicate(words[shared])
        and not _OF_THE_SUBJECT.isdisjoint((before[shared], words[shared]))
    ):
        # «UBND xã đã rà soát …» and «UBND xã chỉ đạo …»: one of the two says where the name ends.
        cut = shared
    else:
        return clause
    rest = " ".join(words[cut:])
    return SourceText(rest, clause.cell) if isinstance(clause, SourceText) else rest


def _is_predicate(word: str) -> bool:
    """Whether a word behind the name of a body is no more of the name."""
    return word.isalpha() and word.islower() and word not in _more_of_a_name()


@cache
def _more_of_a_name() -> frozenset[str]:
    return _GOES_ON | {level.partition(" ")[0] for level in levels()}


def _is_mark(words: list[str], place: int) -> bool:
    return words[place] in _OF_THE_SUBJECT | _PASSIVE and words[place - 1].casefold() not in _ANOTHER_WORD
