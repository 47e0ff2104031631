"""A table of the report as HTML: header, rows, traced numbers.

Written here and not with a table library: each number must be the traced element that prose prints, which the
libraries' formatters would escape or replace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from thidua.dataset import SourceText
from thidua.display import show
from thidua.figures import MISSING, WITHHELD, Figure
from thidua.prose.tokens import Tokens
from thidua.prose.wording import stated
from thidua.tables.header import header_html

# Statistical tables write … for a value that exists but was not reported (Thông tư về chế độ báo cáo thống kê).
GAP = "…"
_LONGEST_WORD = 20


@dataclass
class Cells:
    """Makes the cells of one table and remembers the figures that they print."""

    tokens: Tokens = field(default_factory=Tokens)
    gaps: int = 0
    withheld: list[str] = field(default_factory=list)

    def number(self, figure: Figure | None) -> str:
        """A traced number; a traced «…» where it is missing, nothing where there is no figure at all."""
        if figure is None:
            return '<td class="num"></td>'
        if figure.missing:
            if figure.withheld:
                self.withheld.append(figure.label)
            else:
                self.gaps += 1
            self.tokens.figures.append(figure)
            gap = f'<abbr title="{escape(WITHHELD if figure.withheld else MISSING)}">{GAP}</abbr>'
            return f'<td class="num"><data class="fig missing" data-fig="{escape(figure.id)}">{gap}</data></td>'
        return f'<td class="num">{self.tokens.fill(stated(figure, self.tokens))}</td>'

    @property
    def note(self) -> str:
        """What the gaps mean, as a paragraph below the table; empty where there is none."""
        told = [MISSING] if self.gaps else []
        if self.withheld:
            told.append(f"{WITHHELD}: {'; '.join(dict.fromkeys(self.withheld))}")
        return f'<p class="note">Ghi chú: ({GAP}) {escape("; ".join(told))}.</p>\n' if told else ""

    def text(self, text: str | SourceText, tag: str = "td", name: str = "") -> str:
        """A text, traced where it comes from a workbook."""
        mark = f' class="{name}"' if name else ""
        scope = ' scope="row"' if tag == "th" else ""
        return f"<{tag}{mark}{scope}>{self.tokens.fill(self.tokens.text(text)) if text else ''}</{tag}>"

    def heading(self, text: str | SourceText, width: int) -> str:
        """The heading of the rows below it, over the whole width of the table."""
        return f'<th colspan="{width}" scope="rowgroup">{self.tokens.fill(self.tokens.text(text))}</th>'


def fair_widths(header: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """Widths for columns of texts: a long text gets more room, but no word is too long for its column.

    What is longer than any word, such as an address, breaks instead of taking the room of all other columns.
    """
    widths = []
    for name, column in zip(header, texts, strict=True):
        words = [w for text in (name, *column) for w in text.split()] or [""]
        longest = min(max(map(len, words)), _LONGEST_WORD)
        widths.append(max(longest + 1.0, 1.9 * max(len(t) for t in (name, *column)) ** 0.5))
    return widths


def number_widths(columns: int) -> list[float]:
    """Widths for a first column of names and columns of numbers; none for few columns, which their content sets."""
    if columns < 4:
        return []
    # Left to itself, the typesetter gives the room to long headers and breaks the names into many lines.
    names = max(26.0, 54.0 - 3 * columns)
    return [names, *[(100 - names) / (columns - 1)] * (columns - 1)]


def colgroup(widths: Sequence[float]) -> str:
    """Columns whose shares of the table's width are as ``widths``."""
    columns = "".join(f'<col style="width:{100 * w / sum(widths):.1f}%">' for w in widths)
    return f"<colgroup>{columns}</colgroup>"


def show_table(
    header: Sequence[str | tuple[str, ...]],
    rows: Iterable[str],
    cells: Cells,
    *,
    title: str,
    key: str,
    widths: Sequence[float] = (),
) -> None:
    """Show a table of ready-made rows (``<tr>…</tr>``); nothing where there is no row.

    ``header`` names the columns; a column under others is named from the top level down. ``widths`` are the columns'
    shares of the table's width, for a table of texts.
    """
    body = list(rows)
    if not body:
        return
    head = header_html([(h,) if isinstance(h, str) else h for h in header])
    # A table of numbers that fits on a page stays in one piece; one of texts breaks between its rows.
    size = " short" if len(body) <= 12 and not widths else ""
    html = f'<table class="data{size}" data-key="{escape(key)}">\n<caption>{escape(title)}</caption>\n'
    shares = widths or number_widths(len(header))
    html += colgroup(shares) + "\n" if shares else ""
    html += f"<thead>{head}</thead>\n<tbody>\n" + "\n".join(body) + "\n</tbody>\n</table>\n"
    html += cells.note
    show(html, f"{title}: {len(body)} dòng", cells.tokens.figures)
