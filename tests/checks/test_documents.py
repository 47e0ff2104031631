"""Documents: dates against numbers, the register's order, symbols, texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.periods import declare, findings, listed, named, only, small
from thidua.checks.documents.number import read_number
from workbooks import inputs


@pytest.mark.parametrize(
    ("text", "serial", "year", "symbol", "kind"),
    [
        ("1239/QĐ-UBND", 1239, None, "QĐ-UBND", "Quyết định"),
        ("85/2023/NĐ-CP", 85, 2023, "NĐ-CP", "Nghị định"),
        ("34-CT/TW", 34, None, "CT/TW", "Chỉ thị"),
        ("423/UBND-NV", 423, None, "UBND-NV", None),
        ("155 /QĐ-TT", 155, None, "QĐ-TT", "Quyết định"),
        ("06/2022/QH15", 6, 2022, "QH15", None),
        ("163", 163, None, "", None),
    ],
)
def test_numbers_are_read_as_the_decree_writes_them(
    text: str, serial: int, year: int | None, symbol: str, kind: str | None
) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.serial, number.year, number.symbol, number.type) == (serial, year, symbol, kind)


def test_a_number_s_year_and_the_date_s_year_must_be_one(tmp_path: Path) -> None:
    finding = only(small(tmp_path, documents=[named("27/2029/NQ-HĐND", "9/12/2030", issuer="HĐND tỉnh Đông Hà")]))
    assert (finding.rule, finding.severity, finding.recomputed) == ("ngay-van-ban", "error", "09/12/2029")


def test_a_citation_in_a_title_is_checked_like_a_row(tmp_path: Path) -> None:
    title = "V/v thực hiện Nghị quyết số 27/2029/NQ-HĐND ngày 09/12/2031"
    finding = only(small(tmp_path, register=[listed("15/UBND-NV", "22/5/2031", title)]))
    assert finding.rule == "ngay-van-ban"
    assert "muộn hơn văn bản viện dẫn" in finding.message


def test_one_wrong_date_in_several_places_is_one_finding(tmp_path: Path) -> None:
    law = named("06/2029/QH15", "15/6/2030", issuer="Quốc hội")
    task = {"topic": "nhiem_vu", "content": "Triển khai Luật số 06/2029/QH15 ngày 15/6/2030"}
    finding = only(small(tmp_path, documents=[law], tasks=[task]))
    assert len(finding.effects) == 1


def test_a_document_later_than_the_period_is_an_error(tmp_path: Path) -> None:
    assert only(small(tmp_path, documents=[named("12/KH-UBND", "9/9/2031")])).rule == "ngay-van-ban"


def test_the_register_lists_the_period_s_documents_only(tmp_path: Path) -> None:
    finding = only(small(tmp_path, register=[listed("12/KH-UBND", "6/1/2031", "Kế hoạch năm 2031")]))
    assert (finding.rule, finding.severity) == ("ngoai-ky", "error")


def test_documents_of_another_period_are_one_finding_that_lists_them_and_is_accepted_as_a_whole(tmp_path: Path) -> None:
    rows = [listed(f"{n}/KH-UBND", f"{n}/1/2031", "Kế hoạch", str(n)) for n in (6, 7, 8)]
    finding = only(small(tmp_path / "three", register=rows))
    assert all(f"{n}/KH-UBND ngày 0{n}/01/2031" in finding.message for n in (6, 7, 8))
    assert len(finding.cells) == 6
    why = "ban hành trong kỳ trước, nay mới gửi"
    accepted = {"accepted": [{"id": finding.id, "who": "Trần Văn Mẫu", "why": why, "values": finding.values}]}
    assert only(small(tmp_path / "accepted", register=rows, params=accepted)).accepted
    more = [*rows, listed("9/KH-UBND", "9/1/2031", "Kế hoạch", "9")]
    again = findings(small(tmp_path / "four", register=more, params=accepted))
    assert [(f.rule, f.accepted) for f in again] == [("ngoai-ky", False), ("chap-nhan-cu", False)]


def test_documents_later_than_the_period_are_one_finding(tmp_path: Path) -> None:
    rows = [named(f"{n}/KH-UBND", f"{n}/9/2031", code=f"vb{n}") for n in (8, 9, 10)]
    finding = only(small(tmp_path, documents=rows))
    assert finding.rule == "ngay-van-ban"
    assert all(f"{n}/KH-UBND" in finding.message for n in (8, 9, 10))


def test_a_date_that_fits_with_day_and_month_exchanged_is_told_as_that(tmp_path: Path) -> None:
    late = only(small(tmp_path / "late", documents=[named("12/KH-UBND", "25/9/2031")]))
    assert late.cause == ""
    late = only(
        small(
            tmp_path / "exchanged",
            documents=[named("12/KH-UBND", "4/12/2031"), named("13/KH-UBND", "8/12/2031", code="b")],
        )
    )
    assert late.cause == "đảo ngày và tháng, Kế hoạch số 12/KH-UBND đúng có thể là ngày 12/4/2031"


def test_the_register_s_order_names_the_date_whose_day_and_month_are_exchanged(tmp_path: Path) -> None:
    rows = [listed(f"{n}/UBND-NV", date, tt=f"{n}") for n, date in ((1, "5/5/2031"), (2, "20/4/2031"), (3, "9/6/2031"))]
    (finding,) = [f for f in findings(small(tmp_path, register=rows)) if f.rule == "thu-tu-ngay"]
    assert finding.cause == ""
    rows[1] = listed("2/UBND-NV", "5/6/2031", tt="2")
    rows[2] = listed("3/UBND-NV", "8/5/2031", tt="3")
    (finding,) = [f for f in findings(small(tmp_path / "b", register=rows)) if f.rule == "thu-tu-ngay"]
    assert "đảo ngày và tháng, Công văn số 2/UBND-NV đúng có thể là ngày 06/5/2031" in finding.cause


def test_a_year_that_would_put_a_document_after_the_period_is_not_supposed(tmp_path: Path) -> None:
    finding = only(small(tmp_path, documents=[named("27/2035/NQ-HĐND", "9/12/2030", issuer="HĐND tỉnh Đông Hà")]))
    assert (finding.rule, finding.recomputed, finding.cause) == ("ngay-van-ban", "", "")


def test_two_offices_documents_of_one_number_are_no_evidence_against_each_other(tmp_path: Path) -> None:
    rows = [
        named("02/CT-UBND", "1/1/2031", code="tinh", issuer="UBND tỉnh Đông Hà"),
        named("02/CT-UBND", "16/5/2031", code="xa"),
    ]
    finding = only(small(tmp_path, documents=rows))
    assert finding.rule == "ngay-nghi"
    assert {c.address[1:] for c in finding.cells} == {"2"}
    assert "16/5" not in f"{finding.message} {finding.cause} {finding.effects}"


def test_a_wrong_date_of_one_office_s_document_does_not_hide_that_of_another_s(tmp_path: Path) -> None:
    rows = [
        named("02/2030/QĐ-UBND", "9/4/2031", code="tinh", issuer="UBND tỉnh Đông Hà"),
        named("02/2030/QĐ-UBND", "8/4/2031", code="xa"),
    ]
    found = findings(small(tmp_path, documents=rows))
    assert [f.rule for f in found] == ["ngay-van-ban", "ngay-van-ban"]
    assert len({f.id for f in found}) == 2


def test_citations_that_do_not_say_who_issued_may_mean_two_documents(tmp_path: Path) -> None:
    tasks = [
        {"topic": "nhiem_vu", "content": "Thực hiện Kế hoạch số 12/KH-UBND ngày 8/4/2031"},
        {"topic": "nhiem_vu", "content": "Thực hiện Kế hoạch số 12/KH-UBND ngày 9/4/2031"},
    ]
    assert findings(small(tmp_path, tasks=tasks)) == []


def test_a_register_with_a_superior_s_document_of_the_same_number_is_asked_about(tmp_path: Path) -> None:
    rows = [listed("2/CT-UBND", "1/4/2031", "Chỉ thị"), listed("2/CT-UBND", "16/4/2031", "Chỉ thị", "2")]
    finding = only(small(tmp_path / "open", register=rows))
    assert (finding.rule, finding.severity) == ("trung-so", "warning")
    superior = named("2/CT-UBND", "1/4/2031", issuer="UBND tỉnh Đông Hà")
    assert findings(small(tmp_path / "known", register=rows, documents=[superior])) == []


def test_one_document_with_two_dates_is_an_error(tmp_path: Path) -> None:
    register = [listed("12/KH-UBND", "8/4/2031", "Kế hoạch")]
    finding = only(small(tmp_path, register=register, documents=[named("12/KH-UBND", "9/4/2031")]))
    assert finding.rule == "hai-ngay"
    assert len(finding.cells) == 4


def test_offices_may_use_the_same_number_on_different_days(tmp_path: Path) -> None:
    rows = [named("12/KH-UBND", "9/4/2031"), named("12/KH-UBND", "8/4/2031", code="vb2", issuer="UBND tỉnh Đông Hà")]
    assert findings(small(tmp_path, documents=rows)) == []


def test_the_register_s_order_is_that_of_its_dates(tmp_path: Path) -> None:
    rows = [listed("20/QĐ-UBND", "16/5/2031", "Quyết định", "01"), listed("9/UBND-NV", "8/5/2031", tt="02")]
    finding = only(small(tmp_path, register=rows))
    assert (finding.rule, finding.severity) == ("thu-tu-ngay", "warning")


def test_a_higher_number_cannot_have_an_earlier_date(tmp_path: Path) -> None:
    rows = [
        listed("10/KH-UBND", "1/4/2031", "Kế hoạch", "1"),
        listed("25/KH-UBND", "8/4/2031", "Kế hoạch", "2"),
        listed("12/KH-UBND", "15/4/2031", "Kế hoạch", "3"),
        listed("30/KH-UBND", "22/4/2031", "Kế hoạch", "4"),
    ]
    finding = only(small(tmp_path, register=rows))
    assert (finding.rule, finding.severity) == ("so-nguoc-ngay", "error")


def test_serial_numbers_neither_jump_nor_repeat(tmp_path: Path) -> None:
    rows = [listed(f"{n}/UBND-NV", f"{n}/4/2031", tt=tt) for n, tt in ((1, "1"), (2, "2"), (3, "4"), (4, "4"))]
    assert [f.rule for f in findings(small(tmp_path, register=rows))] == ["so-thu-tu", "so-thu-tu"]


def test_a_document_listed_twice_is_an_error(tmp_path: Path) -> None:
    rows = [listed("3/UBND-NV", "3/4/2031"), listed("3/UBND-NV", "3/4/2031", tt="2")]
    assert only(small(tmp_path, register=rows)).rule == "trung-so"


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ({"type": "Thông báo", "number": "45-KL/TU"}, False),
        ({"type": "Kết luận thanh tra", "number": "16/KL-TTr"}, True),
        ({"type": "Kế hoạch", "number": "16/KH-UBND"}, True),
        ({"type": "Công văn", "number": "16/UBND-NV"}, True),
        ({"type": "Quyết định", "number": "16/KH-UBND"}, False),
    ],
)
def test_a_symbol_suits_its_document_s_type(tmp_path: Path, row: dict[str, str], fits: bool) -> None:
    found = findings(small(tmp_path, documents=[named(date="8/4/2031", issuer="Tỉnh ủy Đông Hà", **row)]))
    assert [f.rule for f in found] == ([] if fits else ["loai-ky-hieu"])


def test_a_symbol_without_its_hyphen_and_a_number_without_a_symbol_are_notes(tmp_path: Path) -> None:
    rows = [named("85/2030/NĐCP", "9/4/2030", issuer="Chính phủ"), named("163", "8/4/2031", code="vb2")]
    found = findings(small(tmp_path, documents=rows))
    assert [(f.rule, f.severity) for f in found] == [("ky-hieu", "note"), ("ky-hieu", "note")]


def test_days_off_are_asked_about(tmp_path: Path) -> None:
    holiday = named("5/CT-UBND", "1/5/2031", type="Chỉ thị")
    sunday = named("8/KH-UBND", "6/4/2031", type="Kế hoạch", code="vb2")
    found = findings(small(tmp_path, documents=[holiday, sunday]))
    assert [(f.rule, f.severity) for f in found] == [("ngay-nghi", "warning"), ("ngay-nghi", "note")]


def test_what_the_text_names_stands_in_the_register_where_the_officer_asks_for_it(tmp_path: Path) -> None:
    documents = [
        named("12/KH-UBND", "8/4/2031"),
        named("40/KH-UBND", "9/4/2031", code="vb2"),
        {"code": "vb3", "issuer": "UBND xã Bình An", "title": "Phát động “Đẩy nhanh thanh toán”", "topic": "nhom"},
    ]
    given = small(tmp_path, register=[listed("12/KH-UBND", "8/4/2031", "Kế hoạch")], documents=documents)
    assert findings(given) == []
    declare(given.root, {"register": {"topics": ["nhom"]}})
    finding = only(inputs(given.root))
    assert finding.rule == "ngoai-danh-muc"
    assert "40/KH-UBND" in finding.message
    assert "Đẩy nhanh thanh toán" in finding.message


def test_anniversaries_are_counted_from_their_year(tmp_path: Path) -> None:
    events = [
        {"topic": "ky_niem", "content": "Kỷ niệm 85 năm Ngày Quốc khánh"},
        {"topic": "ky_niem", "content": "Kỷ niệm 86 năm Ngày Quốc khánh"},
        {"topic": "ky_niem", "content": "Chào mừng Ngày Quốc khánh"},
    ]
    given = small(tmp_path, events=events)
    declare(given.root, {"anniversaries": [{"name": "Quốc khánh", "year": 1945}]})
    finding = only(inputs(given.root))
    assert (finding.rule, finding.printed, finding.recomputed) == ("ky-niem", "85", "86")
