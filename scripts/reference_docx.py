"""Write the reference document of the Word edition: pandoc's own, with the styles and page of the decree.

Run by `make reference` after a change here or in page.yaml. Form: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from thidua.settings.page import page_form

OUTPUT = Path(__file__).parent.parent / "src" / "thidua" / "publish" / "word" / "reference.docx"
FORM = page_form()
SIZES = FORM.sizes
FACE = FORM.typefaces.office
INDENT = Mm(FORM.indent)
CENTRED = ("Table Caption", "Image Caption", "Captioned Figure", "Figure")


def reference() -> bytes:
    """The reference document as page.yaml and what follows want it; the same bytes each time."""
    pandoc = pypandoc.get_pandoc_path()
    command = [pandoc, "--print-default-data-file", "reference.docx"]
    document = Document(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))
    for style in document.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            _face(style)
    body = ("Normal", "Body Text", "First Paragraph")
    for name in body:
        _paragraph(
            document.styles[name],
            size=SIZES.body,
            align=WD_ALIGN_PARAGRAPH.JUSTIFY,
            indent=INDENT,
            after=FORM.paragraph_gap,
        )
    for level in range(1, 8):
        style = document.styles[f"Heading {level}"]
        align = WD_ALIGN_PARAGRAPH.CENTER if level in (1, 7) else WD_ALIGN_PARAGRAPH.LEFT
        _paragraph(
            style, size=SIZES.body, align=align, indent=Mm(0) if level in (1, 7) else INDENT, after=FORM.paragraph_gap
        )
        style.paragraph_format.space_before = Pt(6)
        style.font.bold, style.font.italic, style.font.all_caps = True, level in (5, 6), False
        style.paragraph_format.keep_with_next = True
    document.styles["Table Caption"].paragraph_format.keep_with_next = True
    _paragraph(
        document.styles["Footnote Text"], size=SIZES.note, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=Mm(0), after=0
    )
    for name in CENTRED:
        _paragraph(document.styles[name], size=SIZES.caption, align=WD_ALIGN_PARAGRAPH.CENTER, indent=Mm(0), after=4)
        document.styles[name].font.bold, document.styles[name].font.italic = True, False
    _add(document, "Letterhead", SIZES.state, WD_ALIGN_PARAGRAPH.CENTER)
    # Rules: the lines under the issuing body, the motto and the abstract, as long as the decree asks.
    _rule(_add(document, "Issuer Rule", 2, WD_ALIGN_PARAGRAPH.CENTER), Mm(19))
    _rule(_add(document, "Motto Rule", 2, WD_ALIGN_PARAGRAPH.CENTER), Mm(22))
    _rule(_add(document, "Title Rule", 2, WD_ALIGN_PARAGRAPH.CENTER), Mm(60))
    document.styles["Title Rule"].paragraph_format.space_after = Pt(12)
    # The last lines of the text stay with the signature, a group's row with the first of the group.
    closing = _add(document, "Closing", SIZES.body, WD_ALIGN_PARAGRAPH.JUSTIFY)
    closing.paragraph_format.first_line_indent = INDENT
    closing.paragraph_format.space_after = Pt(FORM.paragraph_gap)
    group = _add(document, "Group Row", SIZES.table, WD_ALIGN_PARAGRAPH.LEFT)
    for style in (closing, group):
        style.paragraph_format.keep_with_next, style.font.bold = True, style is not closing
    # What is in dispute: many words, for those who answer.
    listing = _add(document, "Listing", SIZES.listing, WD_ALIGN_PARAGRAPH.LEFT)
    _add(document, "After Table", 4, WD_ALIGN_PARAGRAPH.LEFT)
    _add(document, "Recipients", SIZES.recipients, WD_ALIGN_PARAGRAPH.LEFT)
    _add(document, "Recipients Head", SIZES.recipients_head, WD_ALIGN_PARAGRAPH.LEFT)
    remark = _add(document, "Remark", SIZES.remark, WD_ALIGN_PARAGRAPH.LEFT)
    remark.font.italic, remark.paragraph_format.space_after = True, Pt(8)
    for level in range(1, 5):
        entry = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        entry.element.set(qn("w:styleId"), f"TOC{level}")  # the id by which Word knows its own style
        entry.base_style = document.styles["Normal"]
        _face(entry)
        _paragraph(entry, size=SIZES.caption, align=WD_ALIGN_PARAGRAPH.LEFT, indent=Mm(0), after=2)
        entry.paragraph_format.line_spacing = 1
        entry.paragraph_format.left_indent = Mm(5 * (level - 1))
    contents = document.styles["TOC Heading"]
    _face(contents)
    _paragraph(contents, size=SIZES.body, align=WD_ALIGN_PARAGRAPH.CENTER, indent=Mm(0), after=8)
    contents.font.bold = True
    # Pandoc sets the text of table cells in this style.
    _paragraph(document.styles["Compact"], size=SIZES.table, align=WD_ALIGN_PARAGRAPH.LEFT, indent=Mm(0), after=0)
    for style in (document.styles["Compact"], listing, group):
        style.paragraph_format.line_spacing = 1
    _paragraph(document.styles["Title"], size=SIZES.title, align=WD_ALIGN_PARAGRAPH.CENTER, indent=Mm(0), after=3)
    document.styles["Title"].font.bold = True
    document.styles["Title"].paragraph_format.space_before = Pt(14)
    _add(document, "Reference Line", SIZES.reference, WD_ALIGN_PARAGRAPH.CENTER).font.italic = True
    _table_style(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in FORM.margins.model_dump().items():
        setattr(section, f"{side}_margin", Mm(width))
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    document.core_properties.author = ""
    document.core_properties.language = "vi-VN"
    content = io.BytesIO()
    document.save(content)
    return _same_bytes(content)


def _face(style: object) -> None:
    style.font.name = FACE  # type: ignore[attr-defined]
    style.font.color.rgb = RGBColor(0, 0, 0)  # type: ignore[attr-defined]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FACE)


def _paragraph(style: object, *, size: float, align: object, indent: object, after: float) -> None:
    style.font.size = Pt(size)  # type: ignore[attr-defined]
    form = style.paragraph_format  # type: ignore[attr-defined]
    form.alignment, form.first_line_indent = align, indent
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(after), 1.15
    form.widow_control = True


def _add(document: Any, name: str, size: float, align: object) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _face(style)
    _paragraph(style, size=size, align=align, indent=Mm(0), after=0)
    return style


def _rule(style: object, inset: object) -> None:
    """A line above an empty paragraph, set in from both sides."""
    form = style.paragraph_format  # type: ignore[attr-defined]
    form.left_indent = form.right_indent = inset
    form.space_before, form.line_spacing = Pt(2), 1
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    # The schema wants it before spacing and indents.
    style.element.get_or_add_pPr().insert(0, borders)  # type: ignore[attr-defined]


def _table_style(document: object) -> None:
    """Thin lines round every cell: the style that pandoc gives to each table."""
    style = document.styles["Table"].element  # type: ignore[attr-defined]
    properties = style.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.append(properties)
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "444444")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.append(borders)
    for old in properties.findall(qn("w:tblCellMar")):
        properties.remove(old)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "70")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    for alignment in style.iter(qn("w:vAlign")):
        alignment.set(qn("w:val"), "center")


def _page_number(paragraph: object) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]
    paragraph.paragraph_format.first_line_indent = Mm(0)  # type: ignore[attr-defined]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # type: ignore[attr-defined]


def _same_bytes(content: io.BytesIO) -> bytes:
    """The package without the times at which its parts were written."""
    kept = io.BytesIO()
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name in made.namelist():
            package.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


if __name__ == "__main__":
    OUTPUT.write_bytes(reference())
