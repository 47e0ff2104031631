"""A time that is left, as one can look at it: it counts down, and corrects itself without leaping to and fro."""

from __future__ import annotations

from math import exp

# A new estimate that differs by so much of the old one is no news; one that differs more is followed within seconds.
_SAME, _WITHIN = 0.2, 4.0


class Countdown:
    """Steadies estimates of the time that is left."""

    def __init__(self) -> None:
        self.left: float | None = None
        self._when = 0.0

    def at(self, now: float, estimate: float | None) -> float | None:
        """The seconds that are left at this moment, 0 or more, given an estimate; None while there is none."""
        if estimate is None or self.left is None:
            self.left = estimate
        else:
            counted = max(0.0, self.left - (now - self._when))
            news = estimate - counted
            step = 1 - exp(-(now - self._when) / _WITHIN)
            self.left = counted + step * news if abs(news) > _SAME * counted + 1 else counted
        self._when = now
        return self.left


def in_words(seconds: float) -> str:
    """«còn khoảng 35 giây», «còn khoảng 4 phút», «sắp xong»: no finer than anybody can know."""
    if seconds < 3:
        return "sắp xong"
    if seconds < 10:
        return f"còn khoảng {round(seconds)} giây"
    if seconds < 90:
        return f"còn khoảng {5 * round(seconds / 5)} giây"
    if seconds < 90 * 60:
        return f"còn khoảng {round(seconds / 60)} phút"
    return f"còn khoảng {seconds / 3600:.1f} giờ".replace(".", ",")
