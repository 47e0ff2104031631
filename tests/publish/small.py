"""A small report with everything that publishing handles, and the browser that it is read in."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from archive.roots import run, write_notebook
from thidua.document.document import Properties
from workbooks import FILE, add_form, department, new_book, write_root

DOCUMENT = Properties("Báo cáo", "UBND xã", "vi", "quý II", dt.date(2031, 6, 30), "0123", "Kèm theo <Báo cáo>")
# A department that types as departments do, and one who would have a spreadsheet program run something.
HOSTILE = '=HYPERLINK("http://xau.example/","<b>bấm</b>")'
ROWS: list[dict[str, Any]] = [
    {"code": "lua", "name": "Diện tích lúa đã cấy", "unit": "ha", "actual": "1.120,5", "plan": 1500, "last": 1000},
    {"code": "ngo", "name": "Diện tích ngô đã trồng", "unit": "ha", "actual": 80.5, "plan": 75, "printed_to_plan": 100},
    {"code": "rau", "name": "Diện tích rau <các loại>", "unit": "ha", "actual": 30, "plan": 40, "last": 45},
    {"code": "thu", "name": "Thu ngân sách", "unit": "triệu đồng", "actual": 1234.567, "plan": 2000, "last": 1100},
    {"code": "che", "name": "Diện tích chè", "unit": "ha", "plan": 0, "last": 12, "note": HOSTILE},
    {"code": "ty_le", "name": "Tỷ lệ che phủ rừng", "unit": "%", "actual": "65,2%"},
]
AWARDS: list[dict[str, Any]] = [
    {"tt": "I", "name": "Khen thưởng cấp tỉnh"},
    {"tt": "1", "code": "co", "name": "Cờ thi đua", "collective": 8, "base_collective": 7},
    {"tt": "II", "name": "Khen thưởng cấp xã"},
    *(
        {"tt": f"{n}", "code": f"giay_{n}", "name": f"Giấy khen chuyên đề số {n}", "individual": n + 3,
         "base_individual": n}
        for n in range(1, 41)
    ),
]  # fmt: skip
TARGETS = "report.indicators.lua, report.indicators.ngo, report.indicators.rau"
_NOTE = "Chú thích của đoạn này ghi rõ số của Phòng Kinh tế và cách tổng hợp"
NOTEBOOKS = {
    "00_tom_tat": ["from thidua.notebook import summary", "summary(report)"],
    "01_mo_dau": ["head(report)", "%%prose\n{unit.issuer} báo cáo kết quả {period.name} như sau:"],
    "10_kinh_te": [
        "from thidua.notebook import progress_chart",
        "%%prose\nCấy được {lua} lúa^[Đoạn đầu.][, {đạt lua}] ({bảng tien_do}), ({bảng khong_co}) trên cả xã.",
        "%%prose\n## Ngô\n\nTrồng được {ngo} ngô[, {đạt ngo}].\n\n## Không có gì\n\n"
        "## Rau\n\nRau trồng được {rau}[, {so cùng kỳ rau}].^[Đoạn rau <b>.]",
        f'progress_table([{TARGETS}], title="Tiến độ", key="tien_do")',
        f'progress_chart([{TARGETS}, report.indicators.thu], title="Biểu đồ tiến độ", key="bieu_do_tien_do")',
        "%%prose\nThu được {thu}[, {đạt thu}][, {so cùng kỳ thu}]. Tỷ lệ"
        " che phủ rừng {ty_le}. Cộng lúa và ngô {= ind.lua.done + ind.ngo.done =}.",
    ],
    "20_trong": ["%%prose\nCó {khong_bao_cao}."],
    "30_dai": [
        "%%prose\n"
        + "\n\n".join(
            f"Đoạn thứ {n}: tỷ lệ che phủ rừng {{ty_le}}, diện tích lúa {{lua}}; "
            f"các thôn tiếp tục phát động phong trào, vận động Nhân dân tham gia.^[{_NOTE} {n}.] "
            + "Phong trào được duy trì đều ở các thôn, nhiều tập thể và cá nhân có thành tích. " * 4
            + (f"\n\n## Nội dung {n}\n\nViệc này đã làm xong." if n % 3 == 0 else "")
            for n in range(1, 19)
        )
    ],
    "90_ky": ["signature(report)"],
    "91_phu_luc": [
        "from thidua.notebook import appendix_awards",
        "%%prose\n# Tổng hợp khen thưởng",
        "appendix_awards(report.awards)",
    ],
}  # fmt: skip
TITLES = {"10_kinh_te": "Kinh tế", "20_trong": "Văn hóa", "30_dai": "Đời sống"}
SECTIONS = [
    {"notebook": "00_tom_tat", "kind": "summary"},
    {"notebook": "01_mo_dau", "kind": "front"},
    {
        "heading": "Kết quả thực hiện",
        "sections": [
            {
                "heading": "Các lĩnh vực",
                "sections": [{"notebook": "10_kinh_te"}, {"notebook": "20_trong"}, {"notebook": "30_dai"}],
            }
        ],
    },
    {"notebook": "90_ky", "kind": "back"},
    {"notebook": "91_phu_luc", "kind": "appendix"},
]


def small_report(folder: Path) -> Path:
    """Make the report; the folder of its files."""
    book = new_book()
    for title, rows in (("Chỉ tiêu", ROWS), ("Khen thưởng", AWARDS)):
        for row in add_form(book, title, rows).iter_rows():
            for cell in row:
                if cell.value == HOSTILE:
                    cell.data_type = "s"
    root = folder / "goc"
    forms = [department(FILE, "Chỉ tiêu", "Khen thưởng")]
    write_root(root, {FILE: book}, departments=forms, sections=SECTIONS)
    for name, cells in NOTEBOOKS.items():
        write_notebook(root, name, cells)
        _title(root / "notebooks" / f"{name}.ipynb", TITLES.get(name))
    return run(root) / "data"


def _title(path: Path, title: str | None) -> None:
    """Give the notebook its title, or none: head, signature and appendices bring their own words."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if title is None:
        content["cells"] = content["cells"][1:]
    else:
        content["cells"][0]["source"] = f"# {title}"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
