"""The draft of a period's report as it stands: each save makes the next one from what is still good of the last."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from thidua.archive.collecting import collect
from thidua.checks.engine import Checked, check
from thidua.checks.finding import summary
from thidua.document.document import Document
from thidua.execute.sources import read_notebooks
from thidua.execute.warm import Warm
from thidua.inputs import Inputs, read_inputs
from thidua.judged import keep_judgement
from thidua.prose.checking import check_notebooks
from thidua.publish.html.screen import Beside
from thidua.publish.preview import Preview
from thidua.publish.submitted_books import Remembered, SubmittedBooks
from thidua.publish.volumes import volumes
from thidua.run.collect import Carried, carried, codes_before, notes
from thidua.run.composing import Composed, books_behind, compose, verdict_of
from thidua.run.kept_sections import KeptSections
from thidua.run.put_away import PutAway
from thidua.watch.faults_in_words import Fault, faults_of
from thidua.watch.lighter_page import lighter
from thidua.watch.printed_pages import PrintedPage, first_pages, printed_page
from thidua.watch.rerunning import Sections, Superseded
from thidua.watch.saves import Files

_NOTEBOOKS = "notebooks"


@dataclass(frozen=True)
class Draft:
    """What the screen shows: the last good pages, and what is wrong now.

    ``number`` counts the pages that were made; ``html`` is that of the screen, ``printed`` the pages of the PDF,
    ``first_pages`` on which of these each section begins. ``judged`` is what the checks say in one sentence, ``notes``
    are what the report misses or leaves out. With ``doing`` it is being made anew: what is under way, in words.
    """

    title: str = ""
    number: int = 0
    html: str = ""
    printed: tuple[PrintedPage, ...] = ()
    first_pages: Mapping[str, int] | None = None
    judged: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    doing: str = ""


@dataclass(frozen=True)
class _Read:
    """The period's inputs with the digests of the files that they come from, and what the checks say of them."""

    stamp: str
    inputs: Inputs
    kept: KeptSections
    headings: list[tuple[str, str]]
    checked: Checked


