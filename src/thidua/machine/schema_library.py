"""The library that checks JSON by schemas: nbformat, papermill and Altair all load it, in every process."""

from __future__ import annotations

from thidua.machine.loading import load_without

# Optional checkers of formats such as internationalised addresses. The library loads whichever are installed, and one
# builds a grammar for longer than all else takes that a command imports; no notebook or chart has such a value.
_UNUSED = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


def load_schema_library() -> None:
    """Load it without the checkers, unless it is there already."""
    load_without("jsonschema", _UNUSED)
