"""Codes in the workbooks of other periods and units that lie beside the period's."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from thidua.intake.folder import raw_folder, submitted_files
from thidua.intake.outside_results import foreign_cells
from thidua.intake.records import read_sheet
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook


def workbooks_with(codes: Collection[str], root: Path, period: str) -> dict[str, dict[str, Path]]:
    """For each of the codes that another period's workbook has, the first that does, by «<period>/<file>».

    Workbooks that cannot be read are passed over: they are not this period's.
    """
    found: dict[str, dict[str, Path]] = {}
    own = raw_folder(root, period)
    for folder in sorted(p for p in own.parent.glob("*") if p.is_dir() and p != own):
        for name, path in submitted_files(root, folder.name)[0].items():
            if len(found) == len(codes):
                return found
            for code in _codes_in(path, name) & set(codes) - set(found):
                found[code] = {f"{folder.name}/{name}": path}
    return found


def _codes_in(path: Path, name: str) -> set[str]:
    book = open_workbook(path, name)
    if not isinstance(book, RawWorkbook):
        return set()
    foreign = foreign_cells(book)
    return {record.text("code") for sheet in book.sheets for record in read_sheet(book, sheet, foreign)[0]}
