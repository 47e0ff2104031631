"""A sealed run goes to a storage and comes back whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.conftest import Runs
from archive.folders import named_by_inputs
from archive.roots import thidua
from thidua.archive.runs_register import FILE, Register
from thidua.archive.storage.bundles import fetch_bundle, push_bundle
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import fetch, push, stored, verify_stored
from thidua.archive.storage.shared_register import SharedRegister
from thidua.archive.verify import verify

_ISSUER = "Ủy ban nhân dân xã Bình An"
pytestmark = pytest.mark.slow


def _bytes(run: Path) -> dict[str, bytes]:
    return {p.relative_to(run).as_posix(): p.read_bytes() for p in sorted(run.rglob("*")) if p.is_file()}


@pytest.fixture(params=["s3", "folder"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty storage: a part of a bucket, or a folder that several machines share."""
    if request.param == "s3":
        return f"{request.getfixturevalue('bucket')}/tỉnh"
    (tmp_path / "kho dùng chung").mkdir()
    return str(tmp_path / "kho dùng chung")


def test_a_run_comes_back_as_it_was_sent_and_stands_in_both_registers_once(storage: str, tmp_path: Path) -> None:
    sent = [named_by_inputs(tmp_path / "here", text) for text in ("một", "hai")]
    addresses = [push(run, storage) for run in [*sent, sent[0]]]
    assert addresses == [f"{storage}/{run.name}" for run in [*sent, sent[0]]]
    lines, problems = SharedRegister(ObjectStore(storage)).read()
    assert [(line.number, line.run) for line in lines] == [(1, sent[0].name), (2, sent[1].name)] and problems == []
    assert all(verdict.intact for verdict in verify_stored(storage)) and len(verify_stored(addresses[1])) == 1

    there = tmp_path / "there"
    came = [fetch(address, there) for address in [*addresses, addresses[1]]]
    assert [run.name for run in came] == [Path(a).name for a in [*addresses, addresses[1]]]
    assert _bytes(came[1]) == _bytes(sent[1])
    assert {p.stat().st_mode & 0o222 for p in came[1].rglob("*") if p.is_file()} == {0}
    assert all(verdict.intact and not verdict.remarks for verdict in verify(there))
    assert [e.run for e in Register(there / FILE).read()[0]] == [run.name for run in sent]
    assert sorted(p.name for p in there.iterdir() if not p.name.startswith(".")) == sorted(
        [*(run.name for run in sent), FILE]
    )
    assert [line.run for line in stored(storage)[0]] == [run.name for run in sent]


def test_the_inputs_of_a_run_are_sent_once_and_laid_out_elsewhere(storage: str, tmp_path: Path) -> None:
    file = tmp_path / "2031-Q2.yaml"
    file.write_text("kỳ: 2031-Q2", encoding="utf-8")
    files = {"params/2031-Q2.yaml": file, "data/raw/2031-Q2/biểu.xlsx": file}
    address = push_bundle(files, storage)
    assert push_bundle(dict(reversed(files.items())), storage) == address
    fetch_bundle(address, tmp_path / "laid")
    assert _bytes(tmp_path / "laid") == dict.fromkeys(sorted(files), file.read_bytes())


def test_a_real_run_goes_by_commands_and_is_told_with_its_unit_and_errors(
    bucket: str, runs: Runs, tmp_path: Path
) -> None:
    sent = [thidua("push", run, bucket).stdout.strip() for run in (runs.first, runs.corrected)]
    assert sent == [f"{bucket}/{run.name}" for run in (runs.first, runs.corrected)]
    told = [line.split("  ") for line in thidua("list", bucket).stdout.splitlines()[1:]]
    assert [[cell.strip() for cell in line if cell][:4] for line in told] == [
        [runs.first.name, "quý II năm 2031", _ISSUER, "1 chưa xử lý"],
        [runs.corrected.name, "quý II năm 2031", _ISSUER, "0 chưa xử lý, 1 đã chấp nhận"],
    ]
    checked = thidua("verify", bucket)
    assert checked.returncode == 0 and checked.stdout.count("nguyên vẹn") == 3
    came = thidua("fetch", sent[1], "--output", tmp_path / "there").stdout.strip()
    assert _bytes(Path(came)) == _bytes(runs.corrected)
    whole = thidua("fetch", bucket, "--output", tmp_path / "there")
    assert whole.returncode == 2 and f"«{bucket}» chưa chỉ ra lần chạy nào. Kho có: " in whole.stderr
    unknown = thidua("fetch", sent[1][:-1], "--output", tmp_path / "there")
    assert unknown.returncode == 2 and f"Gần nhất là «{runs.corrected.name}»" in unknown.stderr
