"""Sealed runs sent to a storage and fetched from it: whole or not at all, checked at both ends, in both registers.

A run is one file at the storage, the zip of its folder: no storage writes several files at once, each writes one whole.
It is there for others when the register there has its line, which is written last.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml

from thidua.archive.bag import faults, make_read_only, manifest_hash, name_of
from thidua.archive.comparison.sealed import SealedRun
from thidua.archive.listing import listed
from thidua.archive.locate import is_run, no_run
from thidua.archive.origin import basis_of
from thidua.archive.packing import opened, unpack, write_package
from thidua.archive.runs_register import FILE, Register
from thidua.archive.storage.object_store import ObjectStore, is_address
from thidua.archive.storage.shared_register import REGISTER, Line, SharedRegister, now_by_me
from thidua.archive.verify import Verdict, verify
from thidua.archive.workspace import place, workspace
from thidua.errors import ArchiveError, NoRun, NotAsSent, NotStored
from thidua.machine.file_hash import file_hash
from thidua.progress.progress import NOBODY, Phase, Progress

_BROKEN = "tệp ở kho không còn đúng bản đã gửi; hãy nhờ nơi gửi chạy lại lệnh push"


def push(run: Path, url: str, progress: Progress = NOBODY) -> str:
    """Send a sealed run, folder or zip, to a storage; its address there. Sending it again changes nothing.

    NoRun where it is none; ArchiveError where it is not intact, StorageError where the storage refuses.

    Example: ``push(Path("output/2031-H1-464a76ff18da"), "s3://bao-cao/tinh")``
    """
    if not is_run(run):
        raise no_run(run)
    store = ObjectStore(url)
    progress.begin(Phase.VERIFYING)
    with tempfile.TemporaryDirectory(prefix="thidua-") as aside:
        package = Path(aside) / "run.zip"
        with opened(run) as folder:
            name = name_of(folder)
            write_package(folder, name, package)
            # Only now: what was changed before it was packed shows.
            (verdict,) = verify(run)
            if not verdict.intact:
                raise ArchiveError(f"Lần chạy không nguyên vẹn nên chưa gửi gì.\n{verdict}")
            known = listed(name, folder, verdict)
            line = now_by_me(
                run=name,
                unit=known.unit,
                open_errors=known.open_errors,
                accepted=known.accepted,
                manifest=manifest_hash(folder),
                package=file_hash(package),
                unit_name=_unit_name(name, folder),
                basis=basis_of(folder),
            )
        progress.begin(Phase.SENDING)
        store.add(line.file, package)
        line = line.model_copy(update={"stamp": store.stamp(line.file)})
    progress.begin(Phase.ENTERING)
    SharedRegister(store).enter(line)
    return f"{store.url}/{name}"


def fetch(url: str, output: Path, progress: Progress = NOBODY) -> Path:
    """Fetch a run from its address, «<storage>/<run>», into an output folder; its folder there, files read-only.

    A run that is there already, intact and the same, stays. NotStored where the storage does not know it, NotAsSent
    where what it holds is not what was sent, StorageError where it refuses; ArchiveError where another run of this
    name is in the way.
    """
    progress.begin(Phase.RECEIVING)
    store, run, line = _sent(url)
    here = output / run
    if here.exists():
        _refuse_other(here, line)
        if Register(output / FILE).last_hashes().get(run) == line.manifest:
            return here
    with workspace(output, run) as folder:
        aside = folder.with_name("unpacked")
        aside.mkdir()
        came = _unpacked(store, line, aside)
        make_read_only(came)
        folder.rmdir()
        came.rename(folder)
        progress.begin(Phase.ENTERING)
        return place(folder, output, run)


def at_storage(address: str) -> bool:
    """Whether an address is that of a storage, or of a run at one, and no path of a run or an output folder."""
    if is_address(address):
        return True
    path = Path(address)
    return _has_register(path) or (not path.exists() and _has_register(path.parent))


def verify_stored(url: str, progress: Progress = NOBODY) -> list[Verdict]:
    """Check a storage's register and each run that it has last of each name; or the one run of which it is the address.

    Every run is fetched aside for it. StorageError where the storage refuses.
    """
    progress.begin(Phase.VERIFYING)
    if not _runs_at(url):
        store, _, line = _sent(url)
        return [_verdict(store, line)]
    store = ObjectStore(url)
    lines, problems = SharedRegister(store).read()
    current = {line.run: line for line in lines}
    verdicts = [Verdict(f"Sổ đăng ký của kho {url}", [], problems, [])]
    progress.begin(Phase.VERIFYING, parts=current)
    for run, line in current.items():
        verdicts.append(_verdict(store, line))
        progress.part(run, 1, 1)
    return verdicts


def stored(url: str) -> tuple[list[Line], list[str]]:
    """The runs at a storage by its register, the last of each name, in the order in which they were sent.

    And what is wrong with the register, in words: then there may be others.
    """
    lines, problems = SharedRegister(ObjectStore(url)).read()
    return list({line.run: line for line in lines}.values()), problems


def _unit_name(run: str, folder: Path) -> str:
    try:
        return SealedRun(run, folder).unit
    except (ArchiveError, OSError, RecursionError, ValueError, yaml.YAMLError):
        return ""  # what is no run of ours may be sent too


def _has_register(folder: Path) -> bool:
    return (folder / REGISTER).is_dir()


def _sent(url: str) -> tuple[ObjectStore, str, Line]:
    above, apart, run = url.rstrip("/").rpartition("/")
    if not apart or above.endswith("/"):  # a bucket alone, or a bare name
        raise NotStored(url, "", _runs_at(url))
    store = ObjectStore(above)
    register = SharedRegister(store)
    line = register.current(run)
    if line is None:
        if below := _runs_at(url):
            raise NotStored(url, "", below)
        raise NotStored(above, run, register.runs())
    return store, run, line


def _runs_at(url: str) -> list[str]:
    """The runs of a storage where the address is that of a whole one."""
    if not is_address(url) and not Path(url).is_dir():
        return []
    return SharedRegister(ObjectStore(url)).runs()


def _unpacked(store: ObjectStore, line: Line, folder: Path) -> Path:
    """The folder of a run as it was sent, unpacked in an empty ``folder``. NotAsSent where it is not that."""
    package = folder / "run.zip"
    try:
        came = store.download(line.file, package)
        if came != line.package:
            raise NotAsSent(store.url, f"lần chạy «{line.run}»: {_BROKEN}")
        inner = folder / "run"
        inner.mkdir()
        run = unpack(package, inner)
    except FileNotFoundError:
        raise NotAsSent(store.url, f"tệp của lần chạy «{line.run}» đã mất; hãy nhờ nơi gửi gửi lại") from None
    except NoRun:
        raise NotAsSent(store.url, f"lần chạy «{line.run}»: {_BROKEN}") from None
    package.unlink()
    if faults(run) or (name_of(run), manifest_hash(run)) != (line.run, line.manifest):
        raise NotAsSent(store.url, f"lần chạy «{line.run}»: {_BROKEN}")
    return run


def _verdict(store: ObjectStore, line: Line) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        try:
            _unpacked(store, line, Path(folder))
        except NotAsSent as error:
            return Verdict(line.run, [], [error.what], [])
    return Verdict(line.run, [], [], [])


def _refuse_other(here: Path, line: Line) -> None:
    if manifest_hash(here) != line.manifest:
        raise ArchiveError(
            f"Ở «{here}» đã có lần chạy cùng tên nhưng niêm phong lúc khác; hãy nhận vào thư mục khác bằng --output."
        )
    if faults(here):
        raise ArchiveError(f"Lần chạy ở «{here}» không nguyên vẹn; hãy chuyển thư mục ấy đi nơi khác rồi nhận lại.")
