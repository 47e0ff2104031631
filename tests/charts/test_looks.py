"""The theme: apart in grey print and for colour-blind readers."""

from __future__ import annotations

from itertools import combinations

import pytest

from thidua.charts.theme import THEME

TOGETHER = {
    "progress": (THEME.track, THEME.done, THEME.over),
    "change": (THEME.rise, THEME.fall),
    "measures": tuple(colour for colours in THEME.measures.values() for colour in colours),
}
# Machado, Oliveira, Fernandes (2009), severity 1.0, for linear RGB.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
WHITE = (0.95047, 1.0, 1.08883)
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))

Vector = tuple[float, float, float]


@pytest.mark.parametrize("colours", TOGETHER.values(), ids=TOGETHER)
def test_colours_that_stand_together_differ_in_lightness(colours: tuple[str, ...]) -> None:
    for a, b in combinations(colours, 2):
        assert abs(lab(linear(a))[0] - lab(linear(b))[0]) >= 13, (a, b)


def test_neighbouring_parts_differ_most_in_lightness() -> None:
    for a, b in zip(THEME.parts, THEME.parts[1:], strict=False):
        assert abs(lab(linear(a))[0] - lab(linear(b))[0]) >= 25, (a, b)


@pytest.mark.parametrize("matrix", BLINDNESS.values(), ids=BLINDNESS)
def test_colour_blind_readers_tell_them_apart(matrix: tuple[Vector, Vector, Vector]) -> None:
    for colours in (*TOGETHER.values(), THEME.parts):
        for a, b in combinations(colours, 2):
            seen = [lab(times(matrix, linear(c))) for c in (a, b)]
            assert sum((x - y) ** 2 for x, y in zip(*seen, strict=True)) ** 0.5 >= 15, (a, b)


def test_texts_have_the_contrast_that_small_letters_need() -> None:
    for colour in (THEME.ink, THEME.quiet):
        luminance = times(TO_XYZ, linear(colour))[1]
        assert 1.05 / (luminance + 0.05) >= 4.5


def linear(colour: str) -> Vector:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))  # type: ignore[return-value]


def times(matrix: tuple[Vector, Vector, Vector], vector: Vector) -> Vector:
    return tuple(min(1.0, max(0.0, sum(m * v for m, v in zip(row, vector, strict=True)))) for row in matrix)  # type: ignore[return-value]


def lab(colour: Vector) -> Vector:
    """CIE L*a*b* of a colour in linear RGB."""
    xyz = [sum(m * v for m, v in zip(row, colour, strict=True)) for row in TO_XYZ]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (v / w for v, w in zip(xyz, WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
