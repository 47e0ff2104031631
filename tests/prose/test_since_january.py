"""What a sentence says of time where the period begins after January and its numbers count from there."""

from __future__ import annotations

from typing import Any

import pytest

from prose.told import told
from thidua.report import Report, open_report
from thidua.settings.params import Params
from workbooks import FILE, PERIOD, add_form, department, new_book, params, write_root

ROWS: list[dict[str, Any]] = [
    {"code": "giay_phep", "name": "Giấy phép", "unit": "giấy phép", "actual": 9, "cumulative": 24, "plan": 40},
    {"code": "chay_rung", "name": "Vụ cháy rừng", "unit": "vụ", "actual": 0, "cumulative": 0},
    {"code": "don", "name": "Đơn", "unit": "đơn", "actual": 8},
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    add_form(book, "Chỉ tiêu", ROWS)
    root = write_root(tmp_path_factory.mktemp("xa") / "goc", {FILE: book}, departments=[department(FILE, "Chỉ tiêu")])
    return open_report(PERIOD, root)


SAID = {
    "Trong kỳ đã cấp {giay_phep}.": "Từ đầu năm đến hết kỳ đã cấp 24 giấy phép.",
    "Trong {period.name}, đã cấp {giay_phep}.": "Từ đầu năm đến hết quý II năm 2031, đã cấp 24 giấy phép.",
    "Trong kỳ {xảy ra chay_rung | cháy rừng}.": "Từ đầu năm đến hết kỳ không xảy ra cháy rừng.",
    "Tốt^[Đã cấp trong kỳ {giay_phep}.].": "Tốt{Đã cấp từ đầu năm đến hết kỳ 24 giấy phép.}.",
    "Kết quả trong kỳ như sau:\n\n- Cấp {giay_phep};\n- Xử lý {don}.": (
        "Kết quả từ đầu năm đến hết kỳ như sau:\nCấp 24 giấy phép;\nXử lý 08 đơn."
    ),
    "Trong kỳ đã cấp {giay_phep}, xử lý {don}.": (
        "Từ đầu năm đến hết kỳ đã cấp 24 giấy phép, xử lý 08 đơn (riêng trong kỳ)."
    ),
    "Trong kỳ đã xử lý {don}.": "Trong kỳ đã xử lý 08 đơn.",
    "Tính riêng trong kỳ có {don}, từ đầu năm cấp {giay_phep}.": (
        "Tính riêng trong kỳ có 08 đơn, từ đầu năm cấp 24 giấy phép."
    ),
    "Trong kỳ đã cấp {trong kỳ giay_phep}.": "Trong kỳ đã cấp 09 giấy phép.",
    "Tính riêng trong kỳ, {kể trong kỳ giay_phep}.": "Tính riêng trong kỳ, giấy phép là 09 giấy phép.",
}


@pytest.mark.parametrize(("source", "said"), SAID.items())
def test_what_counts_from_january_is_not_told_as_of_a_later_period(report: Report, source: str, said: str) -> None:
    assert told(report, source) == said


def test_a_period_that_begins_in_january_is_told_as_its_author_wrote(report: Report) -> None:
    half_a_year = Report(Params.model_validate(params(period="2031-H1")), report.data)
    assert told(half_a_year, "Trong kỳ đã cấp {giay_phep}.") == "Trong kỳ đã cấp 24 giấy phép."
