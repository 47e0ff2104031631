"""The editions on paper: bao-cao.pdf and the archive's, in volumes where the report is long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from thidua.publish.pdf.typesetting import ACCESSIBLE, ARCHIVAL, page_count, set_apart
from thidua.publish.preview import Preview
from thidua.publish.volumes import Before, Volume

PDF, ARCHIVED = "bao-cao.pdf", "bao-cao-luu-tru.pdf"


def write_pdfs(
    bound: Sequence[Volume], pages: Preview, attached: Callable[[], Mapping[Path, str]], folder: Path
) -> list[Before]:
    """Write both editions of each volume; what stands before each.

    The ``attached`` files, which are asked for when they are needed, go inside the first one's accessible edition.
    """
    stands: list[Before] = []
    before = 0
    for volume in bound:
        stands.append(Before(before, volume.notes))
        if len(bound) == 1:  # the archive's edition needs no files, and the other is set from what this one leaves
            archival = pages.pdf(volume.document, ARCHIVAL)
            accessible = pages.pdf(volume.document, ACCESSIBLE, attached())
        else:
            inside = attached() if volume.number == 1 else {}
            accessible, archival = set_apart(volume.document, pages.drawings, inside, stands[-1])
        (folder / volume.name(PDF)).write_bytes(accessible)
        (folder / volume.name(ARCHIVED)).write_bytes(archival)
        before += page_count(accessible)
    return stands
