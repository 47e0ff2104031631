"""The verbs of prose in one table: what each takes, what it gives, an example.

From this table come the parser's words, the guide's table, completions and hints.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thidua.forms.roles import STATED, bases, measures
from thidua.prose import phrases as p
from thidua.prose import quantities as q
from thidua.prose import rows as r
from thidua.prose.tallies import tally
from thidua.prose.verb import Verb
from thidua.prose.words import Words, gap

_ISSUER, _NO_ISSUER = "nêu cơ quan", "không nêu cơ quan"
EACH, EXCEPT = "mỗi", "trừ"
CONDITION = "nếu có"
RISE, FALL = "tăng", "giảm"
BUDGET = "so dự toán"
APPENDIX = "phụ lục"
POINTS, NUMBERED = "gạch đầu dòng", "đánh số"
LISTS = (POINTS, NUMBERED)


def _values() -> Iterator[Verb]:
    """For each column of the form but those that the report states by themselves: its number."""
    for measure in measures():
        if measure.role not in STATED:
            name, key = measure.phrase, measure.key
            yield Verb(name, "indicators", name, f"{{{name} lua_xuan}}", p.measured(key), most=1, of_form=True)


def _comparisons() -> Iterator[Verb]:
    """For each base of the form: what was done against it."""
    for base in bases():
        phrase = base.measure.phrase
        gives = f"đạt …% {phrase}, vượt thì nói vượt" if base.is_plan else f"tăng, giảm …% so với {phrase}"
        example, wording = f"{{{base.verb} giai_ngan}}", f"chữ thay «{phrase}»"
        flags = {} if base.is_plan else {p.CONTRAST: "giảm mà kế hoạch đạt theo tiến độ thì nói «song giảm»"}
        yield Verb(
            base.verb,
            "indicators",
            gives,
            example,
            p.compared(base),
            most=1,
            flags=flags,
            wording=wording,
            of_form=True,
        )
        if not base.is_plan:
            gives = f"tên và mức tăng, giảm so với {phrase} của từng chỉ tiêu: tăng trước, «song» rồi giảm"
            all_of_them = f"kể {base.verb}"
            yield Verb(all_of_them, "indicators", gives, f"{{{all_of_them} vat_nuoi}}", p.moved(base), of_form=True)


def _happenings() -> Iterator[Verb]:
    """Verbs that tell how often something happened, or that it did not."""
    for name, example in (("xảy ra", "chay_rung_vu | cháy rừng"), ("phát sinh", "ho_tich_thay_doi")):

        def say(found: Any, chosen: p.Chosen, verb: str = name) -> Words:
            return q.happened(found[0].done, verb, chosen.wording)

        gives = f"{name} bao nhiêu; bằng 0 thì nói không {name}"
        yield Verb(name, "indicators", gives, f"{{{name} {example}}}", say, most=1, wording="việc được đếm")


_ALL = (
    Verb("số", "indicators", "con số, không kèm đơn vị", "{số gia_tieu_dung_tang_tu}", p.one(q.bare), most=1),
    Verb(
        "số trên tổng",
        "indicators",
        "số/tổng phải đạt, hoặc số/chỉ tiêu thứ hai",
        "{số trên tổng ntm_xa_phan_dau}",
        p.over,
        most=2,
    ),
    Verb(
        "đếm",
        "indicators",
        "số đếm; bằng 0 thì nói không có",
        "{đếm chay_rung_vu | cháy rừng}",
        lambda found, chosen: q.count(found[0].done, chosen.wording),
        most=1,
        wording="việc được đếm",
    ),
    *_happenings(),
    Verb(
        "trong kỳ",
        "indicators",
        "số phát sinh trong kỳ",
        "{trong kỳ rau}",
        p.one(q.new),
        most=1,
    ),
    Verb(
        "kể trong kỳ",
        "indicators",
        "tên và số phát sinh trong kỳ của từng chỉ tiêu có lũy kế",
        "{kể trong kỳ cay_trong}",
        lambda found, _: q.newly(found),
    ),
    *_values(),
    Verb("tên", "indicators", "tên chỉ tiêu, viết thường trong câu", "{tên lua_xuan}", p.one(q.named), most=1),
    Verb(
        "tiến độ",
        "indicators",
        "đạt bao nhiêu, bằng …% kế hoạch, vượt thì nói vượt",
        "{tiến độ trong_rung}",
        p.one(q.progress),
        most=1,
    ),
    Verb(
        "kể tiến độ",
        "indicators",
        "tên và tiến độ của từng chỉ tiêu",
        "{kể tiến độ lua_xuan, ngo_xuan}",
        lambda found, _: q.series(found),
    ),
    *_comparisons(),
    Verb(
        BUDGET,
        "indicators",
        "đạt …% dự toán cấp trên giao và …% dự toán của đơn vị, gọi như ở `unit.upper_budget`, `unit.own_budget`",
        "{so dự toán thu_ngan_sach}",
        p.budgeted,
        most=1,
    ),
    Verb(
        RISE,
        "indicators",
        "tăng bao nhiêu; số âm thì nói giảm",
        "{tăng cum_thi_dua_tang}",
        lambda found, _: q.directions(found),
    ),
    Verb(
        FALL,
        "indicators",
        "giảm bao nhiêu; số âm thì nói tăng",
        "{giảm ho_ngheo_giam}",
        lambda found, _: q.directions(found, falls=True),
    ),
    Verb(
        "kê",
        "indicators",
        "tên và số của từng chỉ tiêu",
        "{kê ho_tich_thay_doi, ho_tich_cai_chinh}",
        lambda found, chosen: tally(found, brief=p.BRIEF in chosen.flags),
        flags={p.BRIEF: "bỏ những chữ mà mọi tên cùng có, bỏ đơn vị tính của phần đếm như tổng"},
    ),
    Verb(
        "kể",
        "rows",
        "các dòng thành câu, nối theo cột «Nối»",
        "{kể trong_trot}",
        lambda found, _: r.accounts(found),
    ),
    Verb(
        "liệt kê",
        "rows",
        "các dòng là tên gọi, kể trong một câu: «a, b và c»",
        "{liệt kê ky_niem}",
        lambda found, _: r.listing(r.str_of(row, "content") for row in found),
    ),
    Verb(
        POINTS,
        "rows",
        "nội dung các dòng, hoặc tên và số các chỉ tiêu của nhóm, mỗi dòng một gạch đầu dòng; đứng riêng một đoạn",
        "{gạch đầu dòng uu_diem}",
        lambda _found, _: gap("danh sách"),
    ),
    Verb(
        NUMBERED,
        "rows",
        "như trên, mỗi dòng một số thứ tự",
        "{đánh số nhiem_vu}",
        lambda _found, _: gap("danh sách"),
    ),
    Verb("trích", "rows", "nội dung các dòng trong ngoặc kép", "{trích chu_de}", lambda found, _: r.quoted(found)),
    Verb(
        EACH,
        "rows",
        "nhắc lại câu này cho từng dòng; trong câu dùng {nội dung}, {kết quả}… không kèm mã",
        "{mỗi phong_trao | trừ doanh_nghiep}",
        lambda _found, _: Words(),
        wording="trừ các mã",
    ),
    Verb(
        "gọi",
        "movements",
        "tên phong trào trong ngoặc kép, kèm giai đoạn",
        "{gọi van_hoa_cong_so}",
        lambda found, _: r.called(found),
    ),
    Verb(
        "nội dung",
        "movements",
        "cột «nội dung»",
        "{nội dung ket_cau_ha_tang}",
        p.column("content"),
    ),
    Verb("kết quả", "movements", "cột «kết quả»", "{kết quả ket_cau_ha_tang}", p.column("result")),
    Verb(
        "cấp phát động",
        "movements",
        "cột «cấp phát động», để nguyên chữ hoa",
        "{cấp phát động doanh_nghiep}",
        p.column("level"),
    ),
    Verb(
        "lĩnh vực",
        "movements",
        "cột «lĩnh vực», mỗi lĩnh vực một lần",
        "{lĩnh vực dien_hinh}",
        p.column("field"),
    ),
    Verb(
        "ghi chú",
        "notes",
        "cột «ghi chú» của chỉ tiêu hoặc của các dòng",
        "{ghi chú giay_khen_tap_the}",
        p.column("note"),
    ),
    Verb(
        "điển hình",
        "nothing",
        "các điển hình: ai, ở đâu, làm gì, thu nhập",
        "{điển hình | nghèo}",
        lambda found, chosen: r.portrayed(found, p.plain(chosen.wording)),
        wording="chữ có trong lĩnh vực",
    ),
    Verb(
        "viện dẫn",
        "documents",
        "tên loại, số, ngày của văn bản",
        "{viện dẫn chi_thi_34_tw}",
        lambda found, chosen: r.cites(found, issuer=_ISSUER in chosen.flags),
        flags={_ISSUER: "thêm cơ quan ban hành"},
    ),
    Verb(
        "viện dẫn đủ",
        "documents",
        "tên loại, số, ngày, cơ quan và trích yếu",
        "{viện dẫn đủ chi_thi_34_tw}",
        lambda found, chosen: r.cites(found, full=True, issuer=_NO_ISSUER not in chosen.flags),
        flags={_NO_ISSUER: "bỏ cơ quan ban hành"},
    ),
    Verb(
        "viện dẫn ở chú thích",
        "documents",
        "tên loại và trích yếu; số, ngày ở chú thích",
        "{viện dẫn ở chú thích van_ban_chi_dao}",
        lambda found, _: r.footnoted(found),
    ),
    Verb(
        "trích yếu",
        "documents",
        "trích yếu của các văn bản",
        "{trích yếu van_ban_trien_khai}",
        lambda found, _: r.listing(r.str_of(d, "title") for d in found),
    ),
    Verb("bảng", "key", "số của bảng hoặc biểu đồ", "{bảng thu_chi_ngan_sach}", lambda _f, _c: Words(), most=1),
    Verb(APPENDIX, "key", "số của phụ lục có bảng ấy", "{phụ lục khen_thuong}", lambda _f, _c: Words(), most=1),
    Verb(
        CONDITION, "any", "không in gì; thiếu thì câu mất", "{nếu có danh_muc_van_ban}", lambda _f, _c: Words(), most=1
    ),
)
VERBS = {verb.name: verb for verb in _ALL}
# Inside a sentence that is repeated for each row, these speak of the row where no code is given.
ROW_VERBS = frozenset(v.name for v in VERBS.values() if v.kind in ("movements", "notes"))
