"""A program of the run's own that is killed or breaks down: which part of the report is lacking is said."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from document.sample import PROPERTIES
from thidua.document.document import Document
from thidua.errors import ProgramBroke, ProgramEnded
from thidua.publish.drawings import Drawings
from thidua.publish.pdf import typesetting
from thidua.publish.pdf.typesetter import REFUSED
from thidua.publish.pdf.typesetting import ACCESSIBLE, pages_of, pdf_of, set_apart
from thidua.publish.volumes import NOTHING_BEFORE
from thidua.publish.word.edition import write_docx

EMPTY = Document(PROPERTIES, ())


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    return program


def test_a_typesetter_that_is_killed_is_told_as_the_pdf_that_is_lacking(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(killed))
    with pytest.raises(ProgramEnded, match=r"^Chưa lập báo cáo: .* bản PDF kết thúc giữa chừng: .*SIGKILL.*chạy lại"):
        set_apart(EMPTY, Drawings(), dict, NOTHING_BEFORE)


def test_where_the_disk_is_full_the_typesetter_is_not_at_fault(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed.write_text(f"#!/bin/sh\nexit {REFUSED + errno.ENOSPC}\n")
    monkeypatch.setattr(sys, "executable", str(killed))
    with pytest.raises(OSError, match="No space left on device"):
        set_apart(EMPTY, Drawings(), dict, NOTHING_BEFORE)


@pytest.mark.parametrize("make", [lambda: pdf_of(EMPTY, Drawings(), ACCESSIBLE), lambda: pages_of(EMPTY, Drawings())])
def test_a_panic_of_the_typesetter_names_the_document(
    make: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        """As Rust's: no Exception."""

    def panic(*_: object) -> None:
        raise Panic("assertion failed\n  left: 1")

    monkeypatch.setattr(typesetting, "compiled", panic)
    with pytest.raises(ProgramBroke) as found:
        make()
    assert found.value.what == f"bản PDF của «{PROPERTIES.title}»" and found.value.words == "assertion failed left: 1"


def test_a_pandoc_that_is_killed_or_breaks_down_is_told_as_the_word_edition_that_is_lacking(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua.publish.word.edition._PANDOC", killed)
    with pytest.raises(ProgramEnded, match=r"^Chưa lập báo cáo: .* bản Word .* kết thúc giữa chừng: .*SIGKILL"):
        write_docx(EMPTY, Drawings(), tmp_path / "a.docx")
    killed.write_text("#!/bin/sh\necho 'pandoc: hết đường' >&2; exit 83\n")
    with pytest.raises(ProgramBroke) as found:
        write_docx(EMPTY, Drawings(), tmp_path / "a.docx")
    assert (found.value.what, found.value.words) == (f"bản Word của «{PROPERTIES.title}»", "pandoc: hết đường")
    assert not (tmp_path / "a.docx").exists()
