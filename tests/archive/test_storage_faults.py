"""Storages that refuse, are slow, die in the middle or lose a bit; senders at the same moment; changed runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import pytest
from aiobotocore.session import AioSession

import s3
from archive.folders import named_by_inputs, unlocked
from archive.roots import thidua
from between import Wire, between
from runs.province import COMMUNES, seal_commune, write_province
from thidua.archive.collecting import collect
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import fetch, push, stored, verify_stored
from thidua.archive.storage.shared_register import SharedRegister
from thidua.archive.verify import verify
from thidua.errors import NotStored, StorageError
from thidua.inputs import read_inputs
from thidua.machine.file_hash import file_hash
from workbooks import PERIOD, RICE

pytestmark = pytest.mark.slow
_LARGE = "x" * 2**21


@pytest.fixture
def wire(bucket: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """What stands between this test's client and the storage; the client asks but once."""
    with between(s3.shared(tmp_path_factory)[0]) as wire:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{wire.port}")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        yield wire


def test_a_server_killed_in_the_middle_has_nothing_and_the_next_attempt_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = named_by_inputs(tmp_path / "here", _LARGE)
    server, port = s3.started(tmp_path / "server")
    with between(port) as wire:
        for name, value in s3.settings(wire.port).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        s3.client().mkdir("kho")
        wire.on_bytes = lambda sent: server.kill() if sent > 2**20 else None
        with pytest.raises(StorageError, match=r"ngắt giữa chừng|không nối được"):
            push(run, "s3://kho/xã")
        server.wait()
        wire.on_bytes = lambda sent: None
        again, _ = s3.started(tmp_path / "server", port)
        try:
            assert ObjectStore("s3://kho/xã").names("") == [] == stored("s3://kho/xã")[0]
            assert verify(fetch(push(run, "s3://kho/xã"), tmp_path / "there"))[0].intact
        finally:
            again.kill()


def test_a_run_is_not_there_before_its_line_and_what_has_arrived_is_not_sent_again(
    wire: Wire, bucket: str, tmp_path: Path
) -> None:
    run = named_by_inputs(tmp_path / "here", _LARGE)
    wire.refused = lambda request: 503 if request.startswith("PUT") and "/register/" in request else 0
    with pytest.raises(StorageError, match="đang bận hoặc ngừng phục vụ"):
        push(run, bucket)
    assert stored(bucket) == ([], [])
    with pytest.raises(NotStored, match="Chưa ai gửi gì"):
        fetch(f"{bucket}/{run.name}", tmp_path / "there")
    assert not (tmp_path / "there").exists()
    wire.refused = lambda request: 0
    before = wire.sent
    push(run, bucket)
    assert wire.sent - before < len(_LARGE) / 4
    assert [line.run for line in stored(bucket)[0]] == [run.name]


def test_senders_at_the_same_moment_lose_nothing_and_enter_nothing_twice(
    wire: Wire, bucket: str, tmp_path: Path
) -> None:
    runs = [named_by_inputs(tmp_path / "here", text) for text in ("một", "hai")]
    wire.pause = 0.05
    with ThreadPoolExecutor() as senders:
        list(senders.map(lambda run: push(run, bucket), [*runs, runs[0]]))
    last = named_by_inputs(tmp_path / "here", "ba")
    push(last, bucket)
    lines, problems = SharedRegister(ObjectStore(bucket)).read()
    assert problems == [] and sorted(line.run for line in lines) == sorted(run.name for run in [*runs, last])
    assert all(verdict.intact for verdict in verify_stored(bucket))


