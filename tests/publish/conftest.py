"""One small report for all tests of what is published, made once, and opened in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from once import once
from publish.small import small_report


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run's files."""
    return once(tmp_path_factory, "bao-cao", small_report)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop screen with the network off."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", has_touch=True)
    context.set_offline(True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def report(run: Path, context: BrowserContext) -> Page:
    """The report on the screen."""
    return _opened(context, run / "bao-cao.html")


@pytest.fixture
def review(run: Path, context: BrowserContext) -> Page:
    """The reviewer's page."""
    return _opened(context, run / "review" / "index.html")


def _opened(context: BrowserContext, file: Path) -> Page:
    page = context.new_page()
    page.goto(file.as_uri())
    return page
