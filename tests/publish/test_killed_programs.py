"""A program of the run's own that the system kills: which part of the report is lacking is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from document.sample import PROPERTIES
from thidua.document.document import Document
from thidua.errors import ProgramEnded
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import set_apart
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


def test_a_pandoc_that_is_killed_is_told_as_the_word_edition_that_is_lacking(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua.publish.word.edition._PANDOC", killed)
    with pytest.raises(ProgramEnded, match=r"^Chưa lập báo cáo: .* bản Word .* kết thúc giữa chừng: .*SIGKILL"):
        write_docx(EMPTY, Drawings(), tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()
