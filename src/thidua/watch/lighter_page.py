"""The report's page without the library that draws its charts: more than half of the page, and the same each time.

The page that a draft shows is loaded after each save. It shows its charts as drawings at once; the page around it adds
the library, which the browser keeps, and they come alive.
"""

from __future__ import annotations

from thidua.charts.interactive import drawing_library
from thidua.publish.html.screen import asset

_CHARTS = "scripts/charts.js"
_OWN, _SERVED = "script-src 'unsafe-inline'", "script-src 'self' 'unsafe-inline'"


def lighter(html: str) -> str:
    """A page that may load scripts from where it comes from, without those of its charts."""
    if asset(_CHARTS) not in html:
        return html
    page, _, rest = html.partition(drawing_library())
    return page.replace(_OWN, _SERVED, 1) + rest.replace(asset(_CHARTS), "", 1)


def charts_script() -> str:
    """What ``lighter`` leaves out."""
    return f"{drawing_library()}\n{asset(_CHARTS)}"
