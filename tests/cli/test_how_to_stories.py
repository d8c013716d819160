"""
The pages with stories: their commands run, and show what the pages say.
"""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.cli.application import run


DOCS = Path(__file__).parents[2] / "docs"


def nothing() -> None:
    """
    Prepare nothing.
    """


def lose_the_key() -> None:
    """
    Remove the key file.
    """
    Path("office.sqlite3.key").unlink()


#: What happens before each story, how its mails go out, and which commands of it end
#: otherwise than well.
STORIES: dict[str, tuple[Callable[[], None], bool, dict[int, int]]] = {
    "hand-over-dossiers": (nothing, True, {}),
    "move-addresses": (nothing, True, {5: 1}),
    "merge-two-firms": (nothing, True, {}),
    "mend-a-wrong-address": (nothing, True, {}),
    "replace-a-lost-key": (lose_the_key, False, {1: 69}),
}


def commands(page: str) -> list[tuple[list[str], list[str]]]:
    """
    Return the commands of a page, each with the lines that it is said to show.
    """
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(
        r"^ *```console\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE
    ):
        for line in filter(None, map(str.strip, block.splitlines())):
            if line.startswith("$ winbooks-identity "):
                found.append((shlex.split(line)[2:], []))
            else:
                found[-1][1].append(" ".join(line.split()))
    return found


def files(page: str) -> dict[str, str]:
    """
    Return the files that a page shows, by the names in their first lines.
    """
    blocks = re.findall(
        r"^```\w+\n# (\S+\.\w+)\n(.*?)^```", page, re.DOTALL | re.MULTILINE
    )
    return dict(blocks)


@pytest.mark.slow(is_measured=True)  # An office is made for each story.
@pytest.mark.parametrize("name", STORIES)
def test_a_story_ends_well(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """
    In its order, on an office that was provisioned from the example.
    """
    prepare, delivers, otherwise = STORIES[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    hasher = Argon2Hasher(CHEAPEST)
    sent = ["--mail-dir", "mails"]
    waits = ["--sender", "portal@example.org", "--portal-url", "https://example.org/"]
    office = ["provision", str(DOCS / "examples/office.toml")]
    assert 0 == run([*office, *(sent if delivers else waits)], hasher=hasher)
    page = (DOCS / f"how-to/{name}.md").read_text("utf-8")
    for path, text in files(page).items():
        Path(path).write_text(text, encoding="utf-8")
    prepare()
    capsys.readouterr()

    for number, (words, lines) in enumerate(commands(page), start=1):
        code = run(words, hasher=hasher)

        shown = capsys.readouterr()
        said = " ".join(f"{shown.out} {shown.err}".split())
        assert otherwise.get(number, 0) == code, (number, words, shown)
        assert [] == [line for line in lines if line not in said], (words, said)
