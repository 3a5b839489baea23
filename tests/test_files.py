"""What can be read, and what is said about everything else. Nothing of it may wait for somebody."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from laddercli.document import MAX_BYTES
from laddercli.errors import Unreadable
from laddercli.files import inside, read, real_path
from laddercli.loader import Loader


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def make_looping_link(path: Path) -> None:
    path.symlink_to(path.name)


def make_link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_nothing(path: Path) -> None:
    pass


UNREADABLE: list[tuple[Callable[[Path], None], str]] = [
    (make_nothing, "ladder.yaml: there is no such file"),
    (make_folder, "ladder.yaml is a folder, not a file"),
    (make_pipe, "ladder.yaml is a named pipe, not a file"),
    (make_socket, "ladder.yaml is a socket, not a file"),
    (make_dangling_link, "ladder.yaml: the link leads nowhere"),
    (make_looping_link, "ladder.yaml: too many levels of symbolic links"),
    (make_link_to_device, "ladder.yaml is a device, not a file"),
]


@pytest.mark.parametrize(("make", "message"), UNREADABLE, ids=lambda value: getattr(value, "__name__", ""))
def test_what_cannot_be_read_says_why(
    make: Callable[[Path], None], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("ladder.yaml"))
    for reader in (read, Loader().examine, Loader().load):
        with pytest.raises(Unreadable) as caught:
            reader("ladder.yaml")
        assert caught.value.message == message


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/dev/zero", "/dev/zero is a device, not a file"),
        ("/dev/null", "/dev/null is a device, not a file"),
        ("a\0b", "a\0b: the name cannot be a file's name"),
        ("", ": there is no such file"),
        ("x" * 300, f"{'x' * 300}: file name too long"),
        ("two\nlines", "two\nlines: there is no such file"),
        ("b\udce9b\udce9.yaml", "b\udce9b\udce9.yaml: there is no such file"),
        ("\ud800.yaml", "\ud800.yaml: the name cannot be a file's name"),
        ("setup.cfg/ladder.yaml", "setup.cfg/ladder.yaml: not a directory"),
    ],
)
def test_a_name_that_leads_to_no_file_says_why(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("setup.cfg").touch()
    for reader in (read, Loader().examine, Loader().load):
        with pytest.raises(Unreadable) as caught:
            reader(name)
        assert caught.value.message == message


def said_without_rights(path: Path) -> str:
    """What reading says in a process that is not the superuser, whom no permission stops."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        message = "read"
        try:
            os.chdir(path.parent.parent)
            if os.geteuid() == 0:
                os.setuid(65534)
            read(os.path.join(path.parent.name, path.name))
        except Unreadable as error:
            message = error.message
        finally:
            os.write(into, message.encode())
            os._exit(0)
    os.waitpid(child, 0)
    os.close(into)
    with os.fdopen(out) as stream:
        return stream.read()


@pytest.mark.parametrize(("folder", "file"), [(0o755, 0o000), (0o000, 0o644)], ids=["file", "folder"])
def test_a_file_without_permission_says_so(folder: int, file: int, tmp_path: Path) -> None:
    path = tmp_path / "ladders" / "ladder.yaml"
    path.parent.mkdir()
    path.write_text("format: 1\n")
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        message = said_without_rights(path)
    finally:
        path.parent.chmod(0o755)
    assert message == "ladders/ladder.yaml: permission denied"


@pytest.mark.parametrize(
    "name", ["a b.yaml", "a%20b::c.yaml", "two\nlines.yaml", "b\udce9b\udce9.yaml", "-x.yaml", "영업.yaml"]
)
def test_a_file_of_any_name_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("format: 1\n")
    assert read(name) == b"format: 1\n"
    assert Loader().examine(name) == []


def test_no_more_is_read_than_a_ladder_may_have(tmp_path: Path) -> None:
    path = tmp_path / "ladder.yaml"
    with path.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    assert len(read(str(path))) == MAX_BYTES + 1


def test_links_are_followed_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\n")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert read(str(tmp_path / "b.yaml")) == b"format: 1\n"
    assert real_path(str(tmp_path / "b.yaml")) == os.path.realpath(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("top", True), ("top/a.yaml", True), ("top/../top/a.yaml", True), ("top/missing.yaml", True),
        ("top/..", False), ("topper/a.yaml", False), ("top/out/a.yaml", False), ("back/a.yaml", True), ("/", False),
    ],
)  # fmt: skip
def test_inside_follows_links(path: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("top").mkdir()
    Path("topper").mkdir()
    Path("top/out").symlink_to("../topper")
    Path("back").symlink_to("top")
    assert inside(path, "top") is expected
    assert inside(path, "/")
