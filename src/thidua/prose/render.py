"""From a cell's tree to blocks: values are filled in, and what lacks its data falls away.

A clause falls with its own data. A sentence falls with its own data, and with the last of the clauses that are its
core: those that no joint ties to it, «Đã [xử lý {a}][ và phạt {b}].». A heading takes what stands below it in the cell,
a lead that ends in a colon goes when its list is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from thidua.document.block import Block, Note
from thidua.entries import Entry
from thidua.errors import FigureError, ProseError
from thidua.figures import Figure
from thidua.prose import rows as row_words
from thidua.prose.checking import is_points, located, plain_option, read, repeats
from thidua.prose.clauses import Clauses, Part, is_break
from thidua.prose.filling import Filling
from thidua.prose.left_over import LeftOver, beside, standing_alone
from thidua.prose.names import Names
from thidua.prose.rendered import Draft, Fallen, Prose
from thidua.prose.setting import EMPHASIS, STRONG, Slots
from thidua.prose.since_january import since_january
from thidua.prose.syntax import (
    Clause,
    Expression,
    Fault,
    Footnote,
    HeadingLine,
    Inline,
    ListText,
    Node,
    ParagraphText,
    Phrase,
    Sentence,
    Styled,
    Tree,
    Typed,
)
from thidua.prose.tallies import points
from thidua.prose.verbs import CONDITION, EXCEPT, NUMBERED
from thidua.prose.words import Piece, Words
from thidua.report import Report


def render(source: str, report: Report, own: Mapping[str, Any] | None = None, first_line: int = 1) -> Prose:
    """Render a cell's text over a report's data; ``own`` are names that cells before it made.

    ProseError has every mistake, each with its line and column.
    """
    tree = read(source, first_line)
    renderer = _Renderer(tree, Names(report, own or {}))
    drafts = list(renderer.blocks())
    if renderer.faults:
        raise ProseError(located(tree.source, renderer.faults, first_line))
    blocks: list[Block] = []
    figures: list[Figure] = []
    for draft in drafts:
        block, shown = draft.finished()
        if block is not None:
            blocks.append(block)
            figures += shown
    return Prose(tuple(blocks), tuple(figures), tuple(renderer.fallen))


# What a paragraph leads to that leads to no list of this cell.
_LIST = Draft(ListText(()), [])


@dataclass
class _Renderer:
    tree: Tree
    names: Names
    fallen: list[Fallen] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    row: Entry | None = None

    def blocks(self) -> Iterator[Draft]:
        """The drafts of the blocks that are left, and of headings that are gone, below which cells may follow."""
        blocks = self.tree.blocks
        without = 0  # the level of a heading that fell: what stands below it falls too
        ready: dict[int, Draft | None] = {}
        for number, block in enumerate(blocks):
            if isinstance(block, HeadingLine) and not (without and block.level > without):
                slots = Slots()
                text = self._heading(block.sentence, slots)
                without = 0 if text is not None else block.level
                yield Draft(block, [(text, slots)] if text is not None else [])
                continue
            if without:
                self._lost(block)
                continue
            leads = isinstance(block, ParagraphText) and self._leads(block, blocks[number + 1 : number + 2])
            if leads:
                ready[number + 1] = self._block(blocks[number + 1])
            draft = ready[number] if number in ready else self._block(block, ready[number + 1] if leads else _LIST)
            if draft is not None:
                yield draft

    def _lost(self, block: Any) -> None:
        """Add to the heading that fell what would have been told below it."""
        heading, before = self.fallen[-1], len(self.fallen)
        if isinstance(block, HeadingLine):
            block = ParagraphText((block.sentence,))
        draft = self._block(block)
        runs = [run for text, slots in (draft.texts if draft else []) for run in slots.finished(text)[0]]
        runs += [run for fallen in self.fallen[before:] for run in fallen.runs]
        self.fallen[before - 1 :] = [replace(heading, runs=(*heading.runs, *runs))]

    def _leads(self, block: ParagraphText, following: tuple[Any, ...]) -> bool:
        """Whether a paragraph ends in a colon before a list."""
        if not following or not self.tree.source[: block.sentences[-1].end].endswith(":"):
            return False
        after = following[0]
        return isinstance(after, ListText) or (isinstance(after, ParagraphText) and is_points(after.sentences))

    def _block(self, block: Any, led: Draft | None = _LIST) -> Draft | None:
        """A block's draft; ``led`` is what its last sentence leads to."""
        if isinstance(block, ListText):
            return _listed(block, [t for item in block.items for t in self._item(item)])
        if is_points(block.sentences):
            return self._points(block.sentences[0])
        slots = Slots()
        told = [t for s in block.sentences[:-1] for t in self._told(s, slots)]
        last, known = block.sentences[-1], len(slots.pieces)
        lead = list(self._told(last, slots)) if led is not None else []
        if led is not None and not isinstance(led.kind, ListText):
            # One thing is a sentence: what led to a list goes, unless it tells something itself.
            tells = any(piece.figures for piece in slots.pieces[known:])
            lead = [text.rstrip().removesuffix(":") + "." for text in lead] if tells else []
        elif led is not None and led is not _LIST:
            led_to = [f for _, inner in led.texts for piece in inner.pieces for f in piece.figures]
            lead = [since_january(text, slots, self.names.report.period, led_to) for text in lead]
        if not lead and led is not _LIST:
            self._fell(last.at, last.end, ["danh sách sau đó trống" if led is None else "danh sách sau đó có một mục"])
        told += lead
        return Draft(block, [(" ".join(told), slots)]) if told else None

    def _points(self, sentence: Sentence) -> Draft | None:
        phrase = sentence.parts[0]
        assert isinstance(phrase, Phrase)
        items = row_words.points(self.names.rows(phrase.codes)) or self._counts(phrase)
        if not items:
            self._fell(sentence.at, sentence.end, ["không có dòng nào"])
            return None
        numbered = phrase.verb == NUMBERED
        texts = []
        for words in items:
            slots = Slots()
            texts.append((slots.put(words) + ("." if numbered else ";"), slots))
        return _listed(ListText((), numbered), texts)

    def _counts(self, phrase: Phrase) -> list[Words]:
        """The indicators of groups as the items of a list."""
        return points([i for code in phrase.codes for i in self.names.group(code)])

    def _item(self, sentences: tuple[Sentence, ...]) -> Iterator[tuple[str, Slots]]:
        """The texts that an item gives: one, none, or one for each row."""
        each = repeats(sentences[0])
        for row in self._rows(each) if each else [None]:
            slots = Slots()
            before, self.row = self.row, row
            first = self._sentence(sentences[0], slots)
            told = [first] if first is not None else []
            told += [t for s in sentences[1:] for t in self._told(s, slots)]
            self.row = before
            if told:
                yield " ".join(told), slots

    def _told(self, sentence: Sentence, slots: Slots) -> Iterator[str]:
        """A sentence as often as it is to be told."""
        each = repeats(sentence)
        for row in self._rows(each) if each else [self.row]:
            before, self.row = self.row, row
            text = self._sentence(sentence, slots)
            self.row = before
            if text is not None:
                yield text

    def _rows(self, each: Phrase) -> list[Entry | None]:
        without: set[str] = set()
        for option in each.options:
            without |= {code.strip() for code in plain_option(option).removeprefix(EXCEPT).split(",")}
        rows = self.names.rows(each.codes)
        if not rows:
            self._fell(each.at, each.end, ["không có dòng nào"])
        return [row for row in rows if not without or row_words.str_of(row, "code") not in without]

    def _heading(self, sentence: Sentence, slots: Slots) -> str | None:
        """A heading's text, None where it falls."""
        before = len(self.fallen)
        part = self._inline(sentence.parts, slots)
        if part.gaps:
            self._fell(sentence.at, sentence.end, part.gaps, part.text, slots, before)
        return None if part.gaps else part.text

    def _sentence(self, sentence: Sentence, slots: Slots) -> str | None:
        """A sentence's text, or what is left of it where it falls; None where nothing is."""
        before = len(self.fallen)
        parts = sentence.parts[1:] if repeats(sentence) else sentence.parts
        part = self._inline(parts, slots)
        if not part.gaps:
            told = beside(part.text, part.noughts, part.left, slots)
            return since_january(told, slots, self.names.report.period)
        self._fell(sentence.at, sentence.end, part.gaps, part.text, slots, before)
        if any(isinstance(n, Phrase) and n.verb == CONDITION and self._words(n).missing for n in parts):
            return None
        last = self.tree.source[sentence.end - 1]
        left = self._left_over.of(parts, own=not part.lacks)
        return standing_alone(part.noughts, left, slots, last if last in ".;,!" else ".")

    def _fell(
        self, at: int, end: int, why: list[str], text: str = "", slots: Slots | None = None, since: int | None = None
    ) -> None:
        """Note what fell, for what has fallen inside it as well: that stands in the list from ``since`` on."""
        inside = self.fallen[len(self.fallen) if since is None else since :]
        del self.fallen[len(self.fallen) - len(inside) :]
        runs = slots.finished(text)[0] if slots else ()
        source = " ".join(self.tree.source[at:end].split())
        lost = tuple(run for fallen in inside for run in fallen.runs)
        self.fallen.append(Fallen(source, tuple(dict.fromkeys(why)), (*runs, *lost)))

    def _inline(self, nodes: Inline, slots: Slots) -> Part:
        whole = Part()
        run = Clauses()
        for number, node in enumerate(nodes):
            if isinstance(node, Footnote) and run.hangs_on_nothing:
                whole.left += self._left_over.of((node,), own=False)
                continue
            if run.clauses and is_break(node, nodes[number + 1 : number + 2]):
                continue
            if isinstance(node, Clause):
                run.add(node, self._clause(node, slots), whole)
                continue
            if not isinstance(node, Footnote):
                run = run.closed(whole)
            if isinstance(node, Footnote):
                whole.text = whole.text.rstrip() + self._note(node, slots)
            elif isinstance(node, Typed):
                whole.text += node.text
            elif isinstance(node, Styled):
                inner = self._inline(node.parts, slots)
                start, end = STRONG if node.style == "strong" else EMPHASIS
                whole.text += f"{start}{inner.text}{end}"
                whole.gaps += inner.gaps
                whole.lacks = whole.lacks or inner.lacks
                whole.take_over(inner)
            else:
                words = self._words(node)
                whole.text += slots.put(words)
                whole.take(words)
        run.closed(whole)
        return whole

    def _clause(self, node: Clause, slots: Slots) -> Part:
        before = len(self.fallen)
        part = self._inline(node.parts, slots)
        if part.gaps:
            self._fell(node.at, node.end, part.gaps, part.text, slots, before)
            part.left = self._left_over.of(node.parts, own=not part.lacks)
        return part

    def _note(self, node: Footnote, slots: Slots) -> str:
        """A footnote's place in the text; nothing where all its sentences fell."""
        inner = Slots()
        told = [t for s in node.sentences for t in self._told(s, inner)]
        runs, figures = inner.finished(" ".join(told))
        return slots.piece(Piece(Note(runs=runs), figures)) if runs else ""

    @property
    def _left_over(self) -> LeftOver:
        return LeftOver(self.names, self._words)

    def _words(self, node: Node) -> Words:
        """What a phrase or an expression says; a mistake is kept with its place."""
        assert isinstance(node, Phrase | Expression)
        try:
            return Filling(self.names, self.row).words(node)
        except (ProseError, FigureError, AttributeError) as error:
            self.faults.append(Fault(node.at, str(error)))
            return Words()


def _listed(kind: ListText, texts: list[tuple[str, Slots]]) -> Draft | None:
    """The items that are left, the last with a stop; a single one is a paragraph, none is nothing."""
    if not texts:
        return None
    text, slots = texts[-1]
    last = (text.rstrip()[:-1] + "." if text.rstrip().endswith((";", ",")) else text, slots)
    return Draft(kind if len(texts) > 1 else ParagraphText(()), [*texts[:-1], last])
