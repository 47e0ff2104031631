"""Many units on a Dask cluster that is there: units go out as bundles at a storage, sealed runs come to it.

Dask deals them out, and gives those of a machine that dies to another. What is done stands at the storage alone, so
that a unit may be asked for any number of times: after a lost scheduler, or by two at once.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import Any, cast

from thidua.archive.storage.bundles import push_bundle
from thidua.archive.storage.object_store import is_address
from thidua.errors import ClusterError, NoClusterLibrary, ThiduaError
from thidua.fleet.apart import Died, apart
from thidua.fleet.on_worker import Unfit, differences, environment, locked_environment, made_on_worker
from thidua.fleet.outcome import Outcome, failed
from thidua.fleet.task import Task
from thidua.fleet.to_storage import length_of
from thidua.fleet.which_units import Unit, suite_files
from thidua.language.text import first_of
from thidua.language.yaml_text import read_yaml_text
from thidua.progress.progress import Progress

# How long a scheduler may be away, and a cluster without a worker that fits.
PATIENCE = 120
# Units that are out at once for each of the cluster's threads: the next one is there when one ends.
_AHEAD = 2
_MOST = 256
# A unit is asked for again when the scheduler was away; so often it is not, unless nothing stands still.
_ASKED = 200

_GATHERED = "thidua.fleet.one_unit.gathered"
# Sections of a unit that run at once: its worker has other units beside it.
_SECTIONS = 2

_UNFIT = "không máy nào có đúng môi trường đã khóa; hãy cài lại theo uv.lock rồi chạy lại"
_NOBODY = "chưa có máy nào nhận việc; hãy khởi động các máy rồi chạy lại"


def made_on(
    address: str,
    units: Sequence[Unit],
    storage: str,
    progress: Progress,
    say: Callable[[str], None],
    *,
    fresh: bool,
) -> Iterator[Outcome]:
    """The outcomes of all units in the order in which they end; their sealed runs are at the ``storage``.

    ``say`` hears which workers are refused, and why. ClusterError where there is no cluster or no worker that fits.
    """
    behind = length_of(storage) if fresh else 0
    with Cluster(address, say) as cluster:
        ahead = max(1, min(_MOST, _AHEAD * cluster.threads, len(units)))

        def outcome(unit: Unit) -> Outcome:
            progress.part(unit.folder, 0, 1)
            made = _outcome(cluster, Task(unit, storage, _SECTIONS, fresh, behind=behind))
            progress.part(unit.folder, 1, 1)
            return made

        with ThreadPoolExecutor(ahead) as pool:
            for done in as_completed([pool.submit(outcome, unit) for unit in units]):
                yield done.result()


class Cluster:
    """A connection to a cluster, whose scheduler may go away for a while. Threads may share it."""

    def __init__(self, address: str, say: Callable[[str], None]):
        self.address = address
        self._say = say
        self._wanted = locked_environment()
        self._known: dict[str, bool] = {}
        self._lock = threading.Lock()
        self._client = self._connected()

    def __enter__(self) -> Cluster:
        try:
            self._fit()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def hash_of(self, *what: str) -> str:
        """What tells work apart that is asked of a cluster: by what it is about and the environment that is wanted."""
        return hashlib.sha256(repr((what, sorted(self._wanted.items()))).encode()).hexdigest()[:16]

    @property
    def threads(self) -> int:
        """How many units the workers that fit run at once."""
        return sum(w["nthreads"] for name, w in self._workers().items() if self._known.get(name))

    def made(self, key: str, task: Task) -> Outcome:
        """The outcome of a unit. Two that ask for one key get the work of one.

        ClusterError where the scheduler does not come back, or the unit ends each worker that runs it.
        """
        from distributed import KilledWorker
        from distributed.client import ClosedClientError

        lost_since: float | None = None
        for _ in range(_ASKED):
            future = None
            try:
                fit = self._fit()
                lost_since = None  # it answers again: what is lost next is lost anew
                future = self._client.submit(made_on_worker, self._wanted, task, key=key, workers=fit, retries=0)
                return self._result(future, fit)
            except (Unfit, ImportError):  # a worker that came while the unit was on its way
                with self._lock:
                    self._known.clear()
            except KilledWorker as error:
                raise ClusterError(self.address, _killed(error)) from None
            except (CancelledError, OSError, ClosedClientError, _Away):
                lost_since = lost_since or time.monotonic()
                if time.monotonic() - lost_since > PATIENCE:
                    break
                time.sleep(1)
            finally:
                if future is not None:
                    future.release()
        raise ClusterError(self.address, "bộ điều phối đi đâu mất hoặc các máy thay đổi liên tục; chạy lại để làm tiếp")

    def _result(self, future: Any, fit: list[str] | None) -> Outcome:
        """Wait for it, unless none of the workers that it may go to is there any more."""
        while True:
            try:
                return future.result(timeout=10)  # type: ignore[no-any-return]
            except TimeoutError:
                if fit and not set(fit) & self._workers().keys():
                    future.cancel()
                    raise _Away(self.address, "các máy nhận việc đều đã tắt") from None

    def _connected(self) -> Any:
        try:
            from distributed import Client
        except ImportError:
            raise NoClusterLibrary from None
        try:
            return Client(self.address, timeout=PATIENCE / 8, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            what = f"không nối được tới bộ điều phối ({error}); hãy kiểm tra địa chỉ, ví dụ tcp://10.0.0.5:8786"
            raise _Away(self.address, what) from None

    def _workers(self) -> dict[str, Any]:
        """The workers that the scheduler has, by their addresses."""
        with self._lock:
            if self._client.status == "closed":  # the scheduler was away for longer than the library waits
                self._client = self._connected()
        return self._client.scheduler_info()["workers"]  # type: ignore[no-any-return]

    def _fit(self) -> list[str] | None:
        """Where units may go; None where every worker fits. Waits for one that does."""
        until = time.monotonic() + PATIENCE
        while True:
            there = self._workers()
            with self._lock:
                self._judge([name for name in there if name not in self._known])
            if fit := [name for name in there if self._known[name]]:
                return None if len(fit) == len(there) else fit
            if time.monotonic() > until:
                raise ClusterError(self.address, _UNFIT if there else _NOBODY)
            time.sleep(1)

    def _judge(self, workers: list[str]) -> None:
        """Ask workers that nobody knows yet what they are made of; name those that are refused."""
        answers = self._client.run(environment, workers=workers, on_error="return") if workers else {}
        for worker, there in answers.items():
            if isinstance(there, ImportError):
                found = ["chưa cài thidua"]
            elif isinstance(there, Exception):
                found = [f"không trả lời được ({there})"]
            else:
                found = differences(there, self._wanted)
            self._known[worker] = not found
            if found:
                told = first_of(found, 5, "chỗ")
                self._say(f"Không giao việc cho máy {worker}, vì khác môi trường đã khóa: {told}")


class _Away(ClusterError):
    """Somebody is away who may come back."""


def _outcome(cluster: Cluster, task: Task) -> Outcome:
    began, unit, storage = time.monotonic(), task.unit, str(task.goes_to)
    try:
        if not unit.address:
            if _gathers_here(unit) and (lost := apart(_GATHERED, unit)):
                return cast(Outcome, lost)
            task = replace(task, bundle=push_bundle(suite_files(unit.root), storage))
        told_apart = cluster.hash_of(task.bundle or unit.address, storage, "fresh" if task.fresh else "")
        return cluster.made(f"thidua-{unit.folder}-{unit.period}-{told_apart}", task)
    except (ThiduaError, Died) as error:
        lost = failed(unit, str(error))
    except Exception as error:  # what a worker raised that no unit's process did
        lost = failed(unit, f"máy nhận việc gặp sự cố ({type(error).__name__}: {error})")
    return lost.model_copy(update={"seconds": round(time.monotonic() - began, 2)})


def _gathers_here(unit: Unit) -> bool:
    """Whether a report is made of sealed runs in folders of this machine, which no other may reach."""
    try:
        content = read_yaml_text(unit.params_file).content
    except (OSError, ValueError):  # its own run tells
        return False
    gathered = content.get("gathered") if isinstance(content, dict) else None
    runs = gathered.get("runs") if isinstance(gathered, dict) else None
    return any(not is_address(str(each)) for each in (runs if isinstance(runs, list) else [runs] if runs else []))


def _killed(error: Any) -> str:
    worker = getattr(getattr(error, "last_worker", None), "address", "")
    return f"máy nhận việc chết giữa chừng nhiều lần, lần cuối là {worker}; thường vì hết bộ nhớ"
