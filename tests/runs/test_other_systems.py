"""Officers have Windows: nothing of the library needs a system that is made like Debian, unless it asks first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "thidua"
# What Python's own documentation says is there on Unix alone.
_MODULES = {"crypt", "curses", "fcntl", "grp", "nis", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
_ATTRIBUTES = {
    "asyncio": {"open_unix_connection", "start_unix_server"},
    "os": {
        *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg", "getpgid", "getsid"),
        *("getuid", "killpg", "lchown", "mkfifo", "mknod", "nice", "openpty", "posix_spawn", "setgid", "setpgid"),
        *("setsid", "setuid", "statvfs", "sync", "sysconf", "uname", "wait3", "wait4", "O_DIRECTORY", "O_NOFOLLOW"),
        *("O_NONBLOCK", "sched_getaffinity", "sched_setaffinity"),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP", "SIGUSR1"),
        *("SIGUSR2", "alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "sigwait"),
    },
    "socket": {"AF_UNIX"},
    "time": {"tzset"},
}
_ARGUMENTS = {"preexec_fn", "start_new_session", "pass_fds", "process_group"}


def _needs(node: ast.AST) -> Iterator[str]:
    """What this very node takes of a system like Debian."""
    match node:
        case ast.Import(names=names):
            yield from (n.name for n in names if n.name.split(".")[0] in _MODULES)
        case ast.ImportFrom(module=str(module), names=names):
            known = _ATTRIBUTES.get(module, set())
            yield from ([module] if module.split(".")[0] in _MODULES else (n.name for n in names if n.name in known))
        case ast.Attribute(value=ast.Name(id=module), attr=name) if name in _ATTRIBUTES.get(module, set()):
            yield f"{module}.{name}"
        case ast.Call(func=ast.Attribute(attr="CDLL") | ast.Name(id="CDLL"), args=[ast.Constant(value=None)]):
            yield "the C library of the process"
        case ast.Call(func=ast.Attribute(attr="add_signal_handler")):
            yield "add_signal_handler"
        case ast.Call(keywords=keywords):
            yield from (k.arg for k in keywords if k.arg in _ARGUMENTS)


def _asks_for_the_system(test: ast.AST) -> bool:
    return ast.unparse(test) in {f"sys.platform {how} '{name}'" for how in ("==", "!=") for name in ("win32", "linux")}


def _lets_through(test: ast.AST) -> bool:
    """Whether only one side of systems comes past a condition under which a function ends."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=[first, *_]):
            return _asks_for_the_system(first)
    return _asks_for_the_system(test)


def _unasked(tree: ast.AST) -> Iterator[str]:
    """What needs such a system where nothing asked before.

    Asking is a test of ``sys.platform``: of its branches, of the rest of its condition, or, where it ends the
    function or the import of the module, of what follows. mypy understands the same form and checks it for Windows.
    """
    yield from _needs(tree)
    match tree:
        case ast.If(test=test) if _asks_for_the_system(test):
            return
        case ast.BoolOp(values=[first, *_]) if _asks_for_the_system(first):
            return
    for _, value in ast.iter_fields(tree):
        children = value if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, ast.AST):
                yield from _unasked(child)
            if (
                isinstance(child, ast.If)
                and _lets_through(child.test)
                and isinstance(child.body[-1], ast.Return | ast.Raise)
            ):
                break


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_the_library_needs_nothing_that_windows_does_not_have(path: Path) -> None:
    assert list(_unasked(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("import fcntl", ["fcntl"]),
        ("def f():\n  import resource", ["resource"]),
        ("from pwd import getpwuid", ["pwd"]),
        ("from signal import SIGKILL", ["SIGKILL"]),
        ("import os\nprint(os.getuid())", ["os.getuid"]),
        ("libc = ctypes.CDLL(None, use_errno=True)", ["the C library of the process"]),
        ("Popen(['a'], start_new_session=True)", ["start_new_session"]),
        ("import sys\nif sys.platform != 'win32':\n  import fcntl", []),
        ("def f():\n  if sys.platform == 'win32':\n    return\n  os.sync()", []),
        ("def f():\n  if sys.platform == 'win32':\n    return\n  os.sync()\nos.sync()", ["os.sync"]),
        ("def f():\n  if sys.platform != 'linux' or a:\n    return\n  os.sync()", []),
        ("def f():\n  if sys.platform != 'linux' and a:\n    return\n  os.sync()", ["os.sync"]),
        ("a = sys.platform != 'win32' and b == signal.SIGKILL", []),
    ],
)
def test_a_need_is_found_unless_the_code_asks_for_the_system_first(code: str, needed: list[str]) -> None:
    assert list(_unasked(ast.parse(code))) == needed
