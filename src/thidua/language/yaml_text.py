"""YAML files that an officer edits, read as plain text: every value is what was typed, with the place where it stands.

YAML's own guesses would make «no» a truth value, «015» the number 13 and «12:30» a count of seconds. Aliases, tags and
repeated names have no place in a list of settings: aliases can make a small file endless, a repeated name hides the
first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml.composer import Composer

MAX_BYTES = 1_000_000
_MAX_DEPTH = 30
# The parser's time grows with the square of open brackets.
_MAX_BRACKETS = 1_000
_NULL = "tag:yaml.org,2002:null"
# None where PyYAML was built without it.
_IN_C: Any = getattr(yaml, "CSafeLoader", None)
# What the parser in C lets pass or sees at another place: tabs, tags, some uses of «?» and «#», lines that end by other
# characters, a last one that has no end, and no value before a comma.
_TOLD_APART = re.compile(r"[?!\t\x85\u2028\u2029\ufeff]|\r(?!\n)|[|>][^\n]*#|: *[,}\]]|[^\n]\Z")
_PLAIN = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", _NULL)

Place = tuple[str | int, ...]


class Spot(NamedTuple):
    """A place in a file, line and column counted from one; of no line where nothing stands for it."""

    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"dòng {self.line}, cột {self.column}" if self.line else ""


@dataclass
class YamlText:
    """The content as dicts, lists, str and None; where it stands by the path of names and indices; faults of form as
    (spot, found, expected)."""

    text: str = ""
    content: Any = None
    spots: dict[Place, Spot] = field(default_factory=dict)
    values: dict[Place, yaml.ScalarNode] = field(default_factory=dict)
    faults: list[tuple[Spot, str, str]] = field(default_factory=list)

    def spot(self, place: Place) -> Spot:
        """Where a value or its name begins, or the nearest thing around it."""
        while place and place not in self.spots:
            place = place[:-1]
        return self.spots.get(place, Spot())

    def spot_of(self, name: str, value: str) -> Spot:
        """Where the first parameter of a name stands that has a value, however deep."""
        hits = (p for p, node in self.values.items() if p and p[-1] == name and str(node.value).strip() == value)
        return self.spot(next(hits, ()))

    def within(self, place: Place, number: int) -> Spot:
        """Where in a value the visible character of a number, counted from nought, stands: values may be folded."""
        node = self.values.get(place)
        if node is None:
            return self.spot(place)
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            start = self.text.index("\n", start)
        elif node.style in ("'", '"'):
            start, end = start + 1, end - 1
        visible = [n for n in range(start, end) if not self.text[n].isspace()]
        return _spot_at(self.text, visible[min(number, len(visible) - 1)] if visible else start)


class _WithoutAliases(Composer):
    """Guesses nothing but the absence of a value, and builds no aliases."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self: Any, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=self.peek_event().start_mark)
        return Composer.compose_node(self, parent, index)


class _Loader(_WithoutAliases, yaml.SafeLoader):
    """The parser whose judgement counts."""


def _read_in_c(text: str) -> tuple[yaml.Node | None] | None:
    """The document as the parser in C has it, ten times as fast; None where the other may see it otherwise.

    Of a faulty text only the other's faults are told.
    """
    if _IN_C is None or _TOLD_APART.search(text):
        return None

    class Loader(_WithoutAliases, _IN_C):  # type: ignore[misc]
        def __init__(self) -> None:
            _IN_C.__init__(self, text)
            Composer.__init__(self)

    try:
        return (Loader().get_single_node(),)
    except (yaml.YAMLError, RecursionError):
        return None


def read_yaml_text(path: Path) -> YamlText:
    """Read a file. Faults say what is wrong with its form; OSError where it cannot be read.

    Whoever reads the same content again has the same object, which nobody changes.
    """
    with path.open("rb") as file:
        return yaml_text_of(file.read(MAX_BYTES + 1))


