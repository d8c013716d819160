"""
A shell completes commands and options.
"""

import re
import subprocess
from pathlib import Path

import pytest

from winbooks_identity.cli.application import run


def script(capsys: pytest.CaptureFixture[str], shell: str) -> str:
    """
    Return what the command writes for *shell*.
    """
    assert 0 == run(("completion", shell))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "typed,completed",
    [
        ("us", {"user"}),
        ("user dea", {"deactivate"}),
        ("--json user list --never", {"--never-signed-in"}),
        ("database housekeep --dry", {"--dry-run"}),
        ("deliver --js", {"--json"}),
        ("user nonsense", set[str]()),
    ],
)
def test_bash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str, completed: set[str]
) -> None:
    """
    A real one does, also behind an option.
    """
    file = tmp_path / "completion.bash"
    file.write_text(script(capsys, "bash"), "utf-8")
    words = ["winbooks-identity", *typed.split()]
    ask = (
        f'source "{file}"; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1};'
        ' _winbooks_identity; echo "${COMPREPLY[@]}"'
    )

    done = subprocess.run(  # noqa: S603  Our own script.
        ["bash", "-uc", ask],  # noqa: S607  Wherever it is.
        capture_output=True,
        text=True,
        check=True,
    )

    assert completed == {*done.stdout.split()}


def test_zsh(capsys: pytest.CaptureFixture[str]) -> None:
    """
    It reads what bash reads, after its own functions for that.
    """
    zsh = script(capsys, "zsh")

    before, then, rest = zsh.split("\n", maxsplit=2)
    assert before.endswith("compinit; }")
    assert then.endswith("bashcompinit")
    assert rest == script(capsys, "bash")


def test_powershell(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Its words are those of bash, and its braces are closed.
    """
    text = script(capsys, "powershell")

    words = dict(re.findall(r"^    '([^']*)' = '([^']*)'$", text, re.MULTILINE))
    assert {"user", "deliver", "--help"} <= {*words[""].split()}
    assert {"--csv", "--level", "--json"} <= {*words["user list"].split()}
    assert text.count("{") == text.count("}")
    assert text.startswith("Register-ArgumentCompleter -Native -CommandName winbooks-")
