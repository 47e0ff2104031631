"""An object storage with an S3 API on loopback: OpenStack Swift, its four servers in one process without root.

``python swift_server.py FOLDER PORT PID USER…`` keeps its objects in FOLDER, listens on PORT (0: any), says the port on
stdout when it is ready, and ends with the process PID. A user is «account_user = secret», with «.admin» behind it where
they may do everything in their account; others may do nothing.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

eventlet.monkey_patch()  # before anything that waits is imported

import psutil  # noqa: E402
from eventlet import wsgi  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

_BEHIND = ("account", "container", "object")
_PROXY = """
[DEFAULT]
swift_dir = {folder}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
client_chunk_size = 4194304
object_chunk_size = 4194304
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
{users}
[filter:slo]
use = egg:swift#slo
"""
_SERVER = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
log_level = ERROR
[app:main]
use = egg:swift#{name}
network_chunk_size = 4194304
disk_chunk_size = 4194304
"""


def serve(folder: Path, port: int, until: int, users: list[str]) -> None:
    """Serve until the process of this number has ended."""
    (folder / "devices" / "disk").mkdir(parents=True, exist_ok=True)
    listening = {name: eventlet.listen(("127.0.0.1", 0)) for name in _BEHIND}
    listening["proxy"] = eventlet.listen(("127.0.0.1", port))
    _rings(folder, {name: listening[name].getsockname()[1] for name in _BEHIND})
    for name in _BEHIND:
        (folder / f"{name}.conf").write_text(_SERVER.format(folder=folder, name=name))
    known = "\n".join(f"user_{user}" for user in users)
    (folder / "proxy.conf").write_text(_PROXY.format(folder=folder, users=known))
    with Path(os.devnull).open("w") as nowhere:
        for name, socket in listening.items():
            app = loadapp(str(folder / f"{name}.conf"))
            eventlet.spawn(wsgi.server, socket, app, nowhere, protocol=SwiftHttpProtocol, log_output=False)
        print(listening["proxy"].getsockname()[1], flush=True)
        while psutil.pid_exists(until):
            eventlet.sleep(0.5)


def _rings(folder: Path, ports: dict[str, int]) -> None:
    """Where each kind of thing is kept: on one disk, once."""
    (folder / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = thidua\n[storage-policy:0]\nname = only\ndefault = yes\n"
    )
    utils.SWIFT_CONF_FILE, utils.HASH_PATH_SUFFIX = str(folder / "swift.conf"), b"thidua"
    for name, port in ports.items():
        builder = RingBuilder(2, 1, 0)
        place = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
        builder.add_dev({"id": 0, "region": 1, "zone": 1, "device": "disk", "weight": 1.0, **place})
        builder.rebalance()
        builder.get_ring().save(str(folder / f"{name}.ring.gz"))


if __name__ == "__main__":
    serve(Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
