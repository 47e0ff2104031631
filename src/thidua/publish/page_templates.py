"""How the pages around a report are filled in: the reviewer's, and those that compare runs."""

from __future__ import annotations

from importlib.metadata import version

import jinja2
from jinja2.bccache import Bucket

from thidua.machine.own_library import library_hash
from thidua.machine.store import Store, key_of


def page_templates(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """Templates of pages: values are escaped, a name that nobody gave is a mistake."""
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_Compiled(),
    )


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates in the user's cache, as Python keeps compiled modules: compiling takes longer than filling in.

    What a template is compiled to follows from its text and from the library, whose filters it calls.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where something is kept for it."""
        if (kept := _store().get(_key(bucket))) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        _store().put(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    told = (bucket.key, bucket.checksum, version("jinja2"), library_hash())
    return key_of(*(text.encode() for text in told))


def _store() -> Store:
    return Store("templates", limit=16 * 2**20)
