"""What axe finds wrong with a page that is open in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What else it finds is not asked for: all elements that break nothing are a long answer.
_RUN = """([but, rules]) => {
    const options = {resultTypes: ['violations']};
    if (rules.length) options.runOnly = {type: 'rule', values: rules};
    const within = but.length ? {exclude: but.map(what => [what])} : document;
    return axe.run(within, options).then(found =>
        found.violations.map(broken => `${broken.id}: ${broken.nodes[0].html.slice(0, 200)}`));
}"""

# What colours may break, and what widths may: the other rules find the same by night as by day.
BY_COLOURS = ("color-contrast", "link-in-text-block")
BY_SCREEN = (*BY_COLOURS, "scrollable-region-focusable", "target-size")

# Rows, paragraphs and notes are alike: a few of them stand for all.
_FEW = """document.querySelectorAll("tbody tr:nth-child(n + 5), .part > p:nth-of-type(n + 7), ol > li:nth-child(n + 5)")
    .forEach(alike => alike.remove())"""


@cache
def _script() -> str:
    script: str = Axe().axe_script
    return script


def violations(page: Page, rules: Sequence[str] = (), *, but: Sequence[str] = ()) -> list[str]:
    """What breaks a rule, of all or of these, a line for each rule; ``but`` are selectors of what is not looked at."""
    if page.evaluate("typeof axe") == "undefined":  # it is long, and a page needs it once
        page.evaluate(_script())
    found: list[str] = page.evaluate(_RUN, [list(but), list(rules)])
    return found


def leave_few(page: Page) -> None:
    """Take away most of what the page has many of, which would be looked at anew for each look of the page."""
    page.evaluate(_FEW)
