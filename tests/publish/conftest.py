"""One small report for all tests of what is published, made once, and opened in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from once import once
from publish.small import small_report


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run's files."""
    return once(tmp_path_factory, "bao-cao", small_report)


_DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def desktop(browser: Browser) -> BrowserContext:
    """A desktop screen with the network off."""
    context = browser.new_context(viewport=_DESK, locale="vi-VN", has_touch=True)
    context.set_offline(True)
    context.set_default_timeout(10_000)
    return context


@pytest.fixture(scope="session")
def window(desktop: BrowserContext) -> Page:
    """The window that pages are opened in one after another: each window more costs a process."""
    return desktop.new_page()


@pytest.fixture
def opened(window: Page) -> Callable[[Path], Page]:
    """Loads a file anew, on the screen as it was at first."""

    def load(file: Path) -> Page:
        window.set_viewport_size(_DESK)
        window.emulate_media(media="null", color_scheme="null")
        window.goto(file.as_uri())
        return window

    return load


@pytest.fixture
def report(run: Path, opened: Callable[[Path], Page]) -> Page:
    """The report on the screen."""
    return opened(run / "bao-cao.html")


@pytest.fixture
def review(run: Path, opened: Callable[[Path], Page]) -> Page:
    """The reviewer's page."""
    return opened(run / "review" / "index.html")
