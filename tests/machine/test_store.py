"""What is kept in the user's cache is given back as it was put there, or not at all."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from thidua.machine.store import Store, key_of

KEY = key_of(b"inputs")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def _files(cache: Path) -> list[Path]:
    return [p for p in cache.rglob("*") if p.is_file() and p.name != "written"]


def test_what_is_kept_is_given_back_and_never_once_it_was_changed(cache: Path) -> None:
    store = Store("things")
    assert store.get(KEY) is None
    for content in (b"result", b"", "Đạt 95%".encode()):
        store.put(KEY, content)
        assert Store("things").get(KEY) == content
    (file,) = _files(cache)
    whole = file.read_bytes()
    for spoilt in (whole[:-1], whole.replace(b"95", b"96"), whole + b" ", b""):
        file.write_bytes(spoilt)
        assert store.get(KEY) is None
        store.put(KEY, "Đạt 95%".encode())
        assert store.get(KEY) == "Đạt 95%".encode()


def test_what_stands_in_another_s_place_is_not_given(cache: Path) -> None:
    Store("things").put(KEY, b"result")
    (file,) = _files(cache)
    Store("things").put(key_of(b"others"), b"another")
    (other,) = (path for path in _files(cache) if path != file)
    file.write_bytes(other.read_bytes())
    assert Store("things").get(KEY) is None and Store("things").get(key_of(b"others")) == b"another"


def test_another_order_or_division_of_inputs_has_another_key() -> None:
    assert len({key_of(), key_of(b"ab"), key_of(b"a", b"b"), key_of(b"b", b"a"), key_of(b"ab", b"")}) == 5


def test_what_was_not_used_for_longest_is_thrown_out_first(cache: Path) -> None:
    for number in range(10):
        Store("things").put(key_of(b"%d" % number), bytes(1000))
        os.utime(next(p for p in _files(cache) if p.name == key_of(b"%d" % number)), (number, number))
    assert Store("things").get(key_of(b"0")) is not None  # used just now
    Store("things", limit=5500).put(KEY, bytes(1000))
    left = {n for n in range(10) if Store("things").get(key_of(b"%d" % n)) is not None}
    assert left == {0, 7, 8, 9}
    assert Store("things").get(KEY) is not None


def test_what_is_kept_is_looked_through_once_an_eighth_of_the_limit_was_written(cache: Path) -> None:
    """Whoever wrote it: a look at every put would take as long as the store is large."""
    keys = [key_of(b"%d" % number) for number in range(300)]
    left = []
    for key in keys:
        Store("things", limit=400_000).put(key, bytes(4000))
        left.append(len(_files(cache)))
    assert max(left) * 4032 <= 400_000 * 9 / 8
    assert left.count(left[-1] - 1) < 30  # how often files went
    assert all(Store("things").get(key) for key in keys[-90:])


def test_many_writers_and_readers_of_one_key_see_it_whole(cache: Path) -> None:
    contents = [bytes([n]) * 50_000 for n in range(20)]

    def work(content: bytes) -> bool:
        Store("things").put(KEY, content)
        return Store("things").get(KEY) in contents

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, contents * 5))
    assert [p.name for p in _files(cache)] == [KEY]


def test_a_place_that_cannot_be_written_keeps_nothing(cache: Path) -> None:
    (cache / "thidua").write_text("a file where the folder should be")
    Store("things").put(KEY, b"result")
    assert Store("things").get(KEY) is None
