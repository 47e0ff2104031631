"""What pandoc does not do in a Word document: sections of their own orientation, whole rows, the document's names."""

from __future__ import annotations

import re
import zipfile
from html import escape
from pathlib import Path

from thidua.document.document import Properties
from thidua.publish.volumes import Before
from thidua.settings.page import Margins, page_form

UPRIGHT, WIDE = "upright", "wide"
# Twentieths of a point, which Word measures in, to a millimetre.
_TWIPS = 56.6929
# Below the page's number, at the right.
_DRAFT = (
    '<w:p><w:pPr><w:pStyle w:val="Header"/><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:rPr><w:i/><w:sz w:val="22"/></w:rPr><w:t>Dự thảo</w:t></w:r></w:p>'
)


def finish(made: Path, path: Path, orientations: list[str], properties: Properties, before: Before) -> None:
    """Give every section its page and its own page numbers, name the document, and pack with constant times.

    The pages of a draft say that they are; pages and notes are numbered on from those ``before``.
    """
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as final:
        for name in sorted(package.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = package.read(name)
            if name == "word/document.xml":
                content = _whole_rows(_sections(content.decode(), orientations, before)).encode()
            if name.startswith("word/header") and properties.draft:
                content = content.replace(b"</w:hdr>", f"{_DRAFT}</w:hdr>".encode())
            if name == "docProps/core.xml":
                # Given to pandoc, they would stand above the letterhead as well.
                for tag, value in (("title", properties.title), ("creator", properties.author)):
                    content = content.replace(f"<dc:{tag}></dc:{tag}>".encode(), _element(tag, value))
            final.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _element(tag: str, value: str) -> bytes:
    return f"<dc:{tag}>{escape(value)}</dc:{tag}>".encode()


def _whole_rows(xml: str) -> str:
    """No row of a table is torn by the end of a page."""
    xml = re.sub(r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr></w:trPr>", xml)
    return xml.replace("<w:trPr>", "<w:trPr><w:cantSplit/>")


def _sections(xml: str, orientations: list[str], before: Before) -> str:
    references = "".join(dict.fromkeys(re.findall(r"<w:(?:header|footer)Reference\b[^>]*/>", xml)))
    xml = re.sub(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", "\ue021", xml, flags=re.DOTALL)
    notes = f'<w:footnotePr><w:numStart w:val="{before.notes + 1}"/></w:footnotePr>' if before.notes else ""
    for number, orientation in enumerate(orientations):
        kind = '<w:type w:val="nextPage"/>'
        # The first page of the document and of each appendix has no number, and each counts its own pages.
        numbers = '<w:pgNumType w:start="1"/><w:titlePg/>'
        if before.pages and number == 0:
            numbers = f'<w:pgNumType w:start="{before.pages + 1}"/>'
        section = f"<w:sectPr>{references}{notes}{kind}{_page(orientation)}{numbers}</w:sectPr>"
        xml = xml.replace("\ue021", section, 1)
    return xml


def _page(orientation: str) -> str:
    """A4 upright or across, with the margins of the decree."""
    form = page_form()
    if orientation == WIDE:
        return f'<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>{_margins(form.wide_margins)}'
    return f'<w:pgSz w:w="11906" w:h="16838"/>{_margins(form.margins)}'


def _margins(margins: Margins) -> str:
    sides = {name: round(_TWIPS * value) for name, value in margins.model_dump().items()}
    attributes = "".join(f' w:{name}="{value}"' for name, value in sides.items())
    return f'<w:pgMar{attributes} w:header="567" w:footer="567" w:gutter="0"/>'
