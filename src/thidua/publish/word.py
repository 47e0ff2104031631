"""The Word edition, from the same stitched document: officials circulate and sign in Word.

Pandoc writes it, since it makes real footnotes, tables with merged cells and styled paragraphs; the looks live in
``styles/reference.docx``. What pandoc does not know, sections of their own orientation, is put in afterwards.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import re
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypandoc
from bs4 import BeautifulSoup, Tag

from thidua.charts.library import converter
from thidua.publish.document import Document
from thidua.publish.stitch import Stitched
from thidua.publish.word_package import UPRIGHT, WIDE, finish
from thidua.tables.html import fair_widths

_REFERENCE = Path(str(files("thidua.publish").joinpath("styles/reference.docx")))
# Word keeps a margin in each cell, so that a column of two digits needs this share of the page, in percent.
_NARROWEST = 6.5
_EMBEDDED = re.compile(r'src="data:image/([a-z+]+);base64,([^"]*)"')
_BREAK = "\ue020"  # stands alone in a paragraph where a section ends


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
        finish(folder / "made.docx", path, orientations, document)


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
    """The body with footnotes in place, each drawing and each embedded picture as a picture file."""
    html = stitched.with_notes(lambda _number, note: f'<span class="fn">{note}</span>')
    count = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        (folder / f"chart{count}.png").write_bytes(_picture(match[0]))
        return f'<img src="chart{count}.png" style="width:16cm">'

    def kept(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        content = base64.b64decode(match[2])
        kind = match[1].partition("+")[0]
        if kind == "svg":
            kind, content = "png", _picture(content.decode())
        (folder / f"picture{count}.{kind}").write_bytes(content)
        return f'src="picture{count}.{kind}"'

    html = re.sub(r"<svg\b.*?</svg>", keep, html, flags=re.DOTALL)
    return _EMBEDDED.sub(kept, html)


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
        heading.name = "p"
        heading.wrap(soup.new_tag("div", attrs={"data-custom-style": "Tile Heading"}))
    for section in soup.select("section.back"):
        last = section.find_previous("p")
        if isinstance(last, Tag) and last.find_parent("table") is None:
            last.wrap(soup.new_tag("div", attrs={"data-custom-style": "Closing"}))
    for level in range(2, 7):
        for heading in soup.find_all(f"h{level}"):
            heading.name = f"h{level - 1}"
    for heading in soup.select("p.heading"):
        heading.name = "h6"
    for title in soup.select("h1 .title, h1, h2"):
        _in_capitals(title)
    for number in soup.select("h1 > .no, .appendix-title > .no"):
        number.insert_after(soup.new_tag("br"))
    for title in soup.select(".nd30-title"):
        title.append(_styled(soup, "Title Rule"))
    for table in soup.select("section.part table"):
        if table.find_parent("table") is None and "Table Normal" not in str(table.get("data-custom-style")):
            table.insert_after(_styled(soup, "After Table"))
    for line in soup.select("p.appendix-reference"):
        line.wrap(soup.new_tag("div", attrs={"data-custom-style": "Reference Line"}))
    for table in soup.select("table.data, table.appendix-table"):
        _prepare_table(soup, table)
    for item in soup.select("section.part ul > li"):
        item.insert(0, "- ")
        item.name = "p"
    for wrapper in soup.select("section.part ul"):
        wrapper.unwrap()
    orientations = [UPRIGHT]
    for section in soup.select("section.appendix"):
        mark = soup.new_tag("p")
        mark.string = _BREAK
        section.insert_before(mark)
        orientations.append(WIDE if "wide" in (section.get("class") or []) else UPRIGHT)
    return orientations


def _in_capitals(title: Tag) -> None:
    """A title in capitals, its number as it is."""
    for text in list(title.find_all(string=True)):
        if text.find_parent(class_="no") is None:
            text.replace_with(text.upper())


def _enclose(cell: Tag, wrapper: Tag) -> None:
    wrapper.extend(list(cell.contents))
    cell.append(wrapper)


def _styled(soup: BeautifulSoup, style: str) -> Tag:
    """An empty paragraph whose style draws a line or makes room."""
    box, line = soup.new_tag("div", attrs={"data-custom-style": style}), soup.new_tag("p")
    line.string = "\u00a0"
    box.append(line)
    return box


def _prepare_table(soup: BeautifulSoup, table: Tag) -> None:
    """Alignment of cells, and widths by content where the table sets none."""
    for cell in table.select("th, td"):
        names = cell.get("class") or []
        centred = "center" in names or (cell.name == "th" and cell.find_parent("thead") is not None)
        align = "right" if "num" in names else "center" if centred else "left"
        cell["style"] = f"text-align:{align}"
    slanted = "tr.sub > *" if "appendix-table" in (table.get("class") or []) else ".none"
    for selector, name in (("thead th", "strong"), (slanted, "em")):
        for cell in table.select(selector):
            _enclose(cell, soup.new_tag(name))
    for cell in (c for c in table.select("tr.group > *") if c.get_text(strip=True)):
        _enclose(cell, soup.new_tag("p"))
        _enclose(cell, soup.new_tag("div", attrs={"data-custom-style": "Group Row"}))
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
    columns = table.find_all("col")
    shares = [max(_NARROWEST, float(re.sub(r"[^\d.]", "", str(c.get("style"))) or 0)) for c in columns]
    for column, share in zip(columns, shares, strict=True):
        column["style"] = f"width:{100 * share / sum(shares):.1f}%"


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
            tile.name = "div"
            tile["data-custom-style"] = "Tile"
            row.append(tile.wrap(soup.new_tag("td")))
        for _ in range(len(row.contents), columns):
            row.append(soup.new_tag("td"))
        table.append(row)
    return table


def _side_by_side(soup: BeautifulSoup, element: Tag, columns: tuple[str, str]) -> Tag:
    """Two blocks as a table without lines: Word has no other columns within a page."""
    table = soup.new_tag("table", attrs={"data-custom-style": "Table Normal"})
    for width in (38, 62):
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
            for line in box.select("p.name, p.motto") if name in ("issuer", "state") else ():
                # The rules under the issuing body and the motto need styles of their own.
                line.insert_after(_styled(soup, "Issuer Rule" if name == "issuer" else "Motto Rule"))
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
