"""The period that the repository carries: its slips are found, and nothing that holds is reported."""

from __future__ import annotations

import pytest

from checks.periods import real, real_checked
from thidua.checks.finding import Finding

# The submitted data's own slips, found by hand before the rules were written: rule, a cell it rests on, severity.
ERRORS = [
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M8"),  # 838,9 / 801,2 printed 104,59
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M13"),  # 36,0 / 79,6 printed 46,81
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M16"),  # 35,1 / 61,2 printed 96,3
    ("ty-le", "y-te.xlsx › Chỉ tiêu › J8"),  # 2.800 / 43.880 printed 33,9
    ("cach-tinh", "mot-cua.xlsx › Chỉ tiêu › H32"),  # the mean of two percentages
    ("ty-le", "noi-vu.xlsx › Khen thưởng › H39"),  # 7 / 8 printed 88,5
    ("cach-tinh", "tai-chinh-ke-hoach.xlsx › Chỉ tiêu › H21"),  # 68.194 - 67.998 printed 206
    ("tong-cac-phan", "mot-cua.xlsx › Chỉ tiêu › H25"),  # 2.190 + 8.943 against 10.994
    ("tong-cac-phan", "van-phong.xlsx › Chỉ tiêu › H12"),  # 9 + 1 of 12 tasks
    ("cum-khoi", "noi-vu.xlsx › Chỉ tiêu › H27"),  # 11 clusters, 10 clusters
    ("khen-cap-tinh", "noi-vu.xlsx › Khen thưởng › D34"),  # 8 and 16 exchanged
    ("khen-cap-tinh", "noi-vu.xlsx › Khen thưởng › E39"),  # 12 persons, 6 persons
    ("sai-doi-tuong", "noi-vu.xlsx › Khen thưởng › D42"),  # a title for persons in the column of collectives
    ("ngay-van-ban", "noi-vu.xlsx › Danh mục văn bản › D21"),  # a resolution of 2021 dated 2024
    ("ngay-van-ban", "noi-vu.xlsx › Nhiệm vụ › B7"),  # a law of 2022 dated 2023
]
WARNINGS = [
    ("ty-le-giai-ngan", "kinh-te-ha-tang.xlsx › Chỉ tiêu › M27"),
    ("gpmb-du-an", "boi-thuong-gpmb.xlsx › Chỉ tiêu › H12"),
    ("gpmb-ban-giao", "boi-thuong-gpmb.xlsx › Chỉ tiêu › H36"),
    ("giay-phep-xay-dung", "kinh-te-ha-tang.xlsx › Chỉ tiêu › H17"),
    ("danh-hieu-ca-nhan", "noi-vu.xlsx › Chỉ tiêu › H34"),
    ("thu-tu-ngay", "noi-vu.xlsx › Danh mục văn bản › C19"),
    ("ngay-nghi", "noi-vu.xlsx › Văn bản › C10"),
    ("loai-ky-hieu", "van-hoa-thong-tin.xlsx › Văn bản › B6"),
    ("ngoai-danh-muc", "noi-vu.xlsx › Văn bản › F20"),
    ("ky-niem", "van-hoa-thong-tin.xlsx › Sự kiện › C8"),
]
NOTES = [
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M7"),
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M9"),
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M11"),
    ("ty-le", "nong-nghiep.xlsx › Chỉ tiêu › M12"),
    ("ty-le", "y-te.xlsx › Chỉ tiêu › M12"),
    ("cach-tinh", "thanh-tra.xlsx › Chỉ tiêu › H25"),
    ("thieu-so-thuc-hien", "lao-dong-xa-hoi.xlsx › Chỉ tiêu › M28"),
    ("trung-gia-tri", "nong-nghiep.xlsx › Chỉ tiêu › H14"),
    ("trung-gia-tri", "boi-thuong-gpmb.xlsx › Chỉ tiêu › H25"),
    ("ky-hieu", "noi-vu.xlsx › Văn bản › B22"),
    ("ky-hieu", "thanh-tra.xlsx › Văn bản › B8"),
    ("ky-hieu", "thanh-tra.xlsx › Văn bản › B14"),
    ("ngay-nghi", "noi-vu.xlsx › Văn bản › C31"),
    ("nam-so-sanh", "noi-vu.xlsx › Chỉ tiêu › Q10"),
]
EXPECTED = {"error": ERRORS, "warning": WARNINGS, "note": NOTES}


def names(finding: Finding, rule: str, cell: str) -> bool:
    return finding.rule == rule and cell in {str(c) for c in finding.cells}


@pytest.mark.parametrize(("severity", "rule", "cell"), [(s, *slip) for s, slips in EXPECTED.items() for slip in slips])
def test_each_slip_known_from_reading_is_found(severity: str, rule: str, cell: str) -> None:
    assert [f for f in real_checked().findings if f.severity == severity and names(f, rule, cell)]


def test_everything_that_holds_stays_silent() -> None:
    known = [slip for slips in EXPECTED.values() for slip in slips]
    unknown = [f.message for f in real_checked().findings if not any(names(f, *slip) for slip in known)]
    assert unknown == []
    assert len(real_checked().findings) == len(known)


def test_no_two_findings_share_an_id() -> None:
    ids = [f.id for f in real_checked().findings]
    assert len(set(ids)) == len(ids)


def test_each_finding_rests_on_cells_of_submitted_workbooks() -> None:
    files = {r.file for r in real().data.records}
    for finding in real_checked().findings:
        assert finding.cells
        assert {c.file for c in finding.cells} <= files


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("nong-nghiep.xlsx › Chỉ tiêu › J13", "76,9, hai chữ số bị đảo"),
        ("y-te.xlsx › Chỉ tiêu › J8", "chép từ dòng trên «Khám bệnh tại tuyến huyện»"),
        ("mot-cua.xlsx › Chỉ tiêu › H32", "trung bình cộng của 89,4% và 86,2%"),
        ("mot-cua.xlsx › Chỉ tiêu › H25", "để khớp phải là 8.804"),
        ("noi-vu.xlsx › Chỉ tiêu › H30", "bị đổi chỗ cho nhau"),
        ("noi-vu.xlsx › Khen thưởng › H39", "gõ sai một chữ số của 87,5"),
        ("tai-chinh-ke-hoach.xlsx › Chỉ tiêu › M17", "mẫu số là «Kế hoạch vốn ngân sách huyện quản lý»"),
        ("noi-vu.xlsx › Danh mục văn bản › D21", "09/12/2021"),
    ],
)
def test_the_likely_cause_is_told_where_the_numbers_tell_it(cell: str, cause: str) -> None:
    assert [f for f in real_checked().findings if cell in map(str, f.cells) and cause in f.cause]
