"""The editions on paper: bao-cao.pdf and the archive's, in volumes where the report is long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from thidua.publish.legible import unreadable
from thidua.publish.pdf.typesetting import ACCESSIBLE, ARCHIVAL, page_count, set_apart
from thidua.publish.preview import Preview
from thidua.publish.volumes import Before, Volume

PDF, ARCHIVED = "bao-cao.pdf", "bao-cao-luu-tru.pdf"


def write_pdfs(
    bound: Sequence[Volume], pages: Preview, attached: Mapping[Path, str], folder: Path
) -> tuple[list[Before], list[str]]:
    """Write both editions of each volume, the ``attached`` files inside the first one's accessible edition.

    Returns what stands before each volume, and in words what the pages do not show of the report.
    """
    stands: list[Before] = []
    told: list[str] = []
    before = 0
    for volume in bound:
        stands.append(Before(before, volume.notes))
        if len(bound) == 1:
            accessible = pages.pdf(volume.document, ACCESSIBLE, attached)
            archival = pages.pdf(volume.document, ARCHIVAL)
        else:
            inside = attached if volume.number == 1 else {}
            accessible, archival = set_apart(volume.document, pages.drawings, inside, stands[-1])
        (folder / volume.name(PDF)).write_bytes(accessible)
        (folder / volume.name(ARCHIVED)).write_bytes(archival)
        before += page_count(accessible)
        told += unreadable(volume.document, folder / volume.name(PDF))
    return stands, told
