"""The run described as an RO-Crate by the Process Run Crate profile (https://w3id.org/ro/wfrun/process/0.5).

All that is about the run itself (when, who, where, how long, with which software) stands in this file and nowhere
else, so that every other file is the same for the same inputs.
"""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from thidua.archive.contents import FOLDER, LIBRARY, NOTEBOOKS, OWN, RAW, UNITS
from thidua.archive.origin import CRATE, Origin
from thidua.archive.software import Software
from thidua.archive.who import user
from thidua.settings.params import Params
from thidua.settings.period import Period

_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_THIDUA = "#thidua"
_TYPES = {".ipynb": "application/x-ipynb+json", ".yaml": "application/yaml", ".lock": "application/toml"}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFICE = {".xlsx": _SHEET, ".docx": _DOCX}
# Luật Sở hữu trí tuệ, Điều 15, khoản 2: administrative documents are not subject to copyright.
_LICENSE = "Văn bản hành chính, không thuộc phạm vi bảo hộ quyền tác giả (Luật Sở hữu trí tuệ, Điều 15)"

_VOLUME = re.compile(r"(bao-cao(?:-luu-tru)?)-tap-(\d+)(\.\w+)")
_NOT_IN_REFERENCES = re.compile(r'[ %"<>\\^`{|}]')

