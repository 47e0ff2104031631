"""Making bao-cao.docx: blocks through pandoc, with what pandoc does not do put in afterwards."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import os
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import pypandoc
from PIL import Image

from thidua.document.block import Chart, Picture
from thidua.document.document import Document
from thidua.errors import ProgramBroke, ProgramEnded
from thidua.machine.ended import told
from thidua.publish.as_points import points
from thidua.publish.drawings import Drawings
from thidua.publish.volumes import NOTHING_BEFORE, Before
from thidua.publish.word.docx_package import UPRIGHT, WIDE, finish
from thidua.publish.word.pandoc_writer import tree_of

_PANDOC = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
_REFERENCE = Path(str(files("thidua.publish.word").joinpath("reference.docx")))
# Kinds of picture that Word shows as they are; others are turned into the first.
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
# A chart is set 16 cm wide: with so many points for each of its own it prints at 300 dots per inch.
_SHARPNESS = 3.1


def write_docx(document: Document, drawings: Drawings, path: Path, before: Before = NOTHING_BEFORE) -> None:
    """Write the Word edition. The bytes depend on the arguments and the version of pandoc alone.

    Of a further volume, ``before`` is what stands in those before it; its pages are numbered as in the PDF.
    """
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        folder = Path(name)
        tree = json.dumps(tree_of(document, _Pictures(folder, drawings)), ensure_ascii=False)
        moment = dt.datetime.combine(document.properties.date, dt.time(), dt.UTC)
        # A later pandoc of the system, and templates of the user's own, would write another document.
        command = [str(_PANDOC), "--data-dir", name, "--from", "json", "--to", "docx"]
        command += ["--reference-doc", str(_REFERENCE), "--output", "made.docx"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
        done = subprocess.run(command, input=tree.encode(), cwd=folder, env=environment, capture_output=True)
        if done.returncode < 0:
            raise ProgramEnded(told("chương trình viết bản Word (pandoc) kết thúc giữa chừng", done.returncode))
        if done.returncode:
            said = done.stderr.decode(errors="replace")
            what = f"bản Word của «{document.properties.title}»"
            raise ProgramBroke("pandoc", what, " ".join(said.split())) from RuntimeError(said)
        apart = [s for s in document.sections if s.apart]
        first = [] if document.sections[:1] == tuple(apart[:1]) else [UPRIGHT]
        orientations = [*first, *(WIDE if s.wide else UPRIGHT for s in apart)]
        finish(
            folder / "made.docx", path, orientations, document.properties, before if first else Before(0, before.notes)
        )


class _Pictures:
    """Writes each picture into a file beside the document: drawings as points, since not all programs draw SVG."""

    def __init__(self, folder: Path, drawings: Drawings):
        self._folder = folder
        self._drawings = drawings
        self._count = 0

    def __call__(self, block: Chart | Picture) -> str:
        self._count += 1
        ending = "png" if isinstance(block, Chart) else _ENDINGS.get(block.mime, "png")
        name = f"hinh-{self._count}.{ending}"
        (self._folder / name).write_bytes(self._content(block))
        return name

    def _content(self, block: Chart | Picture) -> bytes:
        if isinstance(block, Chart):
            return points(self._drawings(block), _SHARPNESS)
        content = base64.b64decode(block.data)
        if block.mime == "image/svg+xml":
            return points(content.decode(), _SHARPNESS)
        if block.mime in _ENDINGS:
            return content
        made = io.BytesIO()
        Image.open(io.BytesIO(content)).save(made, "PNG")
        return made.getvalue()
