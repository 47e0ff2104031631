"""What was measured, as tables and a chart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from comparing.ways import LOOP

_BEGIN, _END = "<!-- measured -->", "<!-- end of what was measured -->"


def written(results: dict[str, Any], folder: Path | None) -> str:
    """The tables; with a folder, results.json, chart.svg and what its README.md has between the two marks too."""
    tables = "\n".join(_lines(results))
    if folder is not None:
        text = json.dumps(results, ensure_ascii=False, indent=1) + "\n"
        (folder / "results.json").write_text(text, encoding="utf-8")
        (folder / "chart.svg").write_text(_chart(results), encoding="utf-8")
        readme = folder / "README.md"
        head, _, rest = readme.read_text(encoding="utf-8").partition(_BEGIN)
        tail = rest.partition(_END)[2]
        readme.write_text(f"{head}{_BEGIN}\n\n{tables}\n{_END}{tail}", encoding="utf-8")
    return tables


def _lines(results: dict[str, Any]) -> Iterator[str]:
    machine = results["machine"]
    busy = machine["load"] > machine["processors"] / 2
    yield (
        f"On {machine['processors']} processors ({machine['processor']}), {machine['memory']} of memory, "
        f"{machine['system']}. Rounds: {results['rounds']}. Times are medians, spreads from the least to the most. "
        f"Load before it began: {machine['load']}"
        + (": **the machine was busy with other work**, so times say little and ratios are rough." if busy else ".")
    )
    yield "\n![How many times as fast as the papermill loop each way is](chart.svg)"
    for name, suite in results["suites"].items():
        yield f"\n### {name[0].upper()}{name[1:]}, {suite['notebooks']} notebooks\n"
        yield "| way | what comes out | seconds | of the processor | times as fast as the loop | times less work |"
        yield "|---|---|---|---|---|---|"
        for way, took in suite["ways"].items():
            yield _row(way, took, suite["ways"][LOOP]["rounds"])
        same = "to the byte" if not suite["different"] else f"but for {', '.join(suite['different'])}"
        yield f"\nOur executed notebooks are papermill's {same}."
        yield from _typesetting(suite["typesetting"])
    yield "\nVersions: " + ", ".join(f"{name} {number}" for name, number in results["versions"].items()) + "."


def _row(way: str, took: dict[str, Any], loop: Sequence[dict[str, float]]) -> str:
    name = f"**{way}**" if took["ours"] else way
    if "failed" in took:
        return f"| {name} | not measured: {took['failed'].replace('|', '/')} | | | | |"
    wall, processor = ([here[key] for here in took["rounds"]] for key in ("wall", "processor"))
    faster, work = (_ratios(loop, took["rounds"], key) for key in ("wall", "processor"))
    times = f"{_spread(wall)} | {_spread(processor)} | {_spread(faster)} | {_spread(work)}"
    return f"| {name} | {took['makes']} | {times} |"


def _ratios(loop: Sequence[dict[str, float]], rounds: Sequence[dict[str, float]], key: str) -> list[float]:
    """Of the papermill loop and another way, round by round."""
    return [there[key] / here[key] for there, here in zip(loop, rounds, strict=True)]


def _typesetting(took: dict[str, Any]) -> Iterator[str]:
    yield "\nTypesetting the same report, tagged:\n"
    if "failed" in took:
        yield f"not measured: {took['failed']}"
        return
    yield "| typesetter | pages | seconds | of the processor |"
    yield "|---|---|---|---|"
    for name, rounds in took.items():
        wall, processor = ([each[key] for each in rounds] for key in ("wall", "processor"))
        yield f"| {name} | {rounds[0]['pages']} | {_spread(wall, 2)} | {_spread(processor, 2)} |"
    ratios = _ratios(took["WeasyPrint"], took["Typst"], "processor")
    yield f"\nWeasyPrint takes {_spread(ratios)} times the work of Typst."


def _spread(values: Sequence[float], decimals: int = 1) -> str:
    middle, least, most = (f"{value:.{decimals}f}" for value in (median(values), min(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({least} to {most})"


def _chart(results: dict[str, Any]) -> str:
    """How many times as fast as the papermill loop each way is, on a scale of equal ratios."""
    import altair as alt
    import pandas as pd
    import vl_convert

    rows = [
        {"suite": name, "way": way, "ours": took["ours"], "ratio": ratio}
        for name, suite in results["suites"].items()
        for way, took in suite["ways"].items()
        if took["rounds"]
        for ratio in _ratios(suite["ways"][LOOP]["rounds"], took["rounds"], "wall")
    ]
    frame = pd.DataFrame(rows)
    order = list(frame.groupby("way")["ratio"].median().sort_values(ascending=False).index)
    base = alt.Chart(frame).encode(y=alt.Y("way:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)))
    colour = alt.Color("ours:N", scale=alt.Scale(domain=[True, False], range=["#0b6e4f", "#8a8f98"]), legend=None)
    x = alt.X(
        "median(ratio):Q",
        scale=alt.Scale(type="log", nice=False, padding=16),
        title="times as fast as the papermill loop (log scale)",
    )
    bars = base.mark_point(filled=True, size=80).encode(x=x, color=colour)
    spread = base.mark_rule().encode(x=alt.X("min(ratio):Q"), x2="max(ratio):Q", color=colour)
    labels = base.mark_text(align="left", dx=9).encode(x=x, text=alt.Text("median(ratio):Q", format=".1f"))
    chart = alt.layer(spread, bars, labels).properties(width=420).facet(row=alt.Row("suite:N", title=None))
    chart = chart.configure(font="sans-serif", background="white")
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return svg
