"""How the pages around a report are filled in: the reviewer's, and those that compare runs."""

from __future__ import annotations

import jinja2


def page_templates(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """Templates of pages: values are escaped, a name that nobody gave is a mistake."""
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
