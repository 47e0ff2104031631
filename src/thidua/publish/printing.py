"""The editions on paper: bao-cao.pdf and the archive's, in volumes where the report is long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import page_count, set_apart
from thidua.publish.volumes import Before, Volume

PDF, ARCHIVED = "bao-cao.pdf", "bao-cao-luu-tru.pdf"


def write_pdfs(
    bound: Sequence[Volume], drawings: Drawings, attached: Callable[[], Mapping[Path, str]], folder: Path
) -> list[Before]:
    """Write both editions of each volume; what stands before each.

    The ``attached`` files, which are asked for when they are needed, go inside the first one's accessible edition.
    """
    stands: list[Before] = []
    before = 0
    if len(bound) > 1:
        attached()  # of a long report they take long, and what a waiting typesetter holds is needed for them
    for volume in bound:
        stands.append(Before(before, volume.notes))
        inside = attached if volume.number == 1 else dict
        accessible, archival = set_apart(volume.document, drawings, inside, stands[-1])
        (folder / volume.name(PDF)).write_bytes(accessible)
        (folder / volume.name(ARCHIVED)).write_bytes(archival)
        before += page_count(accessible)
    return stands
