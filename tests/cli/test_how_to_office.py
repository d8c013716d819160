"""
The page on running an office: its commands run, and show what it says.
"""

import re
import shlex
from pathlib import Path

import pytest
from sqlalchemy import URL

from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.cli.application import run


DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "how-to/run-an-office.md"

#: The commands of the page that a rule refuses, by their numbers.
REFUSED = {8, 28}


def commands() -> list[tuple[list[str], list[str]]]:
    """
    Return the commands of the page, each with the lines that it is said to show.
    """
    found: list[tuple[list[str], list[str]]] = []
    page = PAGE.read_text("utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        for line in filter(None, block.splitlines()):
            if line.startswith("$ winbooks-identity "):
                found.append((shlex.split(line)[2:], []))
            else:
                found[-1][1].append(" ".join(line.split()))
    return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_page_runs(
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    emptied_postgresql: URL,
) -> None:
    """
    In its order, on an office that was provisioned from the example.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    address = emptied_postgresql.render_as_string(hide_password=False)
    database = "office.sqlite3" if kind == "sqlite" else address
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", database)
    if kind == "postgresql":
        monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "portal.keys")
        run(["key", "create", "portal.keys"])
    hasher = Argon2Hasher(CHEAPEST)
    office = str(DOCS / "examples/office.toml")
    assert 0 == run(["provision", office, "--mail-dir", "mails"], hasher=hasher)
    (listed,) = re.findall(
        r"^# left\.txt\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    Path("left.txt").write_text(f"# left\n{listed}", encoding="utf-8")
    capsys.readouterr()

    for number, (words, lines) in enumerate(commands(), start=1):
        code = run(words, hasher=hasher)

        shown = capsys.readouterr()
        said = " ".join(shown.out.split())
        assert (1 if number in REFUSED else 0) == code, (number, words, shown)
        assert [] == [line for line in lines if line not in said], (words, said)
