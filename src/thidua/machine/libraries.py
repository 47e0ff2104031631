"""What libraries remark while they work."""

from __future__ import annotations

import logging
from collections import deque

_KEPT = 500


class Remarks(logging.Handler):
    """In English and for developers, so kept for the log of a failure and not shown on the terminal."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: deque[str] = deque(maxlen=_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a remark as one line; of many, the last."""
        self.said.append(f"{record.levelname} {record.name}: {record.getMessage()}")


remarks = Remarks()
