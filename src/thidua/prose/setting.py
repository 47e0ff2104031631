"""Finishing a paragraph: mended punctuation, capitals, and at last the runs.

A value must come out untouched by all this, whatever characters it holds. So while a paragraph is worked on, each
value is one private character; typed words are what is around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thidua.document.block import Run, Runs, Text
from thidua.figures import Figure
from thidua.prose.words import Piece, Words, merged

_FIRST_SLOT = 0xF0000
SLOT = "[\U000f0000-\U000ffffd]"
_STYLES = {"\ue000": "strong", "\ue001": "", "\ue002": "emphasis", "\ue003": ""}
STRONG, EMPHASIS = ("\ue000", "\ue001"), ("\ue002", "\ue003")
_MARKS = "[\ue000-\ue003]*"
# What ties a clause to the one before it.
JOINT = re.compile(r"\A(?:[,;:]?\s+(?:và\s+)?|[,;:])")
_JOINT_BEHIND = re.compile(r"[,;:]?\s+\Z")
# «v.v.», «…»: stops that belong to the word.
_ABBREVIATED = re.compile(r"(?:\b\w\.\w\.|\.\.\.|…)$")
_START = rf"(^{_MARKS}|(?:(?<=[^\W\d_]{{2}})|(?<={SLOT})|(?<=[)”]))[.!?] {_MARKS})"
_VALUE_FIRST = re.compile(f"{_START}({SLOT})")
_WORD_FIRST = re.compile(rf"{_START}([^\W\d_])")
_BEFORE_STOP = re.compile(f"({SLOT})([.;,:])")
_MENDS = (
    (re.compile(r"\s+([,;:.!?)])"), r"\1"),
    (re.compile(r"\(\s*[,;:]?\s*"), "("),
    (re.compile(r"\s*\(\)"), ""),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"[,;:]\s*([.)])"), r"\1"),
    (re.compile(r"(?<!\.)\.\s*\.(?!\.)"), "."),
    (re.compile(r"[^\S\u00a0]+"), " "),
    (re.compile(r"\A\s*[,;:.]\s*"), ""),
    (re.compile(r"\A\s+|\s+\Z"), ""),
)


def mend(text: str) -> str:
    """Repair what dropped clauses leave behind: doubled or dangling punctuation."""
    while (mended := _mend_once(text)) != text:
        text = mended
    return text


def _mend_once(text: str) -> str:
    for pattern, replacement in _MENDS:
        text = pattern.sub(replacement, text)
    return text


def is_core(clause: str) -> bool:
    """Whether a clause belongs to the core of its sentence: it is not tied to the words beside it by a joint."""
    return not JOINT.match(clause) and not _JOINT_BEHIND.search(clause)


@dataclass
class Slots:
    """The values of one paragraph in the order of their making."""

    pieces: list[Piece] = field(default_factory=list)

    def put(self, words: Words) -> str:
        """Words as text in which values are single characters."""
        return "".join(p if isinstance(p, str) else self.piece(p) for p in words.parts)

    def piece(self, piece: Piece) -> str:
        """Keep a value and give the one character that holds its place until the paragraph is set."""
        self.pieces.append(piece)
        return chr(_FIRST_SLOT + len(self.pieces) - 1)

    def finished(self, text: str) -> tuple[Runs, tuple[Figure, ...]]:
        """A paragraph's text mended and with its capitals, as runs, and the figures in them; none of a hollow one."""
        text = mend(text)
        if not re.search(rf"[^\s.;,:!?()“”\ue000-\ue003]|{SLOT}", text):
            return (), ()
        text = _BEFORE_STOP.sub(self._one_stop, text)
        text = _VALUE_FIRST.sub(lambda m: m[1] + self._capital(m[2]), text)
        text = _WORD_FIRST.sub(lambda m: m[1] + m[2].upper(), text)
        return self.runs(text)

    def runs(self, text: str) -> tuple[Runs, tuple[Figure, ...]]:
        """A text with its values as runs, and the figures in them."""
        runs: list[Run] = []
        figures: list[Figure] = []
        style = ""
        for part in re.split(f"({SLOT}|[\ue000-\ue003])", text):
            if part in _STYLES and part:
                style = _STYLES[part]
            elif part and ord(part[0]) >= _FIRST_SLOT:
                piece = self._piece(part)
                run = piece.run
                runs.append(run.model_copy(update={"style": style}) if isinstance(run, Text) and style else run)
                figures += piece.figures
            elif part:
                runs.append(Text(text=part, style=style))  # type: ignore[arg-type]
        return merged(runs), tuple(figures)

    def _piece(self, slot: str) -> Piece:
        return self.pieces[ord(slot) - _FIRST_SLOT]

    def _one_stop(self, match: re.Match[str]) -> str:
        """A value that ends with a stop leaves it to the sentence; «v.v.» is the sentence's stop too."""
        run, stop = self._piece(match[1]).run, match[2]
        if not isinstance(run, Text):
            return match[0]
        if _ABBREVIATED.search(run.text):
            return match[1] if stop == "." else match[0]
        bare = run.text.rstrip(" .;,:")
        if bare == run.text or not bare:
            return match[0]
        return self._changed(run, bare) + stop

    def _capital(self, slot: str) -> str:
        run = self._piece(slot).run
        if isinstance(run, Text) and run.text[:1] != run.text[:1].upper():
            return self._changed(run, run.text[:1].upper() + run.text[1:])
        return slot

    def _changed(self, run: Text, text: str) -> str:
        return self.piece(Piece(run.model_copy(update={"text": text})))
