"""A place of files that are written once and whole: a folder, or a part of a bucket of an S3-compatible storage."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any

from thidua.archive.storage.refusals import told
from thidua.errors import NoStorageLibrary, StorageError
from thidua.machine.file_hash import file_hash
from thidua.machine.flushing import flush
from thidua.machine.process import done_with, half_made, uninterrupted

_FOLDER, _BUCKET = "file", "s3"
_READ_ONLY = 0o444
# Seconds until a storage that does not answer is given up. How often it is asked again, the client's own settings say;
# the library above the client would ask five times as often.
_SETTINGS = {"connect_timeout": 10, "read_timeout": 60}
_TIMES = 2
# Where the client finds an account besides the environment: what names the file, and the usual one.
_ACCOUNTS = {"AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials", "AWS_CONFIG_FILE": "~/.aws/config"}


def is_address(place: str) -> bool:
    """Whether a place is named by a storage's address, «s3://…» or «file://…», and not by the path of a folder."""
    return "://" in place


class ObjectStore:
    """Files by name, «runs/a.zip», below a folder or an address such as s3://kho/tinh.

    Whoever writes a name writes the same bytes, since a name holds their hash: nothing is ever replaced by something
    else, and a second attempt does no harm. Account, address and region of an S3 storage come from where its clients
    usually look: AWS_ACCESS_KEY_ID and its kin, ~/.aws.
    """

    def __init__(self, url: str):
        """StorageError where the place is none or cannot be reached, NoStorageLibrary where the extra is missing."""
        protocol, apart, rest = url.partition("://")
        kind = protocol if apart else _FOLDER
        self.url = url if rest == "" else url.rstrip("/")
        self._local = kind == _FOLDER
        if kind not in (_FOLDER, _BUCKET):
            raise StorageError(url, "chỉ nhận thư mục hoặc địa chỉ s3://TÊN_KHO/…")
        if apart and "@" in rest.partition("/")[0]:
            raise StorageError(f"{protocol}://…", "địa chỉ không được chứa tài khoản, mật khẩu")
        self._files, root = _opened(url, kind)
        self._root = root.rstrip("/")
        if self._local and not Path(self._root).is_dir():
            raise StorageError(url, "không có thư mục này; hãy kiểm tra lại, gắn ổ dùng chung hoặc tạo thư mục trước")

    def names(self, folder: str) -> list[str]:
        """The names of all files in a folder, sorted. What is half written is none of them."""
        with self._told():
            found = self._files.find(f"{self._root}/{folder}")
        names = (path.removeprefix(f"{self._root}/") for path in found)
        return sorted(name for name in names if not _is_half_written(name))

    def stamps(self, folder: str) -> dict[str, str]:
        """What tells a file's content from another's, its size and time or hash, by the names of all in a folder."""
        with self._told():
            found = self._files.find(f"{self._root}/{folder}", detail=True)
        stamps = {path.removeprefix(f"{self._root}/"): _stamp(info) for path, info in sorted(found.items())}
        return {name: stamp for name, stamp in stamps.items() if not _is_half_written(name)}

    def stamp(self, name: str) -> str:
        """The size and the hash of a file, as far as the storage gives them unread; empty where it is missing.

        A folder gives none: its files are read for it.
        """
        path = f"{self._root}/{name}"
        try:
            with self._told():
                info = self._files.info(path)
                return f"{info['size']} {file_hash(Path(path)) if self._local else info.get('ETag', '')}"
        except FileNotFoundError:
            return ""

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of small files by name, without those that are missing."""
        paths = {f"{self._root}/{name}": name for name in names}
        if not paths:
            return {}
        found: dict[str, bytes] = {}
        with self._told():
            for path, content in self._files.cat(list(paths), on_error="return").items():
                if isinstance(content, bytes):
                    found[paths[path]] = content
                    continue
                with suppress(FileNotFoundError), self._told():
                    raise content
        return found

    def download(self, name: str, path: Path) -> str:
        """Write a file of the storage to ``path``; the SHA-256 of what came. FileNotFoundError where it is missing."""
        with self._told():
            try:
                self._files.get_file(f"{self._root}/{name}", str(path))
            except OSError as error:
                if error.errno and not error.filename:  # a full disk does not say which file it had no room for
                    error.filename = str(path)
                raise
        return file_hash(path)

    def download_all(self, files: Mapping[str, Path]) -> None:
        """Write files of the storage, several at a time, to where each belongs. StorageError where one is missing."""
        for path in files.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._told():
                self._files.get([f"{self._root}/{name}" for name in files], [str(path) for path in files.values()])
        except FileNotFoundError as error:
            raise StorageError(self.url, f"có tệp đã mất trong lúc nhận ({error}); hãy chạy lại") from None

    def add(self, name: str, source: Path) -> None:
        """Write a file, whole or not at all, and read it back. What is there already as it should be stays.

        StorageError where what arrived is not what was sent.
        """
        wanted = file_hash(source)
        if self._holds(name, wanted):
            return
        with self._told():
            self._write(name, source)
        if not self._holds(name, wanted):
            raise StorageError(self.url, f"tệp «{name}» đến nơi không còn nguyên vẹn; hãy chạy lại lệnh")

    def _told(self) -> AbstractContextManager[None]:
        """What a storage refuses in words; a folder's refusals are the machine's own."""
        return nullcontext() if self._local else told(self.url)

    def _holds(self, name: str, wanted: str) -> bool:
        with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
            try:
                return self.download(name, Path(folder) / "tep") == wanted
            except FileNotFoundError:
                return False

    def _write(self, name: str, source: Path) -> None:
        if not self._local:
            # One object is there when the last of its bytes is, never before.
            self._files.put_file(str(source), f"{self._root}/{name}")
            return
        target = Path(self._root) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = half_made(target.parent, ".dang-gui-")
        try:
            part = aside / target.name
            shutil.copyfile(source, part)
            flush(part)
            part.chmod(_READ_ONLY)
            with uninterrupted():
                part.replace(target)
        finally:
            done_with(aside)


def read_descriptions() -> None:
    """Read what S3 is, where its client is installed, for all storages that this process and its forks will ask."""
    with suppress(ImportError):
        asyncio.run(_made_client())


async def _made_client() -> None:
    nobody = {"region_name": "us-east-1", "aws_access_key_id": "", "aws_secret_access_key": ""}
    async with _session().create_client("s3", **nobody):
        pass


def _is_half_written(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _stamp(info: Mapping[str, Any]) -> str:
    return f"{info['size']} {info.get('ETag') or info.get('mtime')}"


def _opened(url: str, kind: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        if kind == _FOLDER:
            found: tuple[Any, str] = url_to_fs(url, skip_instance_cache=True)
            return found
        client = _client()
        return client, client._strip_protocol(url)
    except ImportError:
        raise NoStorageLibrary from None


# A process's client of S3 storages, and by what it found its account. A fork cannot use that of its parent.
_CLIENTS: dict[int, tuple[object, Any]] = {}


def _client() -> Any:
    """This process's client for every S3 storage, since each takes time to make; another once the account changes."""
    account = dict(os.environ), [_when_written(name, usual) for name, usual in _ACCOUNTS.items()]
    known, client = _CLIENTS.get(os.getpid(), (None, None))
    if known != account:
        from s3fs import S3FileSystem

        # The library would keep one by itself, which knows the account of yesterday.
        client = S3FileSystem(
            skip_instance_cache=True, use_listings_cache=False, config_kwargs=_SETTINGS, session=_session()
        )
        client.retries = _TIMES
        _CLIENTS[os.getpid()] = account, client
    return client


def _when_written(name: str, usual: str) -> int:
    """When the file was written that an environment variable names, or the usual one; 0 where there is none."""
    try:
        return Path(os.environ.get(name, usual)).expanduser().stat().st_mtime_ns
    except (OSError, RuntimeError):  # no home either
        return 0


def _session() -> Any:
    """A session that asks anew who it is, and has read before what S3 is."""
    from aiobotocore.session import AioSession

    session = AioSession()
    session.register_component("data_loader", _descriptions())
    return session


@cache
def _descriptions() -> Any:
    """The client's own descriptions of services: a megabyte of JSON, which each session by itself reads again."""
    from aiobotocore.session import AioSession

    return AioSession().get_component("data_loader")
