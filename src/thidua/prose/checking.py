"""What is wrong with a cell before any data is seen: verbs and their options, parameters, places of phrases.

A code that no workbook has is no mistake: it is missing, and what it stands in falls away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from thidua.errors import NotebooksFaulty, ProseError, ProseFault
from thidua.language.text import nearest_hint
from thidua.prose.expressions import misread
from thidua.prose.names import wrong_parameter
from thidua.prose.parser import parse
from thidua.prose.syntax import (
    Clause,
    Expression,
    Fault,
    Footnote,
    HeadingLine,
    Inline,
    ListText,
    Phrase,
    Sentence,
    Styled,
    Tree,
    Typed,
)
from thidua.prose.verb import Verb
from thidua.prose.verbs import EACH, EXCEPT, LISTS, ROW_VERBS, VERBS

if TYPE_CHECKING:
    import nbformat

MAGIC = "%%prose"
_COUNTS = {1: "một", 2: "hai"}


def check_notebooks(notebooks: Mapping[str, nbformat.NotebookNode]) -> None:
    """Read all prose cells of some notebooks, by name; NotebooksFaulty names every mistake in them."""
    faults = [
        (name, number, fault)
        for name, notebook in notebooks.items()
        for number, source in prose_cells(notebook)
        for fault in faults_of(source, first_line=2)
    ]
    if faults:
        raise NotebooksFaulty(faults)


def prose_cells(notebook: nbformat.NotebookNode) -> Iterator[tuple[int, str]]:
    """The prose cells of a notebook by their number, without the line of their magic."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code" and cell.source.startswith(MAGIC):
            yield number, cell.source.partition("\n")[2]


def faults_of(source: str, first_line: int = 1) -> list[ProseFault]:
    """Every mistake of a cell's text, in the order of the text."""
    tree = parse(source)
    return located(tree.source, [*tree.faults, *_faults(tree)], first_line)


@lru_cache(maxsize=1_000)  # a preview renders the cells of a report again and again
def read(source: str, first_line: int = 1) -> Tree:
    """A cell's tree. ProseError with every mistake."""
    tree = parse(source)
    if faults := located(tree.source, [*tree.faults, *_faults(tree)], first_line):
        raise ProseError(faults)
    return tree


def located(source: str, faults: list[Fault], first_line: int) -> list[ProseFault]:
    """Faults with line and column."""
    lines = source.split("\n")
    found = []
    for fault in faults:
        line = source.count("\n", 0, fault.at)
        column = fault.at - (source.rfind("\n", 0, fault.at) + 1)
        found.append(ProseFault(line + first_line, column + 1, fault.what, lines[line]))
    return sorted(set(found))


def _faults(tree: Tree) -> Iterator[Fault]:
    for block in tree.blocks:
        if isinstance(block, HeadingLine):
            yield from _in_sentences((block.sentence,))
        elif isinstance(block, ListText):
            for item in block.items:
                yield from _in_sentences(item, whole=True)
        elif is_points(block.sentences):
            yield from _in_phrase(block.sentences[0].parts[0], False, alone=True)  # type: ignore[arg-type]
        else:
            yield from _in_sentences(block.sentences)


def is_points(sentences: tuple[Sentence, ...]) -> bool:
    """Whether a paragraph is nothing but a phrase that makes a list."""
    first = sentences[0].parts[0]
    return len(sentences) == 1 and len(sentences[0].parts) == 1 and isinstance(first, Phrase) and first.verb in LISTS


def repeats(sentence: Sentence) -> Phrase | None:
    """The phrase that repeats a sentence for each row, where it opens with one."""
    first = sentence.parts[0]
    return first if isinstance(first, Phrase) and first.verb == EACH else None


def _in_sentences(sentences: tuple[Sentence, ...], whole: bool = False) -> Iterator[Fault]:
    """Faults of sentences; with ``whole`` the first one may repeat them all."""
    in_each = False
    for sentence in sentences:
        each = repeats(sentence)
        in_each = each is not None or (whole and in_each)
        if each is not None:
            yield from _in_phrase(each, False, alone=True)
        yield from _in_inline(sentence.parts[1:] if each else sentence.parts, in_each)


def _in_inline(nodes: Inline, in_each: bool) -> Iterator[Fault]:
    for node in nodes:
        if isinstance(node, Phrase):
            yield from _in_phrase(node, in_each)
        elif isinstance(node, Expression):
            if what := misread(node.code):
                yield Fault(node.at, what)
        elif isinstance(node, Clause | Styled):
            yield from _in_inline(node.parts, in_each)
        elif isinstance(node, Footnote):
            for sentence in node.sentences:
                yield from _in_inline(sentence.parts, in_each)


def _in_phrase(node: Phrase, in_each: bool, alone: bool = False) -> Iterator[Fault]:
    paths = [c for c in node.codes if "." in c]
    if not node.verb:
        if paths and len(node.codes) == 1:
            what = wrong_parameter(paths[0])
            yield from [Fault(node.at, what)] if what else []
        elif paths:
            yield Fault(node.at, f"«{paths[0]}» không đứng chung với mã khác")
        if node.options:
            yield Fault(node.at, "không có từ dẫn nên không có lựa chọn sau dấu |")
        return
    verb = VERBS[node.verb]
    if paths:
        yield Fault(node.at, f"«{paths[0]}» không phải là mã")
    if verb.name in (EACH, *LISTS) and not alone:
        where = "mở đầu một câu" if verb.name == EACH else "đứng riêng một đoạn"
        yield Fault(node.at, f"«{verb.name}» phải {where}")
    yield from _in_codes(node, verb, in_each)
    yield from _in_options(node, verb)


def _in_codes(node: Phrase, verb: Verb, in_each: bool) -> Iterator[Fault]:
    count = len(node.codes)
    if verb.kind == "nothing":
        if count:
            yield Fault(node.at, f"«{verb.name}» không kèm mã; ví dụ {verb.example}")
    elif not count and not (in_each and verb.name in ROW_VERBS):
        yield Fault(node.at, f"«{verb.name}» cần một mã; ví dụ {verb.example}")
    elif 0 < verb.most < count:
        yield Fault(node.at, f"«{verb.name}» chỉ nhận {_COUNTS[verb.most]} mã; ví dụ {verb.example}")


def _in_options(node: Phrase, verb: Verb) -> Iterator[Fault]:
    free = 0
    for option in node.options:
        text = plain_option(option)
        if text in verb.flags:
            continue
        free += 1
        for part in option:
            if isinstance(part, Phrase):
                if part.verb or part.options or not all("." in c for c in part.codes):
                    yield Fault(part.at, "trong lựa chọn chỉ dùng được tham số, ví dụ {unit.level}")
                else:
                    yield from _in_phrase(part, False)
        if verb.name == EACH and not text.startswith(f"{EXCEPT} "):
            yield Fault(node.at, f"lựa chọn của «{EACH}» viết «{EXCEPT} mã, mã»")
        elif not verb.wording or free > 1 or not option:
            yield Fault(node.at, f"«{verb.name}» không có lựa chọn «{text}»{nearest_hint(text, verb.flags)}")


def plain_option(option: Inline) -> str:
    """An option's typed words."""
    return " ".join("".join(n.text for n in option if isinstance(n, Typed)).split())
