"""What pandoc does not do in a Word document: sections of their own orientation, whole rows, the document's names."""

from __future__ import annotations

import re
import zipfile
from html import escape
from pathlib import Path

from thidua.publish.document import Document

UPRIGHT, WIDE = "upright", "wide"
# A4 in twentieths of a point, with the margins of the decree.
_PAGES = {
    UPRIGHT: '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1020" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>',
    WIDE: '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1701" w:right="1247" w:bottom="1020" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>',
}


def finish(made: Path, path: Path, orientations: list[str], document: Document) -> None:
    """Give every section its page and the page number, name the document, and pack with constant times."""
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as final:
        for name in sorted(package.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = package.read(name)
            if name == "word/document.xml":
                content = _whole_rows(_sections(content.decode(), orientations)).encode()
            if name == "docProps/core.xml":
                # Given to pandoc, they would stand above the letterhead as well.
                for tag, value in (("title", document.title), ("creator", document.author)):
                    content = content.replace(f"<dc:{tag}></dc:{tag}>".encode(), _element(tag, value))
            final.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _element(tag: str, value: str) -> bytes:
    return f"<dc:{tag}>{escape(value)}</dc:{tag}>".encode()


def _whole_rows(xml: str) -> str:
    """No row of a table is torn by the end of a page."""
    xml = re.sub(r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr></w:trPr>", xml)
    return xml.replace("<w:trPr>", "<w:trPr><w:cantSplit/>")


def _sections(xml: str, orientations: list[str]) -> str:
    references = "".join(dict.fromkeys(re.findall(r"<w:(?:header|footer)Reference\b[^>]*/>", xml)))
    xml = re.sub(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", "\ue021", xml, flags=re.DOTALL)
    for number, orientation in enumerate(orientations):
        title = "<w:titlePg/>" if number == 0 else ""
        kind = '<w:type w:val="nextPage"/>'
        section = f"<w:sectPr>{references}{kind}{_PAGES[orientation]}{title}</w:sectPr>"
        xml = xml.replace("\ue021", section, 1)
    return xml
