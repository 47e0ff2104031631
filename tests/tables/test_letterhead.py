"""Head and signature of the report, by the decree's form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import workbooks
from tables.shown import block, page, report
from thidua.letterhead import head, reference_line, signature
from thidua.report import Report


def made(folder: Path, unit: dict[str, Any] | None = None, **document: Any) -> Report:
    base = workbooks.PARAMS
    changes = {"unit": {**base["unit"], **(unit or {})}, "document": {**base["document"], **document}}
    return report(folder, ("Chỉ tiêu", [workbooks.RICE]), **changes)


def lines(word: Callable[[Report], None], found: Report, selector: str) -> list[str]:
    """What the report's page has at these places."""
    return [element.get_text("\n").replace("\xa0", "_") for element in page(block(word, found)).select(selector)]


def test_the_head_names_body_and_state_and_leaves_room_for_number_and_day(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert lines(head, found, ".issuer p") == ["ỦY BAN NHÂN DÂN\nXÃ BÌNH AN", "Số: ______/BC-UBND"]
    assert lines(head, found, ".state p") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình An, ngày ______ tháng 6 năm 2031",
    ]


def test_a_numbered_and_dated_report_says_so_with_the_decree_s_zeros(tmp_path: Path) -> None:
    found = made(tmp_path, number="07", date="2031-02-05")
    assert lines(head, found, ".number") == ["Số: 07/BC-UBND"]
    assert lines(head, found, ".place") == ["Bình An, ngày 05 tháng 02 năm 2031"]
    expected = "Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 02 năm 2031 của UBND xã Bình An"
    assert reference_line(found.params) == expected


def test_type_and_abstract_are_the_document_s_title(tmp_path: Path) -> None:
    found = made(tmp_path, title="Sơ kết <phong trào>")
    assert lines(head, found, ".nd30-title .type") == ["BÁO CÁO"]
    assert lines(head, found, ".nd30-title .abstract") == ["Sơ kết <phong trào>"]


def test_a_body_that_is_not_named_after_its_unit_keeps_its_name_whole(tmp_path: Path) -> None:
    found = made(tmp_path, unit={"issuer_full": "Sở Nội vụ"})
    assert lines(head, found, ".issuer .name") == ["SỞ NỘI VỤ"]


def test_recipients_end_with_one_stop_each_whoever_typed_them(tmp_path: Path) -> None:
    found = made(tmp_path, recipients=["Sở Nội vụ;", "UBND các xã: A, B", "Lưu: VT, NV."])
    assert lines(signature, found, ".recipients li") == ["- Sở Nội vụ;", "- UBND các xã: A, B;", "- Lưu: VT, NV."]


def test_the_signature_has_authority_title_and_name(tmp_path: Path) -> None:
    signer = {"authority": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH", "name": "Trần Văn Mẫu"}
    assert lines(signature, made(tmp_path, signer=signer), ".signer p") == list(signer.values())


def test_a_chairman_who_signs_for_himself_has_no_authority_line(tmp_path: Path) -> None:
    assert lines(signature, made(tmp_path), ".signer p") == ["CHỦ TỊCH", "Trần Văn Mẫu"]
