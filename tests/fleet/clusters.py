"""A Dask cluster on loopback as an administrator starts one: a scheduler and workers, each a process to be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil


class Cluster:
    """A scheduler that may be started again at its address, and workers, each with a temporary folder of its own."""

    def __init__(self, folder: Path):
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._scheduler()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    def worker(self, *more: str, **settings: str) -> Path:
        """Start a worker that runs a unit at a time, with ``more`` options; its temporary folder."""
        number = len(self._workers) + 1
        aside = self._folder / f"may-{number}"
        aside.mkdir()
        options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(aside), "--name", f"may-{number}"]
        self._workers.append(self._started("worker", self.address, *options, *more, TMPDIR=str(aside), **settings))
        return aside

    def kill_worker(self, number: int) -> None:
        """Kill -9 the process that does the work of a worker, as a machine that goes off; its nanny starts another."""
        nanny = psutil.Process(self._workers[number - 1].pid)
        for each in nanny.children(recursive=True):
            if any("spawn_main" in word for word in each.cmdline()) and each.ppid() == nanny.pid:
                each.kill()

    def restart_scheduler(self) -> None:
        """Kill -9 the scheduler and start it again; what it knew is gone."""
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = self._scheduler()

    def end(self) -> None:
        for process in (*self._workers, self.scheduler):
            for each in (
                (*psutil.Process(process.pid).children(recursive=True), process) if process.poll() is None else ()
            ):
                each.kill()
            process.wait()

    def _scheduler(self) -> subprocess.Popen[bytes]:
        options = ["--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard", "--no-show"]
        return self._started("scheduler", *options)

    def _started(self, what: str, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
        log = (self._folder / f"{what}.log").open("ab")
        with log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | settings)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.end()
