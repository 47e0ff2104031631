"""The document as a tree of frozen values. Notebook cells show blocks; HTML, PDF and Word are written from them.

A block knows what it says and nothing of how a medium shows it. Inside a paragraph stand runs: text, numbers, notes.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, SerializerFunctionWrapHandler, model_serializer

from thidua.frozen import Frozen, fields_of, record


class Node(Frozen):
    """Base of all values of the tree: immutable, and strict about what it is made of."""

    __slots__ = ()

    @model_serializer(mode="wrap")
    def _brief(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """As JSON, without what has its default: an executed notebook carries thousands of these."""
        defaults = fields_of(type(self))
        written: dict[str, Any] = write(self)
        return {k: v for k, v in written.items() if k == "kind" or getattr(self, k) != defaults[k]}


@record
class Source(Node):
    """The cell of a submitted workbook that a text was typed in."""

    file: str
    sheet: str
    cell: str


# Runs: what stands inside a paragraph, a list item, a cell of a table.


@record
class Mark(Node):
    """A finding that disputes what it stands behind, in a draft: its id, and what it is called there («L3»)."""

    finding: str
    severity: Literal["error", "warning"]
    label: str


@record
class Text(Node):
    """Words. ``source`` is their cell, ``link`` where they lead to, ``lacks`` whose parts they say are lacking."""

    kind: Literal["text"] = "text"
    text: str
    style: Literal["", "strong", "emphasis", "code"] = ""
    source: Source | None = None
    link: str = ""
    marks: tuple[Mark, ...] = ()
    lacks: tuple[str, ...] = ()


@record
class Number(Node):
    """A printed figure without its unit: its id, its text, and in ``title`` what a reader sees on hover.

    ``missing`` numbers print a sign that the value was not submitted.
    """

    kind: Literal["number"] = "number"
    figure: str
    text: str
    title: str = ""
    value: str | None = None
    missing: bool = False
    marks: tuple[Mark, ...] = ()


@record
class Reference(Node):
    """A reference to a table or chart by its key; ``label`` («Bảng 2») is filled in when the document is numbered."""

    kind: Literal["reference"] = "reference"
    key: str
    label: str = ""


@record
class Note(Node):
    """A footnote, called where it stands."""

    kind: Literal["note"] = "note"
    runs: tuple[Run, ...]


@record
class Break(Node):
    """A new line within the same paragraph."""

    kind: Literal["break"] = "break"


Run = Annotated[Text | Number | Reference | Note | Break, Field(discriminator="kind")]
Runs = tuple[Run, ...]


# Blocks.


@record
class Heading(Node):
    """A heading; level 1 is the outermost of its notebook. Number and anchor come when the document is numbered.

    One that is ``gone`` has no data to be told with: nobody sees it, nor what stands below it, in its cell and others.
    """

    kind: Literal["heading"] = "heading"
    level: int
    runs: Runs
    gone: bool = False
    number: str = ""
    anchor: str = ""


@record
class Paragraph(Node):
    """A paragraph of prose; ``remark`` is the small line under a table or chart."""

    kind: Literal["paragraph"] = "paragraph"
    runs: Runs
    style: Literal["body", "remark"] = "body"


@record
class List(Node):
    """Items, each of one paragraph; with dashes, or numbered."""

    kind: Literal["list"] = "list"
    items: tuple[Runs, ...]
    numbered: bool = False


@record
class Formula(Node):
    """How a workbook computes a number of a table anew: a share, by the columns (from 0) of part and whole."""

    share: tuple[int, int] | None = None


@record
class Cell(Node):
    """A cell of a table. ``header`` cells name their row or column; ``columns`` and ``rows`` are how many it covers.

    A cell that holds one number and its unit says so in ``unit``, ``decimals`` and ``count`` for those who write
    workbooks: ``count`` numbers are of whole things, ``withheld`` ones are in doubt and not printed.
    """

    runs: Runs = ()
    align: Literal["left", "center", "right"] = "left"
    header: bool = False
    columns: int = 1
    rows: int = 1
    unit: str = ""
    decimals: int | None = None
    count: bool = False
    withheld: bool = False
    formula: Formula | None = None


@record
class Row(Node):
    """A row of a table's body. A ``group`` row heads those below it; a ``sub`` row is part of the one above it.

    One that stands for rows that the table leaves out says in ``left_out`` how many these are.
    """

    style: Literal["row", "sub", "group"] = "row"
    cells: tuple[Cell, ...]
    left_out: int = 0


@record
class Table(Node):
    """A table. ``widths`` are the columns' shares of its width, empty where the content decides.

    A table with a ``title`` is numbered and captioned; one of an appendix has only a ``name``, which says what it is
    to somebody who does not see it. ``compact`` tables stay on one page.
    """

    kind: Literal["table"] = "table"
    key: str
    name: str
    title: str = ""
    number: str = ""
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[Row, ...]
    widths: tuple[float, ...] = ()
    compact: bool = False
    remark: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        rows = [*self.header[:1], *(r.cells for r in self.body[:1])]
        return sum(c.columns for c in rows[0]) if rows else 0


def written(content: Any) -> str:
    """JSON as text, as a block holds it; what is text already as it is."""
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, separators=(",", ":"))


# JSON within JSON, as the text of it.
Written = Annotated[str, BeforeValidator(written), PlainSerializer(json.loads)]


@record
class Chart(Node):
    """A chart as Vega-Lite, with the words for somebody who does not see it; ``figures`` are the ids that it prints.

    ``narrow`` is the same for the screen of a phone, where it was laid out for one. Both are held as the text of their
    JSON, a tenth of what dictionaries of them take.
    """

    kind: Literal["chart"] = "chart"
    key: str
    title: str
    alt: str
    spec: Written
    figures: tuple[str, ...] = ()
    number: str = ""
    narrow: Written | None = None

    @property
    def for_phones(self) -> Chart | None:
        """The chart as a phone shows it, under a key of its own; None where it has the one look."""
        if self.narrow is None:
            return None
        return self.model_copy(update={"key": f"{self.key}-hep", "spec": self.narrow, "narrow": None})


@record
class Letterhead(Node):
    """The head of an administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I): both columns, type and abstract.

    ``draft`` is what a draft says of itself there.
    """

    kind: Literal["letterhead"] = "letterhead"
    superior: str = ""
    issuer: tuple[str, ...]
    number: str
    state: str
    motto: str
    place_and_date: str
    type: str
    abstract: str
    draft: str = ""


@record
class Signature(Node):
    """Recipients and the signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    kind: Literal["signature"] = "signature"
    recipients: tuple[str, ...]
    authority: str
    title: str
    name: str


@record
class Picture(Node):
    """A picture that a cell shows besides blocks of its own; ``data`` is base64, ``width`` in pixels where known."""

    kind: Literal["picture"] = "picture"
    mime: Literal["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"]
    data: str
    alt: str = ""
    width: int | None = None


@record
class Preformatted(Node):
    """Plain text that a cell shows as it stands."""

    kind: Literal["preformatted"] = "preformatted"
    text: str


Block = Annotated[
    Heading | Paragraph | List | Table | Chart | Letterhead | Signature | Picture | Preformatted,
    Field(discriminator="kind"),
]


def plain(runs: Runs, *, notes: bool = False) -> str:
    """The words of runs without any markup; with ``notes``, notes in parentheses."""
    text = ""
    for run in runs:
        if isinstance(run, Text | Number):
            text += run.text
        elif isinstance(run, Reference):
            text += run.label or run.key
        elif isinstance(run, Break):
            text += "\n"
        elif notes:
            text += f" ({plain(run.runs)})"
    return text
