"""The time zone that sections and charts see, whatever the machine's is."""

from __future__ import annotations

# A day begins when it does in Vietnam. So written, it needs no database of zones.
VIETNAM = "ICT-7"