def test_a_bit_that_the_storage_lost_is_noticed_and_mended_by_sending_again(
    bucket: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = named_by_inputs(tmp_path / "here", f"{bucket} hỏng một bit")
    address = push(run, bucket)
    _lose_a_bit(bucket, tmp_path_factory)
    with pytest.raises(StorageError, match="không còn đúng bản đã gửi"):
        fetch(address, tmp_path / "there")
    assert list((tmp_path / "there").glob("2031*")) == []
    assert not verify_stored(address)[0].intact
    assert fetch(push(run, bucket), tmp_path / "there").name == run.name
    assert len(SharedRegister(ObjectStore(bucket)).read()[0]) == 1


def test_a_province_takes_nothing_of_a_run_of_which_the_storage_lost_a_bit_and_the_run_once_it_is_mended(
    bucket: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    unit = COMMUNES[0]
    run = seal_commune(tmp_path / "xa", unit, [RICE])
    push(run, bucket)
    root = write_province(tmp_path, gathered={"runs": bucket, "units": [unit]})
    _lose_a_bit(bucket, tmp_path_factory)
    for state in ("altered", "fit"):
        (taken,) = read_inputs(root, root / "params" / f"{PERIOD}.yaml", units=collect).data.units
        assert taken.state == state
        push(run, bucket)


def test_a_line_that_is_changed_or_taken_out_shows(tmp_path: Path) -> None:
    storage = tmp_path / "kho"
    storage.mkdir()
    runs = [named_by_inputs(tmp_path / "here", text) for text in ("một", "hai", "ba", "bốn")]
    for run in runs[:3]:
        push(run, str(storage))
    lines = sorted((unlocked(storage) / "register").iterdir())
    whole = lines[2].read_text(encoding="utf-8")
    lines[2].write_text(whole.replace('"open_errors":null', '"open_errors":0'), encoding="utf-8")
    lines[0].unlink()
    unknown = thidua("fetch", f"{storage}/{runs[2].name}", "--output", tmp_path / "there")
    assert unknown.returncode == 3 and "trong sổ đăng ký bị sửa" in unknown.stderr
    push(runs[3], str(storage))  # which stops nobody else
    told = thidua("verify", storage)
    assert told.returncode == 1
    assert f"dòng «register/{lines[2].name}» bị sửa" in told.stdout
    assert f"dòng «register/{lines[1].name}» nối với một dòng không còn" in told.stdout
    listed = thidua("list", storage)
    assert runs[1].name in listed.stdout and f"dòng «register/{lines[2].name}» bị sửa" in listed.stderr


def test_a_changed_run_and_what_is_no_run_are_not_sent(tmp_path: Path) -> None:
    storage = tmp_path / "kho"
    storage.mkdir()
    run = unlocked(named_by_inputs(tmp_path / "here"))
    (run / "data" / "bao-cao.html").write_text("khác")
    refused = thidua("push", run, storage)
    assert refused.returncode == 3 and "tệp bị sửa: data/bao-cao.html" in refused.stderr
    assert thidua("push", run / "data", storage).returncode == 3  # what is within a run stands for it
    assert thidua("push", tmp_path / "here", storage).returncode == 2
    assert list(storage.iterdir()) == []


def test_a_run_of_the_same_name_is_never_replaced_by_what_is_fetched(tmp_path: Path) -> None:
    storage = tmp_path / "kho"
    storage.mkdir()
    address = push(named_by_inputs(tmp_path / "here"), str(storage))
    there = named_by_inputs(tmp_path / "there")
    unlocked(there)
    (there / "bag-info.txt").write_text("khác")
    refused = thidua("fetch", address, "--output", tmp_path / "there")
    assert refused.returncode == 3 and "không nguyên vẹn; hãy chuyển" in refused.stderr
    (there / "tagmanifest-sha256.txt").write_text("khác")
    refused = thidua("fetch", address, "--output", tmp_path / "there")
    assert refused.returncode == 3 and "niêm phong lúc khác" in refused.stderr


def _lose_a_bit(bucket: str, factory: pytest.TempPathFactory) -> None:
    """Change a bit of the one run in a bucket, behind the back of its server."""
    ((line,), _) = stored(bucket)
    devices = s3.shared(factory)[1] / "devices"
    (kept,) = (p for p in devices.rglob("*.data") if file_hash(p) == line.package)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)


_SECRET = "mat-khau-sai"
_STRANGER = dict(zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), s3.STRANGER, strict=True))
# What a sender has in the environment other than it should be, where they send to, and what they are told.
_TOLD = [
    ({}, "s3://khong-co-kho", "không có kho tên này"),
    (_STRANGER, "", "không được đọc hoặc ghi ở đây"),
    ({"AWS_SECRET_ACCESS_KEY": _SECRET}, "", "không nhận tài khoản này"),
    ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "", "chưa có tài khoản của kho"),
    ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "", "không nối được tới kho"),
    ({"AWS_ENDPOINT_URL": "kho.tinh"}, "", "không nối được tới kho"),
    ({}, f"s3://tinh:{_SECRET}@kho/a", "không được chứa tài khoản"),
    ({}, "ftp://kho/a", "chỉ nhận thư mục hoặc địa chỉ s3://"),
    ({}, "kho-khong-co", "không có thư mục này"),
]


def test_a_refusal_says_why_and_what_to_do_and_no_secret(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = named_by_inputs(tmp_path / "here")
    for changed, address, said in _TOLD:
        with monkeypatch.context() as sender:
            for name, value in {"AWS_MAX_ATTEMPTS": "1", **changed}.items():
                sender.setenv(name, value)
            refused = thidua("push", run, address or bucket, "--json")
            assert refused.returncode == 3 and said in refused.stderr
            assert json.loads(refused.stdout)["error"] == refused.stderr.splitlines()[-1]
            assert _SECRET not in refused.stderr and os.environ["AWS_SECRET_ACCESS_KEY"] not in refused.stderr.split()


def test_a_process_has_one_client_while_its_account_is_the_same_and_a_fork_one_of_its_own(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with patch.object(AioSession, "create_client", autospec=True, side_effect=AioSession.create_client) as made:
        for part in ("xã", "tỉnh", "xã"):
            assert ObjectStore(f"{bucket}/{part}").names("") == []
    assert made.call_count == 1
    with monkeypatch.context() as stranger:
        stranger.setenv("AWS_ACCESS_KEY_ID", s3.STRANGER[0])
        stranger.setenv("AWS_SECRET_ACCESS_KEY", s3.STRANGER[1])
        with pytest.raises(StorageError, match="không được đọc hoặc ghi ở đây"):
            ObjectStore(bucket).names("")
    assert ObjectStore(bucket).names("") == []
    fork = get_context("fork").Process(target=lambda: sys.exit(len(ObjectStore(bucket).names(""))))
    fork.start()
    fork.join(60)
    assert fork.exitcode == 0


def test_without_the_libraries_a_sentence_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    refused = thidua("push", named_by_inputs(tmp_path / "here"), "s3://kho/a")
    assert refused.returncode == 3 and "pip install 'thidua[kho]'" in refused.stderr


def test_a_file_that_is_gone_or_another_is_noticed_unread(bucket: str, tmp_path: Path) -> None:
    push(named_by_inputs(tmp_path / "here", f"{bucket} còn hay mất"), bucket)
    ((line,), _), register = stored(bucket), SharedRegister(ObjectStore(bucket))
    assert line.stamp and register.has(line)
    s3.client().pipe(f"{bucket}/{line.file}", b"another")
    assert not register.has(line)
    s3.client().rm(f"{bucket}/{line.file}")
    assert not register.has(line)
