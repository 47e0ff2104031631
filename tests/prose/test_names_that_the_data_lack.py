"""A slip in the name of a group is told, a group that has no rows this period is not."""

from __future__ import annotations

from pathlib import Path

from thidua.report import open_report

ROOT = Path(__file__).parent.parent.parent


def test_a_group_spelt_wrongly_is_told_with_the_nearest_one() -> None:
    report = open_report(root=ROOT)
    topic = next(r.text("topic") for r in report.data.records if r.kind == "events" and len(r.text("topic")) > 8)
    assert report.events(topic) and report.data.unknown == []
    assert report.events(topic + "x") == []
    assert report.data.unknown == [f"không có dòng nào thuộc nhóm «{topic}x»; gần nhất là «{topic}»"]


def test_a_group_without_rows_this_period_is_nothing_to_tell() -> None:
    report = open_report(root=ROOT)
    assert report.events("mot_viec_hoan_toan_khac") == []
    assert report.data.unknown == []
