"""A document that has every kind of block, and what a reader of any medium must find in it."""

from __future__ import annotations

import datetime as dt

from thidua.document.block import (
    Break,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Note,
    Number,
    Paragraph,
    Preformatted,
    Reference,
    Row,
    Signature,
    Source,
    Table,
    Text,
    written,
)
from thidua.document.document import Document, Properties
from thidua.document.stitch import Part, stitch

PROPERTIES = Properties(
    "Báo cáo: Thử", "UBND xã Bình An", "vi", "quý II năm 2031", dt.date(2031, 6, 30), "0123", "Kèm theo <Báo cáo> số 1"
)
LETTERHEAD = Letterhead(
    superior="Ủy ban nhân dân tỉnh Mẫu",
    issuer=("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"),
    number="Số: 12/BC-UBND",
    state="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    place_and_date="Bình An, ngày 05 tháng 7 năm 2031",
    type="BÁO CÁO",
    abstract="Sơ kết phong trào thi đua quý II năm 2031",
)
SIGNATURE = Signature(
    recipients=("Như trên", "Lưu: VT"), authority="TM. ỦY BAN NHÂN DÂN", title="CHỦ TỊCH", name="Trần Văn Mẫu"
)
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"a": "Lúa", "b": 28}, {"a": "Ngô", "b": 55}]},
    "mark": "bar",
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}


def number(text: str, figure: str = "") -> Number:
    return Number(figure=figure or f"f.{text}", text=text, title=f"{text} là gì", value=text.replace(",", "."))


def words(text: str) -> Text:
    return Text(text=text)


def cell(*runs: Text | Number, **more: object) -> Cell:
    return Cell.model_validate({"runs": runs, **more})


TABLE = Table(
    key="thu_chi",
    name="Thu, chi",
    title="Thu, chi ngân sách <ước>",
    header=(
        (cell(words("Chỉ tiêu"), header=True, rows=2), cell(words("Kết quả"), header=True, columns=2)),
        (cell(words("Thực hiện"), header=True), cell(words("Kế hoạch"), header=True)),
    ),
    body=(
        Row(style="group", cells=(cell(words("Ngân sách"), header=True, columns=3),)),
        Row(cells=(cell(words("Thu"), header=True), cell(number("1.234,5"), align="right"), cell(number("2.000")))),
        Row(style="sub", cells=(cell(words("Thu phí"), header=True), cell(number("71")), Cell())),
    ),
    remark="Ghi chú: (…) chưa có số liệu.",
)
CHART = Chart(key="tien_do", title="Tiến độ gieo trồng", alt="Lúa 28; ngô 55.", spec=written(SPEC))
PROSE = (
    Paragraph(
        runs=(
            words("Thu đạt "),
            number("51,98"),
            words("% dự toán"),
            Note(runs=(words("Chưa gồm phí "), number("198"), words(" triệu đồng."))),
            words(", xem "),
            Reference(key="thu_chi"),
            words(" và "),
            Reference(key="tien_do"),
            words('; số 74/KH-UBND «a_b» *c* #d $e$ @f [g] `h` ~i <j> "k" \\l.'),
        )
    ),
    List(
        items=(
            (words("Xã "), Text(text="Hòa Bình", source=Source(file="a.xlsx", sheet="S", cell="B2"))),
            (number("07"),),
        )
    ),
)
APPENDIX = Table(
    key="danh_muc",
    name="Danh mục văn bản",
    header=(tuple(cell(words(f"Cột {n}"), header=True) for n in range(1, 9)),),
    body=(Row(cells=tuple(cell(number(f"{n}1")) for n in range(1, 9))),),
    widths=(1,) * 8,
    remark="Ghi chú: chưa tính vì số liệu gốc cần xem lại.",
)


def parts() -> list[Part]:
    return [
        Part(0, None, "01", "front", (LETTERHEAD,)),
        Part(1, "Kết quả thực hiện", "p1", "section"),
        Part(2, "Kinh tế", "10", "section", (*PROSE, TABLE, CHART)),
        Part(2, "Khác", "20", "section", (
            Heading(level=2, runs=(Text(text="Việc ", style="emphasis"), words("khác"))),
            Paragraph(runs=(words("Dòng một"), Break(), Text(text="dòng hai", style="strong"), words("."))),
            Preformatted(text="x = 1"),
        )),
        Part(0, None, "90", "back", (Paragraph(runs=(words("Trân trọng báo cáo./."),)), SIGNATURE)),
        Part(0, None, "91", "appendix", (Heading(level=1, runs=(words("Danh mục văn bản"),)), APPENDIX)),
    ]  # fmt: skip


def document() -> Document:
    return stitch(parts(), PROPERTIES)


# The numbers as any reader meets them, in their order: those of notes where the note is called.
NUMBERS = ["51,98", "198", "07", "1.234,5", "2.000", "71", *(f"{n}1" for n in range(1, 9))]