class Drafting:
    """Makes the drafts of one period, each from the files of a save. Nothing is written into output/.

    ``parent`` forks the sections that run.
    """

    def __init__(self, root: Path, params_file: Path, parent: Warm):
        self._root, self._params_file = root, params_file
        self._read: _Read | None = None
        self._books: tuple[object, SubmittedBooks] | None = None
        self._notebooks: dict[str, tuple[str, nbformat.NotebookNode]] = {}
        self._period = params_file.stem
        self._sections = Sections(root, self._period, parent)
        self._carried: dict[str, tuple[nbformat.NotebookNode, Carried]] = {}
        self._preview = Preview()
        self._opening = Remembered()
        self._volume = 1
        self._draft = Draft()

    def make(self, files: Files, superseded: Callable[[], bool], show: Callable[[Draft], None]) -> None:
        """Bring the draft up to date with some files; ``show`` gets it as often as there is more of it to see.

        What is wrong with the files is part of the draft. Superseded where ``superseded`` says so while it works.
        """

        def say(what: str) -> None:
            self._show(replace(self._draft, doing=what), show)

        def step(what: str) -> None:
            if superseded():
                raise Superseded
            say(what)

        try:
            self._typeset(*self._composed(files, superseded, step, say), step, show)
        except (Superseded, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic in Rust is no Exception; the officer reads of it, and mends or goes on
            self._show(replace(self._draft, faults=faults_of(error), doing=""), show)
        self._sections.keep()

    def abandon(self) -> None:
        """End what a draft that nobody wants any more waits for. Called from another thread."""
        self._sections.abandon()

    def _composed(
        self, files: Files, superseded: Callable[[], bool], step: Callable[[str], None], say: Callable[[str], None]
    ) -> tuple[_Read, Composed, Mapping[str, Carried]]:
        step("Đang đọc biểu, kiểm tra số liệu")
        read = self._reading(files)
        inputs = read.inputs
        notebooks = self._written(files, inputs.params.notebooks)
        pictures = [f"{path}:{digest}" for path, digest in files.items() if _is_picture(path)]
        rests_on = "\n".join([read.stamp, *pictures])
        executed = self._sections.renewed(notebooks, read.kept, rests_on, superseded, say)
        step("Đang dàn trang")
        # A section that did not run again is the very notebook of the draft before.
        for section, node in executed.items():
            if section not in self._carried or self._carried[section][0] is not node:
                self._carried[section] = node, carried(node)
        name = f"{inputs.params.period}-0"
        sections = {section: self._carried[section][1] for section in executed}
        return read, compose(inputs, PutAway(inputs), verdict_of(read.checked), sections, name), sections

    def _written(self, files: Files, names: Sequence[str]) -> dict[str, nbformat.NotebookNode]:
        """The notebooks; only those that changed are read, and so are those that were found faulty."""
        paths = {name: Path(_NOTEBOOKS) / f"{name}.ipynb" for name in names}
        known = {n: node for n, (digest, node) in self._notebooks.items() if digest == files.get(paths.get(n, Path()))}
        read = dict(read_notebooks({n: self._root / path for n, path in paths.items() if n not in known}))
        check_notebooks(read)
        self._notebooks = {n: (files.get(paths[n], ""), node) for n, node in (known | read).items()}
        return {name: self._notebooks[name][1] for name in names}

    def _reading(self, files: Files) -> _Read:
        """Inputs and checks, as they were where their files are."""
        names = [str(path) for path in files if path.parts[0] == _NOTEBOOKS]
        data = "\n".join(f"{path}:{digest}" for path, digest in files.items() if path.parts[0] != _NOTEBOOKS)
        stamp = "\n".join([*names, data])
        read = self._read
        if read and read.stamp == stamp:
            inputs = read.inputs
        else:
            # The units' sealed runs are looked for once: what `check` takes in later is a change of the suite's files.
            inputs = read_inputs(self._root, self._params_file, units=None if read else collect)
        headings = inputs.headings
        if read is None or read.inputs is not inputs or read.headings != headings:
            checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, headings)
            if read and read.inputs is inputs:
                kept = read.kept
            else:
                kept = KeptSections(inputs, {"period": self._period}, self._root / _NOTEBOOKS)
            self._read = read = _Read(stamp, inputs, kept, headings, checked)
            keep_judgement(inputs, checked)
            self._sections.open(data)
        return read

    def _typeset(
        self,
        read: _Read,
        composed: Composed,
        sections: Mapping[str, Carried],
        step: Callable[[str], None],
        show: Callable[[Draft], None],
    ) -> None:
        document, evidence = composed.document, composed.evidence
        beside = Beside(books=self._behind(read, composed))
        html = lighter("".join(self._preview.html(document, evidence, beside)))
        draft = replace(self._draft, title=document.properties.title, faults=())
        if html != draft.html:
            draft = replace(draft, html=html, number=draft.number + 1)
        self._show(draft, show)
        step("Đang dàn trang in")
        paper = self._bound(document)
        printed = tuple(map(printed_page, self._preview.pages(paper)))
        self._show(replace(draft, printed=printed, doing=""), show)
        # What nobody waits for comes last.
        own = (node for _, node in self._notebooks.values())
        told = (*read.inputs.notes, *notes(own, sections, document, codes_before(read.inputs)))
        first = draft.first_pages
        if printed != draft.printed:
            first = first_pages(paper, self._preview.pdf(paper, ()))
        judged = summary(read.checked.findings)
        self._show(replace(self._draft, judged=judged, notes=told, first_pages=first), show)
        if draft.number == 1:
            # Libraries and data stay; going through them in search of garbage takes as long as a section.
            gc.collect()
            gc.freeze()

    def _bound(self, document: Document) -> Document:
        """What is shown of it on paper: all, or of a long report the volume that has what ran last."""
        bound = volumes(document.report)
        with_it = (v.number for v in bound if {s.slug for s in v.document.sections} & self._sections.ran)
        self._volume = min(next(with_it, self._volume), len(bound))
        return bound[self._volume - 1].document

    def _behind(self, read: _Read, composed: Composed) -> SubmittedBooks:
        """The workbooks that cards show, opened again only where they may have changed."""
        # Of other periods' only what is cited is shown.
        cited = sorted({f.source.file for f in composed.evidence.figures if f.source})
        key = (read.stamp, cited, [f.id for f in composed.evidence.findings])
        if self._books is None or self._books[0] != key:
            self._books = key, books_behind(read.inputs, composed.evidence, self._opening)
        return self._books[1]

    def _show(self, draft: Draft, show: Callable[[Draft], None]) -> None:
        self._draft = draft
        show(draft)


def _is_picture(path: Path) -> bool:
    return path.parts[0] == _NOTEBOOKS and path.suffix != ".ipynb"
