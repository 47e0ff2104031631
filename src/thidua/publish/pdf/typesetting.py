"""Setting the written document with Typst: PDF/A for accessible reading and for the archive."""

from __future__ import annotations

import base64
import datetime as dt
import json
import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import typst

from thidua.document.block import Chart, Picture
from thidua.document.document import Document
from thidua.errors import ProgramBroke, ProgramEnded
from thidua.machine.ended import told
from thidua.publish.drawings import Drawings
from thidua.publish.pdf import typesetter
from thidua.publish.pdf.opaque import as_png, opaque
from thidua.publish.pdf.typesetter import EDITIONS, PICTURES, REFUSED, compiled, faces, in_a_line
from thidua.publish.pdf.typst_writer import attaching, typst_of
from thidua.publish.volumes import NOTHING_BEFORE, Before
from thidua.settings.page import PageForm, page_form

# Level A of PDF/A-3, tagged, with attachments allowed, which also is PDF/UA-1; for archives that ask for it, PDF/A-1.
Standard = Literal["a-3a", "ua-1", "a-1a"]
ACCESSIBLE: tuple[Standard, ...] = ("a-3a", "ua-1")
ARCHIVAL: tuple[Standard, ...] = ("a-1a",)
_ARCHIVAL = "luu-tru.pdf"
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}


def pdf_of(
    document: Document,
    drawings: Drawings,
    standards: tuple[Standard, ...],
    form: PageForm | None = None,
) -> bytes:
    """The document as PDF; ``form`` for another page. What it takes to set it again is kept in this process.

    The bytes depend on nothing but the arguments and the version of the typesetter.

    ProgramBroke where that breaks down.
    """
    with _sources(document, drawings, form or page_form(), archival=standards == ARCHIVAL) as folder:
        made: bytes = _set(document, folder, _options(document, standards))
        return made


def pages_of(document: Document, drawings: Drawings) -> list[bytes]:
    """The pages of the document's PDF as SVG, letters as outlines. ProgramBroke where the typesetter breaks down."""
    with _sources(document, drawings, page_form()) as folder:
        made: bytes | list[bytes] = _set(document, folder, {"format": "svg"})
        return [made] if isinstance(made, bytes) else made


def set_apart(
    document: Document, drawings: Drawings, attached: Callable[[], Mapping[Path, str]], before: Before
) -> tuple[bytes, bytes]:
    """Both editions of a volume, the accessible one and the archive's, set in a process that ends with them.

    What it took to set them is free again. ``before`` is what stands in the volumes before it; the ``attached`` files,
    each with what it holds, go inside the accessible edition, and are asked for while the other one is set.

    ProgramBroke where the typesetter breaks down, ProgramEnded where it is killed.
    """
    editions = {_ARCHIVAL: _options(document, ARCHIVAL), "doc.pdf": _options(document, ACCESSIBLE)}
    with _sources(document, drawings, page_form(), before, archival=True) as folder:
        (folder / EDITIONS).write_text(json.dumps(editions), encoding="utf-8", newline="\n")
        command = [sys.executable, "-P", "-m", typesetter.__name__, str(folder)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
            try:
                _, said = process.communicate(_attach(attached(), folder))
            except BaseException:
                process.kill()
                raise
        if process.returncode < 0:
            raise ProgramEnded(told("chương trình dàn trang bản PDF kết thúc giữa chừng", process.returncode))
        if process.returncode > REFUSED:
            number = process.returncode - REFUSED
            raise OSError(number, os.strerror(number), str(folder))
        if process.returncode:
            edition = "bản PDF" if (folder / _ARCHIVAL).exists() else "bản PDF lưu trữ"
            raise _broke(document, edition, said.strip().rpartition("\n")[2]) from RuntimeError(said)
        archival, accessible = ((folder / name).read_bytes() for name in editions)
        return accessible, archival


def _set(document: Document, folder: Path, options: dict[str, Any]) -> Any:
    try:
        return compiled(folder, _faces(), options)
    except (KeyboardInterrupt, SystemExit, MemoryError, OSError):
        raise
    except BaseException as error:  # what breaks in Rust is no Exception
        raise _broke(document, "bản PDF", in_a_line(error)) from error


def _broke(document: Document, edition: str, words: str) -> ProgramBroke:
    return ProgramBroke("Typst", f"{edition} của «{document.properties.title}»", words)


def _attach(files: Mapping[Path, str], folder: Path) -> str:
    """Copy files into the folder of a document's sources: the source that puts them into what is set of it."""
    named = []
    for file, description in files.items():
        shutil.copyfile(file, folder / file.name)
        mime = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        named.append((file.name, mime, description))
    return attaching(named)


def _options(document: Document, standards: tuple[Standard, ...]) -> dict[str, Any]:
    moment = dt.datetime.combine(document.properties.date, dt.time(), dt.UTC)
    return {"pdf_standards": list(standards), "timestamp": int(moment.timestamp())}


@contextmanager
def _sources(
    document: Document,
    drawings: Drawings,
    form: PageForm,
    before: Before = NOTHING_BEFORE,
    *,
    archival: bool = False,
) -> Iterator[Path]:
    """A folder with all that Typst reads of the document, for the archive with nothing that can be seen through."""
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes(files("thidua.publish.pdf").joinpath("report.typ").read_bytes())
        (folder / "page.json").write_text(form.model_dump_json(), encoding="utf-8", newline="\n")
        for source, text in typst_of(document, _Pictures(folder, drawings, archival=archival), before).items():
            (folder / source).write_text(text, encoding="utf-8", newline="\n")
        yield folder


@cache
def _faces() -> typst.Fonts:
    """The faces, read once: what the typesetter remembers of a page is of the faces that it was set with."""
    return faces()


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


class _Pictures:
    """Writes each drawing into a file beside the source; of one that is another for the archive, both."""

    def __init__(self, folder: Path, drawings: Drawings, *, archival: bool):
        self._folder = folder
        self._drawings = drawings
        self._archival = archival
        self._count = 0

    def __call__(self, block: Chart | Picture) -> str:
        self._count += 1
        if isinstance(block, Chart):
            mime, content = "image/svg+xml", self._drawings(block).encode()
        else:
            mime, content = block.mime, base64.b64decode(block.data)
        if mime == "image/gif":  # of which the typesetter says that all can be seen through
            mime, content = "image/png", as_png(content)
        name = f"hinh-{self._count}.{_ENDINGS[mime]}"
        shown = opaque(content, mime) if self._archival else content
        (self._folder / name).write_bytes(shown)
        if shown != content:
            kept = self._folder / PICTURES
            kept.mkdir(exist_ok=True)
            (kept / name).write_bytes(content)
        return name
