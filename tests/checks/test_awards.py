"""The awards table: subjects, shares of direct workers, subtotals."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.periods import award, findings, only, rules_of, small
from thidua.checks.placed import subject_of


def test_a_wrong_share_is_an_error(tmp_path: Path) -> None:
    row = award("bk", "Bằng khen", collective=8, base_collective=7, printed_share_collective="88,5")
    finding = only(small(tmp_path, awards=[row]))
    assert (finding.severity, finding.recomputed) == ("error", "87,5%")
    assert "awards.bk.share_collective" in finding.figures


def test_a_title_for_persons_in_the_column_of_collectives_is_one_finding(tmp_path: Path) -> None:
    row = award("cstd", "Chiến sỹ thi đua cơ sở", collective=19, base_individual=9, printed_share_individual="47,37")
    finding = only(small(tmp_path, awards=[row]))
    assert (finding.rule, finding.severity) == ("sai-doi-tuong", "error")
    assert "cá nhân" in finding.message
    assert len(finding.effects) == 1


def test_rules_count_a_misplaced_number_where_it_belongs(tmp_path: Path) -> None:
    rows = [
        award("cstd", "Chiến sĩ thi đua cơ sở", collective=19),
        award("tt", "Tập thể lao động tiên tiến", "2", collective=38),
    ]
    lines = ("awards.cstd.individual = 19", "awards.tt.collective = 38")
    given = small(tmp_path, awards=rows, rules=rules_of(*lines))
    assert [f.rule for f in findings(given)] == ["sai-doi-tuong"]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Lao động tiên tiến", "individual"),
        ("Tập thể lao động tiên tiến", "collective"),
        ("Danh hiệu TTLĐXS, ĐVQT", "collective"),
        ("Danh hiệu CSTĐ cấp tỉnh", "individual"),
        ("Chiến sỹ thi đua cơ sở", "individual"),
        ("Cờ Thi đua của Chính phủ", "collective"),
        ("Gia đình văn hóa", "household"),
        ("Giấy khen", None),
        ("Bằng khen TTCP", None),
    ],
)
def test_titles_have_the_subjects_that_the_law_gives_them(name: str, subject: str | None) -> None:
    assert subject_of(name) == subject


def test_direct_workers_without_a_total_are_an_error(tmp_path: Path) -> None:
    assert only(small(tmp_path, awards=[award("gk", "Giấy khen", base_individual=9)])).rule == "thieu-tong-so"


def test_direct_workers_cannot_outnumber_all(tmp_path: Path) -> None:
    assert only(small(tmp_path, awards=[award("gk", "Giấy khen", individual=5, base_individual=9)])).severity == "error"


def test_kinds_add_up_to_their_title(tmp_path: Path) -> None:
    rows = [
        award("gk", "Giấy khen", "4", individual=100),
        award("gk_cd", "Khen chuyên đề", "-", individual=60),
        award("gk_tx", "Khen thường xuyên", "-", individual=30),
    ]
    assert only(small(tmp_path / "wrong", awards=rows)).rule == "tong-cac-phan"
    rows[0]["individual"] = 90
    assert findings(small(tmp_path / "right", awards=rows)) == []


def test_rows_without_a_code_are_checked_all_the_same(tmp_path: Path) -> None:
    rows = [
        {"tt": "1", "name": "Giấy khen", "individual": 4, "base_individual": 2, "printed_share_individual": 60},
        {"tt": "2", "name": "Bằng khen", "individual": 4, "base_individual": 3, "printed_share_individual": 80},
    ]
    assert len(findings(small(tmp_path, awards=rows))) == 2