Entity = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What is about one run itself."""

    name: str
    start: dt.datetime
    end: dt.datetime
    who: str
    host: str
    software: Software
    origin: Origin


def run_by_this_process(name: str, start: dt.datetime, software: Software, origin: Origin) -> Run:
    """A run that this process began at ``start`` and has now ended."""
    return Run(name, start, dt.datetime.now(dt.UTC), user(), platform.node(), software, origin)


def write_crate(folder: Path, params: Params, run: Run) -> None:
    """Write ro-crate-metadata.json for all that stands in the folder."""
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": _graph(folder, params, run)}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / CRATE).write_text(text + "\n", encoding="utf-8", newline="\n")


def _graph(folder: Path, params: Params, run: Run) -> list[Entity]:
    names = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
    data = [name for name in names if name != CRATE and not name.startswith(f"{LIBRARY}/")]
    inputs = [name for name in data if name.startswith(f"{FOLDER}/")]
    outputs = [name for name in data if not name.startswith(f"{FOLDER}/")]
    library = [name for name in names if name.startswith(f"{LIBRARY}/")]
    findings = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    files = [_file(folder, name, params, findings) for name in data]
    source: Entity = {
        "@id": f"{LIBRARY}/",
        "@type": "Dataset",
        "name": f"Mã nguồn thidua {run.software.thidua} và môi trường đã khóa (uv.lock)",
        "hasPart": _links(library),
    }
    accepted = [_acceptance(f) for f in findings if f["accepted"]]
    return [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        _root(data, params, run, accepted),
        {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        *files,
        source,
        *({**_plain(folder, name), "name": name.removeprefix(f"{LIBRARY}/")} for name in library),
        _action(inputs, outputs, run),
        *run.origin.sections(),
        *run.origin.comments(),
        *_people(params, run),
        *_software(run.software),
        *(entity for pair in accepted for entity in pair),
    ]


def _root(data: Sequence[str], params: Params, run: Run, accepted: Sequence[Sequence[Entity]]) -> Entity:
    mentioned = _links(["#lan-chay", *(pair[0]["@id"] for pair in accepted)])
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": run.name,
        "name": f"{params.document.type.capitalize()}: {params.document.title}",
        "description": f"Báo cáo {params.parsed_period.name} của {params.unit.issuer_full}, cùng số liệu gốc, tham số, "
        "notebook, phần mềm và kết quả kiểm tra số liệu.",
        "datePublished": _time(run.end),
        "license": {"@id": "#giay-phep"},
        "conformsTo": {"@id": _PROFILE},
        "author": {"@id": "#don-vi"},
        "publisher": {"@id": "#don-vi"},
        "inLanguage": "vi",
        "hasPart": _links([*data, f"{LIBRARY}/"]),
        # A single value stands alone, as the standard recommends.
        "mentions": mentioned if len(mentioned) > 1 else mentioned[0],
        "comment": _links([e["@id"] for e in run.origin.comments()]),
    }


def _action(inputs: Sequence[str], outputs: Sequence[str], run: Run) -> Entity:
    seconds = (run.end - run.start).total_seconds()
    return {
        "@id": "#lan-chay",
        "@type": "CreateAction",
        "name": f"Lập báo cáo {run.name}",
        "description": f"thidua run, {seconds:.1f} giây",
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "startTime": _time(run.start),
        "endTime": _time(run.end),
        "agent": {"@id": "#nguoi-chay"},
        "instrument": {"@id": _THIDUA},
        "location": {"@id": "#may"},
        "object": _links([*inputs, f"{LIBRARY}/"]),
        "result": _links(outputs),
        "additionalProperty": _links([e["@id"] for e in run.origin.sections()]),
    }


def _people(params: Params, run: Run) -> list[Entity]:
    return [
        {"@id": "#nguoi-chay", "@type": "Person", "name": run.who, "affiliation": {"@id": "#don-vi"}},
        {"@id": "#don-vi", "@type": "Organization", "name": params.unit.issuer_full},
        {"@id": "#may", "@type": "Place", "name": run.host, "description": run.software.system},
        {"@id": "#giay-phep", "@type": "CreativeWork", "name": _LICENSE},
    ]


def _software(made_with: Software) -> list[Entity]:
    """The library and each package that it stands on, as applications with their versions."""
    python = {
        "@id": "https://www.python.org/",
        "@type": "SoftwareApplication",
        "name": "Python",
        "url": {"@id": "https://www.python.org/"},
        "softwareVersion": made_with.python,
    }
    packages = [
        {
            "@id": f"https://pypi.org/project/{name}/{version}/",
            "@type": "SoftwareApplication",
            "name": name,
            "url": {"@id": f"https://pypi.org/project/{name}/"},
            "softwareVersion": version,
        }
        for name, version in made_with.packages.items()
    ]
    needed: list[Entity] = [python, *packages]
    thidua: Entity = {
        "@id": _THIDUA,
        "@type": "SoftwareApplication",
        "name": "thidua",
        "url": {"@id": f"{LIBRARY}/"},
        "softwareVersion": made_with.thidua,
        "softwareRequirements": _links([e["@id"] for e in needed]),
    }
    if made_with.commit:
        thidua["description"] = f"commit {made_with.commit}"
    return [thidua, *needed]


def _file(folder: Path, name: str, params: Params, findings: Sequence[Mapping[str, Any]]) -> Entity:
    entity = _plain(folder, name)
    title, description = _said(name, params, findings)
    entity["name"] = title
    if description:
        entity["description"] = description
    return entity


def _plain(folder: Path, name: str) -> Entity:
    suffix = Path(name).suffix
    kind = _OFFICE.get(suffix) or _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {
        "@id": _id(name),
        "@type": "File",
        "encodingFormat": kind,
        "contentSize": str((folder / name).stat().st_size),
    }


def _said(name: str, params: Params, findings: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Title and description of a file, by where it stands."""
    base = Path(name).name
    if name.startswith(f"{RAW}/"):
        file = name.removeprefix(f"{RAW}/")
        if who := params.submitter(file):
            return f"Biểu số liệu {base}", who
        earlier = file.partition("/")[0]
        return f"Biểu số liệu {base}", f"Kỳ {Period.parse(earlier).name}, dùng để so" if Period.is_id(earlier) else ""
    if name.startswith(f"{UNITS}/"):
        unit, below, _ = name.removeprefix(f"{UNITS}/").partition("/")
        return (f"Lần chạy của đơn vị, {base}", unit) if below else ("Lần chạy đã lấy của các đơn vị", "")
    if name.startswith(f"{NOTEBOOKS}/"):
        return f"{'Notebook nguồn' if base.endswith('.ipynb') else 'Hình trong notebook'} {base}", ""
    if name.startswith(f"{OWN}/"):
        return f"Tệp {name.removeprefix(f'{OWN}/')}", "Một ô của notebook đọc tệp này"
    if name.startswith("notebooks/"):
        return f"Notebook đã chạy {base}", ""
    if name == "checks.json":
        accepted = sum(bool(f["accepted"]) for f in findings)
        return "Kết quả kiểm tra số liệu", f"{len(findings)} phát hiện, trong đó {accepted} được chấp nhận"
    if name.startswith(f"{FOLDER}/") and base not in (f"{params.period}.yaml", "rules.yaml"):
        return f"Tham số {Period.parse(Path(name).stem).name}", "Kỳ dùng để so"
    if volume := _VOLUME.fullmatch(name):
        first, note = _said(volume[1] + volume[3], params, findings)
        return f"{first}, tập {volume[2]}", note
    return {
        "bao-cao.html": ("Báo cáo, bản đọc trên màn hình", ""),
        "bao-cao.pdf": ("Báo cáo, bản in", ""),
        "bao-cao-luu-tru.pdf": ("Báo cáo, bản lưu trữ", ""),
        "bao-cao.docx": ("Báo cáo, bản Word", ""),
        "phieu-trinh.pdf": ("Phiếu trình người ký", ""),
        "tom-tat.pdf": ("Tóm tắt báo cáo, một trang", ""),
        "so-lieu.xlsx": ("Sổ đối chiếu số liệu", ""),
        "figures.json": ("Số liệu của báo cáo và nguồn gốc", ""),
        "review/index.html": ("Trang soát xét", ""),
        f"{FOLDER}/{params.period}.yaml": ("Tham số của báo cáo", ""),
        f"{FOLDER}/rules.yaml": ("Quy tắc kiểm tra số liệu", ""),
    }.get(name, (base, ""))


def _acceptance(finding: Mapping[str, Any]) -> tuple[Entity, Entity]:
    """Who let a finding stand, and why."""
    person = {
        "@id": f"#nguoi-chap-nhan-{finding['id']}",
        "@type": "Person",
        "name": finding["accepted_by"],
    }
    action = {
        "@id": f"#chap-nhan-{finding['id']}",
        "@type": "AcceptAction",
        "name": f"Chấp nhận phát hiện {finding['id']}",
        "description": f"{finding['message']}. Lý do: {finding['accepted_why']}",
        "agent": {"@id": person["@id"]},
        "object": {"@id": "checks.json"},
    }
    return action, person


def _id(name: str) -> str:
    """A path as a reference: what may not stand in one, such as the spaces in a unit's name, as codes."""
    return _NOT_IN_REFERENCES.sub(lambda letter: quote(letter[0]), name)


def _links(ids: Sequence[str]) -> list[dict[str, str]]:
    return [{"@id": _id(id)} for id in ids]


def _time(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
