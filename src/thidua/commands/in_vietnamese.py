"""The library's help and error messages in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError
from cyclopts import exceptions as told
from cyclopts.help import HelpPanel
from rich.console import Console, ConsoleOptions
from rich.table import Table
from rich.text import Text

from thidua.errors import Miscalled
from thidua.language.text import nearest_hint

_USAGE = {"Usage: ": "", "COMMAND": "LỆNH", "[OPTIONS]": "[LỰA CHỌN]"}
# Over the names that are typed right behind a command: those that it needs, and those that it can do without.
NEEDED, _OPTIONAL = "Cần ghi", "Có thể ghi"
_KINDS = {int: "một số nguyên từ 1 trở lên"}


class Help:
    """Lays out the help of a command: what it does, then a table for commands, arguments and options each."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """One table, names and what they are."""
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for entry in panel.entries:
            mark = " (phải có)" if entry.required and entry.positive_names else ""
            said = _plain(entry.description)
            table.add_row("  " + ", ".join(entry.display_labels_with_metavar), f"{said}{mark}")
        if panel.entries:
            optional = panel.title == NEEDED and not any(entry.required for entry in panel.entries)
            console.print(Text(f"\n{_OPTIONAL if optional else panel.title}:", style="bold"))
            console.print(table)

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:
        """The line that says how a command is typed."""
        said = f"Cách dùng: {_plain(usage)}"
        for word, ours in _USAGE.items():
            said = said.replace(word, ours)
        console.print(Text(said, style="bold"))

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:
        """What the command does, and the example behind it."""
        console.print(f"\n{_plain(description)}", markup=False, highlight=False)


def _plain(said: Any) -> str:
    """The letters of what the library lays out."""
    said = getattr(said, "primary_renderable", said)
    return str(getattr(said, "plain", said or "")).strip()


def in_vietnamese(error: CycloptsError, app: App, tokens: Sequence[str]) -> Miscalled:
    """What is wrong with a command line, and where its help is."""
    command = " ".join(error.command_chain or ())
    return Miscalled(_what(error, app, command, tokens), command)


def _what(error: CycloptsError, app: App, command: str, tokens: Sequence[str]) -> str:
    if isinstance(error, told.UnknownCommandError):
        return _no_command((error.unused_tokens or [*tokens, ""])[0], app, tokens)
    if isinstance(error, told.UnknownOptionError):
        given = (error.token.keyword or error.token.value).partition("=")[0]
        options = [name for argument in error.argument_collection for name in argument.names if name[:1] == "-"]
        return f"Lệnh «{command}» không có lựa chọn «{given}»{_nearest_option(given, options)}"
    if isinstance(error, told.UnusedCliTokensError):
        return f"Lệnh «{command}» không nhận thêm «{' '.join(error.unused_tokens or ())}»"
    name, parameter = _named(error)
    if isinstance(error, told.MissingArgumentError):
        keyword = getattr(error, "keyword", None)
        what = f"«{keyword}» cần một giá trị" if keyword else f"Lệnh «{command}» cần {name}"
        return f"{what}: {parameter.help}" if parameter else what
    if isinstance(error, told.RepeatArgumentError):
        return f"«{error.token.keyword}» ghi hai lần"
    if isinstance(error, told.CoercionError | told.ValidationError):
        if error.argument and error.argument.hint is bool:
            return f"«{name}» ghi một mình, không nhận giá trị"
        given = error.argument.tokens[0].value if error.argument and error.argument.tokens else ""
        wanted = _KINDS.get(error.argument.hint, "giá trị khác") if error.argument else "giá trị khác"
        return f"«{name}» nhận {wanted}, không nhận «{given}»"
    return f"Không đọc được dòng lệnh «{' '.join(tokens)}»"


def _no_command(given: str, app: App, tokens: Sequence[str]) -> str:
    """What is said of the first word where it is no command."""
    commands = [name for name in app if not name.startswith("-")]
    name = given.partition("=")[0]
    if not name.startswith("-"):
        return f"Không có lệnh «{given}»{nearest_hint(given, list(app))}. Các lệnh: {', '.join(commands)}"
    having = [c for c in commands if any(name in argument.names for argument in app[c].assemble_argument_collection())]
    if having:
        command = next((token for token in tokens if token in having), having[0])
        return f"Lựa chọn «{name}» ghi sau tên lệnh, ví dụ: thidua {command} … {name}"
    options = [option for option in app if option.startswith("-")]
    return f"Không có lựa chọn «{name}»{_nearest_option(name, options) or '; trước hết ghi tên một lệnh'}"


def _nearest_option(given: str, options: Sequence[str]) -> str:
    """The option that was meant; a single letter means the only one that begins with it."""
    begun = [option for option in options if option.startswith(f"-{given}")] if len(given) == 2 else []
    return f"; gần nhất là «{begun[0]}»" if len(begun) == 1 else nearest_hint(given, options)


def _named(error: CycloptsError) -> tuple[str, Any]:
    argument = error.argument
    if argument is None:
        return "", None
    return argument.name, argument.parameter
