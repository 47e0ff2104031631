"""Write the typeface as web pages carry it: the letters that a Vietnamese document has, as WOFF2.

Run with `uv run --with fonttools --with brotli scripts/web_fonts.py` after a change of the fonts.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parent.parent / "src" / "thidua" / "fonts"
# Latin with all Vietnamese letters, combining marks, punctuation, currency, arrows, mathematical signs, shapes.
LETTERS = (
    "U+0020-024F,U+0300-036F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20AB,U+20AC,U+2190-2193,U+2200-22FF,U+25A0-25FF"
)


def main() -> None:
    (FONTS / "web").mkdir(exist_ok=True)
    for file in sorted(FONTS.glob("LiberationSerif-*.ttf")):
        target = FONTS / "web" / f"{file.stem}.woff2"
        options = ["--flavor=woff2", f"--unicodes={LETTERS}", "--layout-features=kern,liga,mark,mkmk,ccmp,tnum"]
        subset.main([str(file), f"--output-file={target}", "--no-hinting", *options])


if __name__ == "__main__":
    main()
