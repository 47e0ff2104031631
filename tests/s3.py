"""The tests' own S3-compatible storage: started once for all workers, with buckets of their own for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from once import once

_SCRIPT = Path(__file__).with_name("swift_server.py")
# Who may do everything, and who may do nothing.
ADMIN, STRANGER = ("kho:tinh", "mat-khau-thu"), ("kho:khach", "mat-khau-khach")


def started(folder: Path, port: int = 0) -> tuple[subprocess.Popen[str], int]:
    """A server of its own that keeps its objects in ``folder``: its process, and the port that it listens on.

    It ends with the test session where nobody ends it before.
    """
    session = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    users = [f"{name.replace(':', '_')} = {secret}" for name, secret in (ADMIN, STRANGER)]
    command = [sys.executable, str(_SCRIPT), str(folder), str(port), str(session), f"{users[0]} .admin", users[1]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def settings(port: int) -> dict[str, str]:
    """The environment variables by which an S3 client finds the server on this port, and nothing of this machine's."""
    nothing = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    nothing |= {"AWS_EC2_METADATA_DISABLED": "true"}  # where a machine of a cloud would ask for its own account
    account = {"AWS_ACCESS_KEY_ID": ADMIN[0], "AWS_SECRET_ACCESS_KEY": ADMIN[1], "AWS_DEFAULT_REGION": "us-east-1"}
    return {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", **account, **nothing}


def shared(factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """The port of the session's server, and the folder in which it keeps its objects."""
    return once(factory, "s3", lambda folder: (started(folder)[1], folder))


def client() -> Any:
    """A client of the storage that the environment names, to look at what a test has done there."""
    return _client(os.environ["AWS_ENDPOINT_URL"], os.environ["AWS_ACCESS_KEY_ID"])


@cache
def _client(_address: str, _account: str) -> Any:
    import s3fs

    return s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
