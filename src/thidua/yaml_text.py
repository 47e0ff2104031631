"""YAML files that an officer edits, read as plain text: every value is what was typed, with the line where it stands.

YAML's own guesses would make «no» a truth value, «015» the number 13 and «12:30» a count of seconds. Aliases, tags and
repeated names have no place in a list of settings: aliases can make a small file endless, a repeated name hides the
first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1_000_000
_MAX_DEPTH = 30
# The parser's time grows with the square of open brackets.
_MAX_BRACKETS = 1_000
_NULL = "tag:yaml.org,2002:null"
_PLAIN = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", _NULL)

Place = tuple[str | int, ...]


@dataclass
class YamlText:
    """The content as dicts, lists, str and None; ``lines`` by the path of names and indices; ``faults`` as
    (line, found, expected)."""

    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)


class _Loader(yaml.SafeLoader):
    """Guesses nothing but the absence of a value, and builds no aliases."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def read_yaml_text(path: Path) -> YamlText:
    """Read a file. Faults say what is wrong with its form; OSError where it cannot be read."""
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    found = YamlText()
    if len(raw) > MAX_BYTES:
        found.faults.append((0, f"tệp lớn trên {MAX_BYTES // 1000} kB", "một tệp tham số ngắn gọn"))
        return found
    if raw.count(b"[") + raw.count(b"{") > _MAX_BRACKETS:
        found.faults.append((0, f"tệp có trên {_MAX_BRACKETS} dấu ngoặc", "một tệp tham số ngắn gọn"))
        return found
    try:
        node = _Loader(raw.decode("utf-8-sig")).get_single_node()
    except UnicodeDecodeError:
        found.faults.append((0, "tệp không ở mã UTF-8", "tệp lưu lại ở mã UTF-8"))
    except yaml.MarkedYAMLError as error:
        found.faults.append(_syntax(error))
    except (yaml.YAMLError, RecursionError):
        found.faults.append((0, "tệp sai cú pháp YAML hoặc có ký tự lạ", "tệp YAML đúng cú pháp, mã UTF-8"))
    else:
        if node is not None:
            found.content = _value(node, (), found)
    return found


def _syntax(error: yaml.MarkedYAMLError) -> tuple[int, str, str]:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    if error.problem == "alias":
        return line, "dùng bí danh (dấu *) của YAML", "giá trị viết đầy đủ, hoặc đặt trong dấu nháy kép"
    column = f", cột {mark.column + 1}" if mark else ""
    expected = "cú pháp YAML đúng: tên: giá trị, thụt lề bằng dấu cách; giá trị có dấu : hoặc # đặt trong dấu nháy kép"
    return line, f"sai cú pháp YAML{column}", expected


def _value(node: yaml.Node, place: Place, found: YamlText) -> Any:
    line = node.start_mark.line + 1
    found.lines.setdefault(place, line)
    if len(place) > _MAX_DEPTH:
        found.faults.append((line, f"lồng nhau trên {_MAX_DEPTH} cấp", "các tham số lồng nhau ít cấp hơn"))
        return None
    if node.tag not in _PLAIN:
        found.faults.append((line, f"dùng thẻ {node.tag} của YAML", "giá trị viết thẳng, không kèm thẻ có dấu !"))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, number), found) for number, item in enumerate(node.value)]
    return None if node.tag == _NULL else str(node.value)


def _mapping(node: yaml.MappingNode, place: Place, found: YamlText) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            found.faults.append((line, "tên tham số không phải là chữ", "tên: giá trị"))
            continue
        name = str(key.value)
        if name in content:
            first = found.lines[(*place, name)]
            found.faults.append((line, f"tham số «{name}» ghi hai lần, lần đầu ở dòng {first}", "mỗi tham số một lần"))
            continue
        found.lines[(*place, name)] = line
        content[name] = _value(value, (*place, name), found)
    return content
