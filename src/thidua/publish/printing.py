"""The editions that are printed: bao-cao.pdf, the archive's, bao-cao.docx, in volumes where the report is long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from thidua.publish.drawings import Drawings
from thidua.publish.legible import unreadable
from thidua.publish.pdf.typesetting import page_count, set_apart
from thidua.publish.volumes import Before, Volume
from thidua.publish.word.edition import write_docx

PDF, ARCHIVED, WORD = "bao-cao.pdf", "bao-cao-luu-tru.pdf", "bao-cao.docx"


def write_volumes(
    bound: Sequence[Volume], drawings: Drawings, attached: Callable[[], Mapping[Path, str]], folder: Path
) -> list[str]:
    """Write both PDFs of each volume and its Word edition, one volume after the other.

    The ``attached`` files, which are asked for when they are needed, go inside the first one's accessible edition.

    Returns in words what the pages of the PDFs do not show.
    """
    lost: list[str] = []
    pages = 0
    for volume in bound:
        document, before = volume.document, Before(pages, volume.notes)
        inside = attached if volume.number == 1 else dict
        word = partial(write_docx, document, drawings, folder / volume.name(WORD), before)
        with ThreadPoolExecutor(max_workers=1) as aside:
            # What typesetter and pandoc hold of a volume is for one of them at a time.
            meanwhile = aside.submit(word) if len(bound) == 1 else None
            accessible, archival = set_apart(document, drawings, inside, before)
            (folder / volume.name(PDF)).write_bytes(accessible)
            (folder / volume.name(ARCHIVED)).write_bytes(archival)
            pages += page_count(accessible)
            del accessible, archival
            written = meanwhile or aside.submit(word)
            lost += unreadable(document, folder / volume.name(PDF))
            written.result()
    return lost
