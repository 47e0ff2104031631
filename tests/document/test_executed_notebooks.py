from __future__ import annotations

import json

from thidua.document.executed import Texts, read_executed

SAID = "Diện tích gieo trồng cây lúa: 1.200 ha"


def test_what_sections_say_alike_is_held_once_however_often_they_say_it() -> None:
    shown = {"blocks": [{"runs": [{"title": SAID}]}], "figures": [{"label": SAID}]}
    cell = {
        "cell_type": "code",
        "source": SAID,
        "outputs": [{"output_type": "display_data", "data": {"a+json": shown}}],
    }
    content = json.dumps({"cells": [cell]}).encode()
    texts: Texts = {}
    found = [read_executed(content, texts).cells[0] for _ in range(2)]
    said = [c.outputs[0]["data"]["a+json"] for c in found]
    held = [s for each in said for s in (each["blocks"][0]["runs"][0]["title"], each["figures"][0]["label"])]
    assert held == [SAID] * 4
    assert len({id(text) for text in (*held, *(c.source for c in found))}) == 1
