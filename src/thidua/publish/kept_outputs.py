"""Outputs that are taken as an earlier run made them, where all that they follow from is the same.

Only what is made by one function of values that can be written down whole, and only by the very software of then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from thidua.machine.store import Store, key_of

_LIMIT = 128 * 2**20


class KeptOutputs:
    """The outputs that are kept under ``software``, which says all that made them besides their inputs.

    Without it nothing is kept. With ``fresh`` all are made, and kept for those who come later.
    """

    def __init__(self, software: str = "", *, fresh: bool = False):
        self._software = software
        self._fresh = fresh
        self._store = Store("outputs", limit=_LIMIT)

    def taken(self, name: str, follows_from: Callable[[], Iterable[Any]], make: Callable[[], bytes]) -> bytes:
        """The output of a name, kept or made now.

        ``follows_from`` gives all that it is made of, piece by piece, as JSON. It is asked again of what was made: an
        input that somebody saved meanwhile would else stand behind the hash of the one before.
        """
        if not self._software:
            return make()
        key = self._key(name, follows_from)
        if not self._fresh and (kept := self._store.get(key)) is not None:
            return kept
        content = make()
        if self._key(name, follows_from) == key:
            self._store.put(key, content)
        return content

    def _key(self, name: str, follows_from: Callable[[], Iterable[Any]]) -> str:
        digest = hashlib.sha256()
        for piece in follows_from():
            digest.update(hashlib.sha256(json.dumps(piece, ensure_ascii=False).encode()).digest())
        return key_of(self._software.encode(), name.encode(), digest.digest())


NOTHING_KEPT = KeptOutputs()
