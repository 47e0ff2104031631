"""What all tests share: property tests that find the same examples on every machine, however slow it is."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Generator, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import s3
from thidua.machine.light_libraries import lighten_schema_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser

lighten_schema_library()  # before any test imports it: that takes a second in each worker

_FLAGS = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-smooth-scrolling")
_QUIET = ("disable-background-networking", "disable-component-update", "disable-sync")

settings.register_profile("thidua", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("thidua")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, started where it is first asked for."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = [f"--{flag}" for flag in (*_FLAGS, *_QUIET)]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=arguments)
        yield browser
        browser.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--worlds 1000``: read the reports of so many invented units; ``--executions 1000``: run so many notebooks."""
    parser.addoption("--worlds", type=int, default=12, help="how many invented units' reports are read")
    parser.addoption("--executions", type=int, default=60, help="how many notebooks are run at once")


@pytest.fixture
def bucket(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The address of an empty bucket of a real storage, with all that a client needs in the environment."""
    for name, value in s3.settings(s3.shared(tmp_path_factory)[0]).items():
        monkeypatch.setenv(name, value)
    name = f"kho-{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]}"
    s3.client().mkdir(name)
    return f"s3://{name}"


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a browser, an office program or a run of their own."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: nobody need look through it again for what can be thrown away.

    Nor is what a test makes looked through at every 700 objects: it takes twice as long and finds the same.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Have each worker begin to import at another folder: what one has compiled, the others read.

    In a new clone they would compile every test and every module at the same time, each for itself.
    """
    report = yield
    worker = getattr(collector.config, "workerinput", {})
    if isinstance(collector, pytest.Dir) and worker:
        number = int(worker["workerid"].removeprefix("gw"))
        first = len(report.result) * number // int(worker["workercount"])
        report.result = report.result[first:] + report.result[:first]
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin every worker's part with long tests, each module's in one part: who runs one last makes the others wait.

    Parts are those that xdist deals out at first; short tests may then go from one to another.
    """
    items.sort(key=lambda item: item.path)  # all workers must know them in the same order
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    long: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("slow"):
            long.setdefault(item.nodeid.partition("::")[0], []).append(item)
    parts: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for module in long.values():
        min(parts, key=len).extend(module)
    short = iter([item for item in items if not item.get_closest_marker("slow")])
    for number, part in enumerate(parts):
        share = len(items) * (number + 1) // workers - len(items) * number // workers
        part += islice(short, max(0, share - len(part)))
    items[:] = [*(item for part in parts for item in part), *short]
