"""Completion as a shell asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.run import environment, ladder

CHECKOUT = Path(__file__).parents[1]
FOLDER = Path(sys.executable).parent  # where `ladder` is installed


def script(shell: str) -> str:
    done = ladder("completion", shell, cwd=CHECKOUT)
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize(
    ("shell", "check"), [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "--no-execute"])]
)
def test_the_shell_accepts_the_script(shell: str, check: list[str], tmp_path: Path) -> None:
    text = script(shell)
    assert "_LADDER_COMPLETE" in text
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / "script"
    path.write_text(text)
    done = subprocess.run([*check, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_shell_ends_with_2() -> None:
    done = ladder("completion", "bsh", cwd=CHECKOUT)
    assert (done.code, done.out) == (2, "")
    assert "Did you mean 'bash'?" in done.err


def asked(*words: str, shell: str = "bash", cwd: Path = CHECKOUT) -> list[str]:
    """What the program answers to the script of a shell; the last word is the one to complete."""
    line = " ".join(("ladder", *words))
    variables = {
        "bash": {"COMP_WORDS": "\n".join(("ladder", *words)), "COMP_CWORD": str(len(words))},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = ladder(cwd=cwd, _LADDER_COMPLETE=f"complete_{shell}", **variables)
    assert done.err == ""
    return [line for line in done.out.splitlines() if line]


ANSWERS = [
    (["comp"], ["compare", "completion"]),
    (["compare", "--aud"], ["--audience"]),
    (["compare", "--audience", "in"], ["internal"]),
    (["show", "-f", "mark"], ["markdown"]),
    (["list", "prod"], ["product-management"]),
    (["show", "staff"], ["staff-engineer", "staff-pm"]),
    (["compare", "staff-pm", "vp-of-p"], ["vp-of-product"]),
    (["show", "product-management:st"], ["product-management:staff-pm"]),
    (["compare", "-m", "lead"], ["leadership"]),
    (["completion", "f"], ["fish"]),
    (["show", "zzz"], []),
]


@pytest.mark.parametrize(("words", "answers"), ANSWERS, ids=lambda value: " ".join(value))
def test_bash_is_answered(words: list[str], answers: list[str]) -> None:
    assert asked(*words) == answers


def test_zsh_and_fish_are_answered_with_titles() -> None:
    assert asked("show", "staff-p", shell="fish") == ["staff-pm\tStaff Product Manager"]
    (answer,) = asked("show", "staff-p", shell="zsh")
    assert '"staff-pm":"Staff Product Manager"' in answer
    (answer,) = asked("show", "engineering:staff-e", shell="zsh")
    assert r"engineering\\:staff-engineer" in answer  # a bare colon would begin the description


def test_ids_that_two_ladders_have_are_completed_with_their_ladder(tmp_path: Path) -> None:
    (tmp_path / "ladders").mkdir()
    for name, other in (("a", "x"), ("b", "y")):
        levels = f"[{{id: same, title: T}}, {{id: s{other}, title: U}}]"
        text = f"format: 1\ntitle: T\ntracks: [{{id: t, name: T, kind: ic, levels: {levels}}}]\n"
        (tmp_path / "ladders" / f"{name}.yaml").write_text(text)
    assert asked("show", "s", cwd=tmp_path) == ["sx", "sy"]
    assert asked("show", "", cwd=tmp_path) == ["a:same", "sx", "b:same", "sy"]
    assert asked("show", "b:s", cwd=tmp_path) == ["b:same", "b:sy"]


@pytest.fixture
def versions(tmp_path: Path, git_settings: None) -> Path:
    """A repository with a ladder, a tag and three branches, one of which a shell would run."""
    repo = Repo(tmp_path / "repo").init()
    text = "format: 1\ntitle: T\ntracks: [{id: t, name: T, kind: ic, levels: [{id: pm1, title: T}]}]\n"
    repo.commit({"ladders/people.yaml": text})
    for arguments in (("tag", "v1.0"), ("branch", "topic/$(x)"), ("branch", "topic/next")):
        repo.git(*arguments)
    return repo.folder


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_branches_and_tags_are_completed_behind_an_at(shell: str, versions: Path) -> None:
    for words, names in (
        (("show", "pm1@v"), ["pm1@v1.0"]),
        (("list", "people@ma"), ["people@main"]),
        (("compare", "pm1", "people:pm1@topic/n"), ["people:pm1@topic/next"]),
        (("show", "pm1@zzz"), []),
    ):
        answer = asked(*words, shell=shell, cwd=versions)
        if shell == "zsh":
            assert all(name.rpartition(":")[2] in answer[0] for name in names)
        else:
            assert answer == names
    assert asked("show", "pm1@", shell=shell, cwd=versions.parent) == asked("show", "zzz", shell=shell)


def test_bash_completes_behind_an_at(versions: Path, bash: Path) -> None:
    env = environment(PATH=f"{FOLDER}{os.pathsep}{os.environ['PATH']}")
    for words, answers in (
        (["show", "pm1", "@", "v"], ["v1.0"]),
        (["show", "people", ":", "pm1", "@", "v"], ["v1.0"]),
        (["compare", "pm1", "@", "v1.0", "pm1", "@"], ["main", "topic/next", "v1.0"]),
    ):
        done = subprocess.run(
            ["bash", "--norc", bash, *words], cwd=versions, env=env, capture_output=True, text=True, check=False
        )
        assert (sorted(done.stdout.split()), done.stderr) == (answers, "")


def test_what_is_wrong_is_passed_over(tmp_path: Path) -> None:
    assert asked("show", "s", cwd=tmp_path) == []
    (tmp_path / "ladders").mkdir()
    (tmp_path / "ladders" / "bad.yaml").write_text("format: [")
    title = "\\e[31m [/bold] $(touch made) `touch made`\\nnew\\tline"
    text = (
        f'format: 1\ntitle: "{title}"\ntracks: [{{id: t, name: T, kind: ic, levels: [{{id: s1, title: "{title}"}}]}}]\n'
    )
    (tmp_path / "ladders" / "good.yaml").write_text(text)
    for shell in ("bash", "zsh", "fish"):
        (answer,) = asked("show", "s", shell=shell, cwd=tmp_path)
        assert "\x1b" not in answer
        assert asked("list", "g", shell=shell, cwd=tmp_path) != []
    (tmp_path / ".ladder.yaml").write_text("nonsense: [")
    assert asked("show", "s", cwd=tmp_path) == []


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed script with a line that completes the words it is given, as bash would call the function."""
    path = tmp_path_factory.mktemp("bash") / "complete.bash"
    path.write_text(
        script("bash")
        + 'COMP_WORDS=(ladder "$@") COMP_CWORD=$# COMPREPLY=()\n'
        + "function=$(complete -p ladder); function=${function##*-F }; function=${function%% *}\n"
        + '"$function" ladder "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"\n'
        + 'for each in "${COMPREPLY[@]}"; do printf "%s\\n" "$each"; done\n'
    )
    return path


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        *ANSWERS[:7],
        *ANSWERS[8:],
        # bash splits at colons and replaces only what stands after the last of them.
        (["show", "product-management", ":", "st"], ["staff-pm"]),
        (["show", "engineering", ":", "staff-e"], ["staff-engineer"]),
        (["compare", "staff-pm", "product-management", ":", "group"], ["group-pm"]),
        (["compare", "product-management", ":", "staff-pm", "gro"], ["group-pm"]),
        (["compare", "product-management", ":", "staff-pm", "engineering", ":", "staff"], ["staff-engineer"]),
        (["show", "nothing", ":", "st"], []),
    ],
    ids=lambda value: " ".join(value),
)
def test_bash_completes(words: list[str], answers: list[str], bash: Path) -> None:
    env = environment(PATH=f"{FOLDER}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(
        ["bash", "--norc", bash, *words], cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (answers, "")


def test_bash_completes_every_level_of_a_ladder_after_its_colon(bash: Path) -> None:
    env = environment(PATH=f"{FOLDER}{os.pathsep}{os.environ['PATH']}")
    words = ["show", "product-management", ":"]
    done = subprocess.run(["bash", "--norc", bash, *words], cwd=CHECKOUT, env=env, capture_output=True, check=False)
    assert {b"pm1", b"staff-pm", b"cpo"} <= set(done.stdout.split())
    assert len(done.stdout.split()) == 10
