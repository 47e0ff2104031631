"""The Word edition, from the same stitched document: officials circulate and sign in Word.

Pandoc writes it, since it makes real footnotes, tables with merged cells and styled paragraphs; the looks live in
``styles/reference.docx``. What pandoc does not know, sections of their own orientation, is put in afterwards.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import tempfile
import zipfile
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypandoc
from bs4 import BeautifulSoup, Tag

from thidua.charts.library import converter
from thidua.publish.document import Document
from thidua.publish.stitch import Stitched
from thidua.tables.html import fair_widths

_REFERENCE = Path(str(files("thidua.publish").joinpath("styles/reference.docx")))
_BREAK = "\ue020"  # stands alone in a paragraph where a section ends
_UPRIGHT, _WIDE = "upright", "wide"
# A4 in twentieths of a point, with the margins of the decree.
_PAGES = {
    _UPRIGHT: '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1020" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>',
    _WIDE: '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1701" w:right="1247" w:bottom="1020" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>',
}


def write_docx(stitched: Stitched, document: Document, path: Path) -> None:
    """Write bao-cao.docx. The bytes depend on the arguments and the version of pandoc alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        soup = BeautifulSoup(_with_pictures(stitched, folder), "html.parser")
        orientations = _prepare(soup)
        page = f'<html lang="{document.language}"><head><title></title></head><body>{soup}</body></html>'
        tree = json.loads(_pandoc("html", "json", page.encode(), folder))
        tree["blocks"] = [_walk(block) for block in tree["blocks"]]
        tree["meta"] = _meta(document)
        _pandoc("json", "docx", json.dumps(tree).encode(), folder, document, folder / "made.docx")
        _finish(folder / "made.docx", path, orientations, document)


def _pandoc(
    source: str, target: str, content: bytes, folder: Path, document: Document | None = None, output: Path | None = None
) -> bytes:
    command = [pypandoc.get_pandoc_path(), "--from", source, "--to", target]
    if output is not None:
        command += ["--reference-doc", str(_REFERENCE), "--output", str(output)]
    date = document.date if document else dt.date(2000, 1, 1)
    moment = int(dt.datetime.combine(date, dt.time(), dt.UTC).timestamp())
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(command, input=content, cwd=folder, env=environment, check=True, capture_output=True)
    return done.stdout


def _with_pictures(stitched: Stitched, folder: Path) -> str:
    """The body with footnotes in place and each drawing as a picture file."""
    html = stitched.with_notes(lambda _number, note: f'<span class="fn">{note}</span>')
    count = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        (folder / f"chart{count}.png").write_bytes(_picture(match[0]))
        return f'<img src="chart{count}.png" style="width:16cm">'

    return re.sub(r"<svg\b.*?</svg>", keep, html, flags=re.DOTALL)


def _picture(svg: str) -> bytes:
    """A drawing as a PNG, at twice the size of the screen so that it prints sharply."""
    return bytes(converter().svg_to_png(svg, scale=2))


def _prepare(soup: BeautifulSoup) -> list[str]:
    """Say in pandoc's terms what is a letterhead, a heading, a caption; the orientation of each section in turn."""
    for number in soup.select("data, span.txt, section a.ref"):
        number.unwrap()
    for figure in soup.select("figure.chart"):
        holder = figure.find("div", class_="chart-image")
        image = figure.find("img")
        if isinstance(holder, Tag) and isinstance(image, Tag):
            image["alt"] = str(holder.get("aria-label") or "")
            holder.replace_with(image)
    for block, columns in ((".nd30-head", ("issuer", "state")), (".nd30-sign", ("recipients", "signer"))):
        for element in soup.select(block):
            element.replace_with(_side_by_side(soup, element, columns))
    for title in soup.select(".nd30-title"):
        heading = title.find("h1")
        if isinstance(heading, Tag):
            heading.name = "p"
        title["data-custom-style"] = "Title"
    for group in soup.select(".tiles .row"):
        group.replace_with(_tiles(soup, group))
    for heading in soup.select(".tiles h2, .tiles h3"):
        heading.name = "strong"
        heading.wrap(soup.new_tag("p"))
    for level in range(2, 7):
        for heading in soup.find_all(f"h{level}"):
            heading.name = f"h{level - 1}"
    for heading in soup.select("p.heading"):
        heading.name = "h6"
    for number in soup.select("h1 > .no, .appendix-title > .no"):
        number.insert_after(soup.new_tag("br"))
    for line in soup.select("p.appendix-reference"):
        line.wrap(soup.new_tag("div", attrs={"data-custom-style": "Reference Line"}))
    for table in soup.select("table.data, table.appendix-table"):
        _prepare_table(soup, table)
    for item in soup.select("section.part ul > li"):
        item.insert(0, "- ")
        item.name = "p"
    for wrapper in soup.select("section.part ul"):
        wrapper.unwrap()
    orientations = [_UPRIGHT]
    for section in soup.select("section.appendix"):
        mark = soup.new_tag("p")
        mark.string = _BREAK
        section.insert_before(mark)
        orientations.append(_WIDE if "wide" in (section.get("class") or []) else _UPRIGHT)
    return orientations


