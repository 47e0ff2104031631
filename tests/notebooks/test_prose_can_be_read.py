"""The prose of the notebooks is for reading: short lines, no mistakes, far more words than machinery."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from notebooks.sections import NOTEBOOKS, prose_in
from thidua.prose.checking import MAGIC, faults_of, plain_option
from thidua.prose.parser import parse
from thidua.prose.syntax import Clause, Footnote, HeadingLine, Inline, ListText, Phrase, Styled, Typed
from thidua.prose.verbs import VERBS

LONGEST_LINE = 120
# Characters of verbs, braces, brackets and options for each hundred of words; codes say what the words are about, and
# what a group brings, a whole sentence or a part of one, nobody types.
MACHINERY = 30


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_prose_is_without_mistakes_and_in_short_lines(notebook: Path) -> None:
    for source in prose_in(notebook):
        assert faults_of(source) == []
        assert max(map(len, source.split("\n"))) <= LONGEST_LINE


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_tables_and_charts_ask_for_groups_and_list_no_code(notebook: Path) -> None:
    cells = [c.source for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    python = [source for source in cells if not source.startswith(MAGIC)]
    assert [s for s in python if "pick(" in s or "indicators." in s or "awards." in s] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_table_and_chart_is_referred_to_in_its_section(notebook: Path) -> None:
    cells = [c.source for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    keys = {k for source in cells if not source.startswith(MAGIC) for k in re.findall(r'\bkey="(\w+)"', source)}
    assert keys == {k for source in prose_in(notebook) for k in re.findall(r"\{bảng (\w+)\}", source)}


def test_prose_is_words_and_little_machinery() -> None:
    machinery = words = 0
    for path in NOTEBOOKS:
        for source in prose_in(path):
            for kind, length in _measured(source):
                machinery += length * (kind == "machinery")
                words += length * (kind == "words")
    assert 100 * machinery / words <= MACHINERY


def _measured(source: str) -> Iterator[tuple[str, int]]:
    for block in parse(source).blocks:
        if isinstance(block, HeadingLine):
            yield from _of(block.sentence.parts)
        else:
            for sentences in block.items if isinstance(block, ListText) else [block.sentences]:
                for sentence in sentences:
                    if _says(sentence.parts):
                        yield from _of(sentence.parts)


def _says(nodes: Inline) -> bool:
    """Whether somebody typed words; a sentence that the workbooks bring whole, «{kể …}.», is no harder to read."""
    return any(
        any(map(str.isalpha, node.text)) if isinstance(node, Typed) else _says(node.parts)
        for node in nodes
        if isinstance(node, Typed | Clause | Styled)
    )


def _of(nodes: Inline) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, Typed):
            yield "words", len(node.text)
        elif isinstance(node, Phrase):
            flags = VERBS[node.verb].flags if node.verb else {}
            printed = sum(len(o) for option in node.options if (o := plain_option(option)) not in flags)
            codes = sum(map(len, node.codes))
            yield from (("words", printed), ("codes", codes), ("machinery", node.end - node.at - printed - codes))
        elif isinstance(node, Clause | Styled):
            yield "machinery", 2
            yield from _of(node.parts)
        elif isinstance(node, Footnote):
            yield "machinery", 3
            for sentence in node.sentences:
                yield from _of(sentence.parts)
