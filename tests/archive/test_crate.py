"""What ro-crate-metadata.json says, by the Process Run Crate profile 0.5."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import platform
from pathlib import Path
from typing import Any

import bagit
import pytest

from archive.conftest import Runs
from archive.folders import copied
from thidua.archive.bag import payload
from thidua.archive.origin import CRATE, Basis, basis_of, graph_of, origin_of, software_here

pytestmark = pytest.mark.slow

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"


@pytest.fixture(scope="module")
def crate(runs: Runs) -> dict[str, dict[str, Any]]:
    content = json.loads((runs.corrected / "data" / CRATE).read_text(encoding="utf-8"))
    assert content["@context"] == "https://w3id.org/ro/crate/1.1/context"
    return {e["@id"]: e for e in content["@graph"]}


def _ids(value: Any) -> list[str]:
    return [v["@id"] for v in (value if isinstance(value, list) else [value])]


def _action(crate: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return next(e for e in crate.values() if e["@type"] == "CreateAction")


def test_the_run_passes_the_public_bag_tool(runs: Runs) -> None:
    bagit.Bag(str(runs.corrected)).validate()


def test_the_root_has_what_the_standard_and_the_profile_require(crate: dict[str, dict[str, Any]]) -> None:
    assert crate[CRATE]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert crate[CRATE]["about"] == {"@id": "./"}
    root = crate["./"]
    assert PROFILE in _ids(root["conformsTo"]) and crate[PROFILE]["@type"] == "CreativeWork"
    assert all(root[key] for key in ("name", "description", "license", "datePublished", "publisher"))
    assert dt.datetime.fromisoformat(root["datePublished"]).tzinfo
    assert _action(crate)["@id"] in _ids(root["mentions"])


def test_every_reference_leads_to_an_entity_and_every_file_of_the_run_is_described(
    runs: Runs, crate: dict[str, dict[str, Any]]
) -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]] if set(value) == {"@id"} else [r for v in value.values() for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    outside = ("https://w3id.org/ro/crate/", "https://pypi.org/project/", "https://www.")
    found = {r for e in crate.values() for r in references(e)}
    assert [r for r in found if r not in crate and not r.startswith(outside)] == []
    files = {id for id, e in crate.items() if "File" in e["@type"]}
    assert files == set(payload(runs.corrected)) - {CRATE}
    parts = set(_ids(crate["./"]["hasPart"])) | set(_ids(crate["inputs/library/"]["hasPart"]))
    assert files <= parts


def test_the_action_says_who_when_where_with_what_from_what_and_what_came_out(
    crate: dict[str, dict[str, Any]],
) -> None:
    action = _action(crate)
    assert crate[action["agent"]["@id"]]["name"] == getpass.getuser()
    assert crate[action["location"]["@id"]]["name"] == platform.node()
    start, end = (dt.datetime.fromisoformat(action[key]) for key in ("startTime", "endTime"))
    assert start <= end
    software = crate[action["instrument"]["@id"]]
    assert software["@type"] == "SoftwareApplication" and software["softwareVersion"]
    needed = {crate[id]["name"]: crate[id]["softwareVersion"] for id in _ids(software["softwareRequirements"])}
    assert needed["Python"] == platform.python_version()
    assert {"pandas", "typst", "papermill"} <= needed.keys()
    assert {"inputs/2031-Q2.yaml", "inputs/raw/kinh-te.xlsx", "inputs/notebooks/10_kinh_te.ipynb"} <= set(
        _ids(action["object"])
    )
    results = set(_ids(action["result"]))
    assert {"bao-cao.pdf", "figures.json", "checks.json", "notebooks/10_kinh_te.ipynb"} <= results
    assert not any(id.startswith("inputs/") for id in results)


def test_an_accepted_finding_says_who_and_why(crate: dict[str, dict[str, Any]]) -> None:
    accepted = [e for e in crate.values() if e["@type"] == "AcceptAction"]
    assert len(accepted) == 1
    assert crate[accepted[0]["agent"]["@id"]]["name"] == "Lê Thị Soát"
    assert "đơn vị tính theo diện tích cũ" in accepted[0]["description"]
    assert accepted[0]["@id"] in _ids(crate["./"]["mentions"])


def test_the_locked_environment_and_the_library_are_in_the_run(runs: Runs) -> None:
    assert {"inputs/library/uv.lock", "inputs/library/pyproject.toml", "inputs/library/src/thidua/cli.py"} <= set(
        payload(runs.first)
    )


def test_a_run_says_of_each_section_whether_it_follows_from_its_inputs_alone(runs: Runs, tmp_path: Path) -> None:
    origin = origin_of(graph_of(runs.first))
    assert origin and origin.follows and list(origin.beyond) == ["01_mo_dau", "10_kinh_te", "90_ky"]
    basis = basis_of(runs.first)
    assert basis == Basis(inputs=runs.first.name, files=(), software=software_here())
    old = copied(runs.first, tmp_path) / "data" / CRATE
    content = json.loads(old.read_text(encoding="utf-8"))
    content["@graph"] = [e for e in content["@graph"] if e["@type"] != "PropertyValue"]
    old.write_text(json.dumps(content), encoding="utf-8")
    assert basis_of(old.parents[1]) is None  # one that does not say is made anew


def test_what_is_about_the_run_itself_stands_in_no_other_file(runs: Runs) -> None:
    told = [str(runs.root), dt.datetime.now().astimezone().strftime("%Y-%m-%d")]
    for name, path in payload(runs.first).items():
        if name != CRATE and not name.startswith("inputs/"):
            content = path.read_bytes()
            assert not any(word.encode() in content for word in told), name