@lru_cache(maxsize=8)  # a command reads its params and rules several times over
def yaml_text_of(raw: bytes) -> YamlText:
    """The same of a file's content."""
    found = YamlText()
    if len(raw) > MAX_BYTES:
        found.faults.append(
            (_spot_of_byte(raw, MAX_BYTES), f"tệp lớn trên {MAX_BYTES // 1000} kB", "một tệp tham số ngắn gọn")
        )
        return found
    if len(brackets := [n for n, byte in enumerate(raw) if byte in b"[{"]) > _MAX_BRACKETS:
        found.faults.append(
            (
                _spot_of_byte(raw, brackets[_MAX_BRACKETS]),
                f"tệp có trên {_MAX_BRACKETS} dấu ngoặc",
                "một tệp tham số ngắn gọn",
            )
        )
        return found
    loader = None
    try:
        found.text = raw.decode("utf-8-sig")
        if (read := _read_in_c(found.text)) is None:
            loader = _Loader(found.text)
            read = (loader.get_single_node(),)
        (node,) = read
    except UnicodeDecodeError as error:
        found.faults.append((_spot_of_byte(raw, error.start), "tệp không ở mã UTF-8", "tệp lưu lại ở mã UTF-8"))
    except yaml.MarkedYAMLError as error:
        found.faults.append(_below_an_empty_list(found.text, error) or _syntax(error))
    except yaml.reader.ReaderError as error:
        spot = _spot_at(found.text, error.position)
        found.faults.append((spot, "có ký tự lạ, không in được", "một tệp chữ không có ký tự ấy"))
    except (yaml.YAMLError, RecursionError):
        spot = _spot_of(loader.get_mark()) if loader else Spot()
        found.faults.append((spot, "tệp sai cú pháp YAML", "tệp YAML đúng cú pháp, mã UTF-8"))
    else:
        if node is None:
            found.spots[()] = Spot(1, 1)
        else:
            found.content = _value(node, (), found)
    return found


def _spot_at(text: str, index: int) -> Spot:
    return Spot(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _spot_of_byte(raw: bytes, index: int) -> Spot:
    before = raw[:index].decode("utf-8-sig", errors="replace")
    return _spot_at(before, len(before))


def _spot_of(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot()


def _below_an_empty_list(text: str, error: yaml.MarkedYAMLError) -> tuple[Spot, str, str] | None:
    """Items that were put below a name with «[]», which says that there are none."""
    if error.problem_mark is None:
        return None
    *above, line = text.splitlines()[: error.problem_mark.line + 1] or [""]
    while above and above[-1].lstrip()[:1] in ("", "#"):
        above.pop()
    if not line.lstrip().startswith("- ") or not above or not above[-1].rstrip().endswith(": []"):
        return None
    found = f"mục nằm dưới dòng {len(above)}, dòng ấy ghi «[]» là không có mục nào"
    return _spot_of(error.problem_mark), found, f"bỏ «[]» ở dòng {len(above)}"


def _syntax(error: yaml.MarkedYAMLError) -> tuple[Spot, str, str]:
    spot = _spot_of(error.problem_mark or error.context_mark)
    if error.problem == "alias":
        return spot, "dùng bí danh (dấu *) của YAML", "giá trị viết đầy đủ, hoặc đặt trong dấu nháy kép"
    expected = "cú pháp YAML đúng: tên: giá trị, thụt lề bằng dấu cách; giá trị có dấu : hoặc # đặt trong dấu nháy kép"
    return spot, "sai cú pháp YAML", expected


def _value(node: yaml.Node, place: Place, found: YamlText) -> Any:
    spot = _spot_of(node.start_mark)
    found.spots.setdefault(place, spot)
    if len(place) > _MAX_DEPTH:
        found.faults.append((spot, f"lồng nhau trên {_MAX_DEPTH} cấp", "các tham số lồng nhau ít cấp hơn"))
        return None
    if node.tag not in _PLAIN:
        found.faults.append((spot, f"dùng thẻ {node.tag} của YAML", "giá trị viết thẳng, không kèm thẻ có dấu !"))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, number), found) for number, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    found.values[place] = node
    return None if node.tag == _NULL else str(node.value)


def _mapping(node: yaml.MappingNode, place: Place, found: YamlText) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in node.value:
        spot = _spot_of(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            found.faults.append((spot, "tên tham số không phải là chữ", "tên: giá trị"))
            continue
        name = str(key.value)
        if name in content:
            first = found.spots[(*place, name)].line
            found.faults.append((spot, f"tham số «{name}» ghi hai lần, lần đầu ở dòng {first}", "mỗi tham số một lần"))
            continue
        found.spots[(*place, name)] = spot
        content[name] = _value(value, (*place, name), found)
    return content