def _prepare_table(soup: BeautifulSoup, table: Tag) -> None:
    """Alignment of cells, and widths by content where the table sets none."""
    for cell in table.select("th, td"):
        names = cell.get("class") or []
        centred = "center" in names or (cell.name == "th" and cell.find_parent("thead") is not None)
        align = "right" if "num" in names else "center" if centred else "left"
        cell["style"] = f"text-align:{align}"
    if table.find("col") is None:
        rows = [[c.get_text() for c in row.find_all(["td", "th"])] for row in table.select("tbody tr")]
        width = max(map(len, rows), default=0)
        columns = list(zip(*(r for r in rows if len(r) == width), strict=True))
        heads = [c.get_text() for c in table.select("thead th")] if len(table.select("thead tr")) == 1 else [""] * width
        widths = fair_widths(heads, columns)
        for share in reversed(widths):
            table.insert(0, soup.new_tag("col", attrs={"style": f"width:{100 * share / sum(widths):.1f}%"}))
        caption = table.find("caption")
        if isinstance(caption, Tag):
            table.insert(0, caption)


def _tiles(soup: BeautifulSoup, group: Tag, columns: int = 4) -> Tag:
    """Headline tiles as the cells of a table; Word has no bars, so the share of the plan stands alone."""
    table = soup.new_tag("table")
    for _ in range(columns):
        table.append(soup.new_tag("col", attrs={"style": f"width:{100 / columns}%"}))
    tiles = group.select(".tile")
    for start in range(0, len(tiles), columns):
        row = soup.new_tag("tr")
        for tile in tiles[start : start + columns]:
            for bar in tile.select(".bar"):
                bar.decompose()
            lines = tile.select("p")
            for line in lines[1:]:
                line.insert_before(soup.new_tag("br"))
            for line in lines:
                line.unwrap()
            tile.name = "td"
            row.append(tile)
        for _ in range(len(row.contents), columns):
            row.append(soup.new_tag("td"))
        table.append(row)
    return table


def _side_by_side(soup: BeautifulSoup, element: Tag, columns: tuple[str, str]) -> Tag:
    """Two blocks as a table without lines: Word has no other columns within a page."""
    table = soup.new_tag("table", attrs={"data-custom-style": "Table Normal"})
    for width in (44, 56):
        table.append(soup.new_tag("col", attrs={"style": f"width:{width}%"}))
    row = soup.new_tag("tr")
    for name in columns:
        cell = soup.new_tag("td")
        style = "Recipients" if name == "recipients" else "Letterhead"
        box = soup.new_tag("div", attrs={"data-custom-style": style})
        part = element.find("div", class_=name)
        if isinstance(part, Tag):
            for item in part.find_all("li"):
                item.name = "p"
            for wrapper in part.find_all("ul"):
                wrapper.unwrap()
            if name == "signer":
                # Room for the signature between title and name.
                for blank in range(4):
                    part.find_all("p")[-1].insert_before(soup.new_tag("p"))
                    part.find_all("p")[-2].string = "\u00a0" * (blank + 1)
            for child in list(part.contents):
                box.append(child)
        cell.append(box)
        row.append(cell)
    table.append(row)
    return table


def _walk(node: Any) -> Any:
    """Footnote spans as footnotes, section marks as section ends."""
    if isinstance(node, list):
        return [_walk(child) for child in node]
    if not isinstance(node, dict):
        return node
    kind, content = node.get("t"), node.get("c") or []
    if kind == "Span" and "fn" in content[0][1]:
        return {"t": "Note", "c": [{"t": "Para", "c": _walk(content[1])}]}
    if kind == "Para" and content == [{"t": "Str", "c": _BREAK}]:
        return {"t": "RawBlock", "c": ["openxml", "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"]}
    return {key: _walk(value) for key, value in node.items()}


def _meta(document: Document) -> dict[str, Any]:
    def text(value: str) -> dict[str, Any]:
        return {"t": "MetaString", "c": value}

    return {"subject": text(document.subject), "lang": text(document.language)}


def _finish(made: Path, path: Path, orientations: list[str], document: Document) -> None:
    """Give every section its page and the page number, name the document, and pack with constant times."""
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as final:
        for name in sorted(package.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = package.read(name)
            if name == "word/document.xml":
                content = _sections(content.decode(), orientations).encode()
            if name == "docProps/core.xml":
                # Given to pandoc, they would stand above the letterhead as well.
                for tag, value in (("title", document.title), ("creator", document.author)):
                    content = content.replace(f"<dc:{tag}></dc:{tag}>".encode(), _element(tag, value))
            final.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _element(tag: str, value: str) -> bytes:
    return f"<dc:{tag}>{escape(value)}</dc:{tag}>".encode()


def _sections(xml: str, orientations: list[str]) -> str:
    references = "".join(dict.fromkeys(re.findall(r"<w:(?:header|footer)Reference\b[^>]*/>", xml)))
    xml = re.sub(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", "\ue021", xml, flags=re.DOTALL)
    for number, orientation in enumerate(orientations):
        title = "<w:titlePg/>" if number == 0 else ""
        kind = '<w:type w:val="nextPage"/>'
        section = f"<w:sectPr>{references}{kind}{_PAGES[orientation]}{title}</w:sectPr>"
        xml = xml.replace("\ue021", section, 1)
    return xml
