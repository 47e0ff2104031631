"""Finishing a paragraph: mended punctuation, capitals, and at last the runs.

A value must come out untouched by all this, whatever characters it holds. So while a paragraph is worked on, each
value is one private character; typed words are what is around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thidua.document.block import Note, Number, Run, Runs, Text
from thidua.figures import Figure
from thidua.prose.words import Piece, Words, merged

_FIRST_SLOT = 0xF0000
SLOT = "[\U000f0000-\U000ffffd]"
_VALUE = re.compile(SLOT)
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
_STOPS = " .;,:"
_BETWEEN = re.compile(f"(?:{SLOT}|\\)): ")
# What a value may begin with that makes the word typed before it one too many.
_PREPOSITION = re.compile(r"(?:trong|tại|ở|theo(?! dõi)|vào|từ|nhân|qua)\s(?!và\b)")
_QUANTITY = re.compile(r"(?:tổng|tỷ lệ|diện tích|sản lượng|quy mô|giá trị|kinh phí|mức|kết quả)\s")
_OWN = {**dict.fromkeys(("trong", "tại", "ở", "theo", "vào"), _PREPOSITION), "số": _QUANTITY}
_TYPED_BEFORE = re.compile(rf"([^\W\d_]+(?: [^\W\d_]+){{0,2}}) ({SLOT})")
_TYPED_BEHIND = re.compile(rf"({SLOT}) ([^\W\d_]+(?: [^\W\d_]+){{0,2}})(?![^\W\d_])")
# A name and what stands behind it, the words that say how exact a number is, and names that want a word between.
_BESIDE = re.compile(rf"({SLOT}) (?=({SLOT}))")
_QUALITIES = ("ước", "khoảng", "trên", "hơn", "dưới", "gần")
# «đạt ước 394 ha» reads «ước đạt 394 ha», «là ước 394 ha» reads «ước 394 ha», behind a number «ước là 394 ha».
_ESTIMATED = re.compile(rf"(?<![^\W\d_])(đạt|là) ({SLOT})(?= )")
# What was reached against two bases is reached once: «đạt 57,29% dự toán tỉnh giao và 51,98% dự toán xã giao».
_REACHED_TWICE = re.compile(rf"((?<![^\W\d_])đạt {SLOT}[^,.;:()]*), đạt (?={SLOT})")
_NUMBERED = re.compile(r"\d\Z|\A(?:tổng số|số)\s", re.IGNORECASE)
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


def _one_colon(text: str) -> str:
    """Within a list that a colon leads to, a row and its result are parted by a comma: no colon stands inside another.

    What stands in parentheses is read by itself.
    """
    if ":" not in text:
        return text
    found, led = "", [False]
    for place, letter in enumerate(text):
        if letter == "(":
            led.append(False)
        elif letter == ")" and len(led) > 1:
            led.pop()
        elif letter in ".!?" and text[place + 1 : place + 2].isspace():
            led[-1] = False
        elif letter == ":":
            between = _BETWEEN.match(text, place - 1) is not None
            letter = "," if led[-1] and between else letter
            led[-1] = led[-1] or not between
        found += letter
    return found


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
        text = _TYPED_BEHIND.sub(self._once_behind, _TYPED_BEFORE.sub(self._once, text))
        text = _ESTIMATED.sub(self._estimated, _BESIDE.sub(self._apart, text))
        text = _one_colon(self._with_its_own_stops(_REACHED_TWICE.sub(r"\1 và ", text)))
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
                piece = self.value(part)
                run = piece.run
                runs.append(run.model_copy(update={"style": style}) if isinstance(run, Text) and style else run)
                figures += piece.figures
            elif part:
                runs.append(Text(text=part, style=style))  # type: ignore[arg-type]
        return merged(runs), tuple(figures)

    def value(self, slot: str) -> Piece:
        """The value whose place a character holds."""
        return self.pieces[ord(slot) - _FIRST_SLOT]

    def _once(self, match: re.Match[str]) -> str:
        """A value that begins with the words typed before it takes their place: «tổ chức» before «tổ chức hội thi».

        So does one with a preposition or a word of quantity of its own: «trong» before «tại hội nghị», «số» before
        «tổng số».
        """
        run, typed = self.value(match[2]).run, match[1].split(" ")
        if not isinstance(run, Text):
            return match[0]
        said = run.text.casefold()
        for first in range(len(typed)):
            # «đồng thời» is one word: what stands behind it keeps its own «thời hạn».
            if typed[max(first - 1, 0) : first + 1] == ["đồng", "thời"]:
                continue
            if said.startswith(" ".join(typed[first:]).casefold() + " "):
                return "".join(word + " " for word in typed[:first]) + match[2]
        own = _OWN.get(typed[-1].casefold())
        return "".join(word + " " for word in typed[:-1]) + match[2] if own and own.match(said) else match[0]

    def _once_behind(self, match: re.Match[str]) -> str:
        """What a value ends with is not said again behind it: «hộ nghèo giảm» before «giảm 03 hộ»."""
        run, typed = self.value(match[1]).run, match[2].split(" ")
        for last in range(len(typed), 0, -1):
            if isinstance(run, Text) and run.text.casefold().endswith(" " + " ".join(typed[:last]).casefold()):
                return "".join([match[1], *(" " + word for word in typed[last:])])
        return match[0]

    def _apart(self, match: re.Match[str]) -> str:
        """A name that ends in a number, or says that it is one, and its amount: «Đợt 2 là 06 hộ», «Số hộ là 06 hộ»."""
        name, amount = (self.value(slot).run for slot in match.groups())
        number = isinstance(amount, Number) or (isinstance(amount, Text) and amount.text in _QUALITIES)
        if number and isinstance(name, Text) and name.text not in _QUALITIES and _NUMBERED.search(name.text):
            return f"{match[1]} là "
        return match[0]

    def _estimated(self, match: re.Match[str]) -> str:
        """An estimate says so before its verb, which stays where a number stands before it."""
        run = self.value(match[2]).run
        if not isinstance(run, Text) or run.text != "ước":
            return match[0]
        before = match.string[: match.start()].rstrip()[-1:]
        name = self.value(before).run if before and ord(before) >= _FIRST_SLOT else None
        numbered = isinstance(name, Text) and name.text[-1:].isdigit()
        return f"{match[2]} {match[1]}" if match[1] == "đạt" or numbered else match[2]

    def _with_its_own_stops(self, text: str) -> str:
        """A text that ends with a stop leaves it to the sentence, wherever in the sentence it stands.

        «v.v.» keeps it, and is the sentence's stop too.
        """
        letters = list(text)
        for match in _VALUE.finditer(text):
            run = self.value(match[0]).run
            behind = self._behind(text, match.start()) if isinstance(run, Text) else len(text)
            if not isinstance(run, Text) or behind == len(text):
                continue
            bare = run.text.rstrip(_STOPS)
            if _ABBREVIATED.search(run.text):
                if text[behind] == ".":
                    letters[behind] = ""
            elif bare and bare != run.text:
                letters[match.start()] = self._changed(run, bare)
        return "".join(letters)

    def _behind(self, text: str, place: int) -> int:
        """Where the sentence goes on behind a value: past its notes and the marks of its style."""
        place += 1
        while place < len(text) and (text[place] in _STYLES or self._is_note(text[place])):
            place += 1
        return place

    def _is_note(self, letter: str) -> bool:
        return ord(letter) >= _FIRST_SLOT and isinstance(self.value(letter).run, Note)

    def _capital(self, slot: str) -> str:
        run = self.value(slot).run
        if isinstance(run, Text | Number) and run.text[:1] != run.text[:1].upper():
            return self._changed(run, run.text[:1].upper() + run.text[1:], self.value(slot).figures)
        return slot

    def _changed(self, run: Text | Number, text: str, figures: tuple[Figure, ...] = ()) -> str:
        return self.piece(Piece(run.model_copy(update={"text": text}), figures))
