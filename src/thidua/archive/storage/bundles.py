"""What a run is made from, sent to a storage as one file that is named by its own hash, and laid out elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from thidua.archive.packing import extract, write_zip
from thidua.archive.storage.object_store import ObjectStore
from thidua.errors import NoRun, StorageError
from thidua.machine.file_hash import file_hash

_FOLDER = "inputs"


def push_bundle(files: Mapping[str, Path], url: str) -> str:
    """Send files under their relative names as one bundle to a storage; its address. The same files are sent once.

    Example: ``push_bundle({"params/2031-H1.yaml": root / "params" / "2031-H1.yaml"}, "s3://bao-cao/tinh")``
    """
    store = ObjectStore(url)
    with tempfile.TemporaryDirectory(prefix="thidua-") as aside:
        package = Path(aside) / "bundle.zip"
        write_zip(dict(sorted(files.items())), package)
        name = f"{_FOLDER}/{file_hash(package)}.zip"
        store.add(name, package)
    return f"{store.url}/{name}"


def fetch_bundle(address: str, folder: Path) -> None:
    """Lay out a bundle's files in an empty folder. StorageError where it is not there, or not as it was sent."""
    url, _, name = address.rsplit("/", 2)
    store = ObjectStore(url)
    with tempfile.TemporaryDirectory(prefix="thidua-") as aside:
        package = Path(aside) / "bundle.zip"
        try:
            if store.download(f"{_FOLDER}/{name}", package) != name.removesuffix(".zip"):
                raise StorageError(url, f"gói dữ liệu «{name}» không còn đúng bản đã gửi")
            extract(package, folder)
        except FileNotFoundError:
            raise StorageError(url, f"không có gói dữ liệu «{name}»") from None
        except NoRun as error:
            raise StorageError(url, f"gói dữ liệu «{name}»: {error}") from None
