"""The record of what a section asked for, as it is kept."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Record):
    """A question to the data: what was asked, by which names, and the fingerprint of what counts of the answer."""

    question: str
    names: tuple[str, ...]
    answer: str


class Recording(_Record):
    """All that the outputs of a section follow from besides its notebook and the software, as fingerprints.

    ``period`` is that of the report it opened, empty where it opened none; ``params`` those read, by their paths;
    ``past`` that of all earlier periods, where it asked for them; ``files`` those opened, within the suite by their
    path there, and folders that were listed, with a slash at the end. ``beyond`` says, in words for the officer, what
    the section did that no record shows; empty where the record is whole.
    """

    period: str
    asked: tuple[Asked, ...]
    params: dict[str, str]
    past: str
    files: dict[str, str]
    beyond: str = ""
