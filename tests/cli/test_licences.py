"""
Licences and their dossiers on the command line.
"""

from pathlib import Path

import pytest

from command_line import CommandLine


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"

[[dossier]]
number = "D-2"
name = "Menuiserie Lefebvre SRL"

[[employee]]
winbooks_id = "ada@example.org"
password = "Canary-Typed-1815"
level = "Administrator"
first_name = "Ada"
last_name = "Lovelace"

[[end_customer]]
winbooks_id = "grace@example.org"
password = "Canary-Typed-1906"
first_name = "Grace"
last_name = "Hopper"
company_name = "Bakkerij De Korenaar BV"
language = "en"
dossiers = ["D-1"]
roles = ["View.User"]
"""
OTHER = """\
[licence]
number = "WB-2"
product = "WinBooks on Web"
holder = "Bureau Hopper"
language = "fr"
"""

FIRST = {
    "number": "WB-1",
    "holder": "Fiduciaire Peeters",
    "product": "WinBooks Classic",
    "language": "nl",
}
DOSSIERS = [
    {"number": "D-1", "name": "Bakkerij De Korenaar BV"},
    {"number": "D-2", "name": "Menuiserie Lefebvre SRL"},
]


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command in an office of two people.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    Path("office.toml").write_text(OFFICE, encoding="utf-8")
    assert 0 == command("provision", "office.toml").code
    return command


@pytest.fixture
def licence(command: CommandLine) -> CommandLine:
    """
    Return what runs a command below ``licence``.
    """
    return command.below("licence")


class TestReading:
    """
    Licences are listed, and one is shown with its dossiers.
    """

    def test_all_of_them(self, command: CommandLine, licence: CommandLine) -> None:
        """
        Whoever has the database sees every licence; a user sees their own.
        """
        Path("other.toml").write_text(OTHER, encoding="utf-8")
        command("provision", "other.toml")

        every = licence("list", "--json").document["licences"]
        own = licence("list", "--as", "grace@example.org", "--json").document

        assert ["WB-1", "WB-2"] == [each["number"] for each in every]
        assert [FIRST] == own["licences"]
        assert "Bureau Hopper" in licence("list").out

    def test_one_of_them(self, licence: CommandLine) -> None:
        """
        A user sees the dossiers that they can open.
        """
        whole = licence("show", "--json").document
        part = licence("show", "--as", "grace@example.org", "--json").document
        told = licence("show").out

        assert (FIRST, DOSSIERS) == (whole["licence"], whole["dossiers"])
        assert (FIRST, DOSSIERS[:1]) == (part["licence"], part["dossiers"])
        assert "dry_run" not in whole
        assert "Menuiserie Lefebvre SRL" in told

    def test_one_of_several_is_named(
        self, command: CommandLine, licence: CommandLine
    ) -> None:
        """
        Where there are several, the number is needed.
        """
        Path("other.toml").write_text(OTHER, encoding="utf-8")
        command("provision", "other.toml")

        assert 1 == licence("show").code
        assert 1 == licence("show", "--licence", "WB-9").code
        assert "Bureau Hopper" in licence("show", "--licence", "WB-2").out


#: Each change, with the licence and the dossiers after it.
CHANGES = {
    "rename": (
        ("rename", "Peeters & Maes"),
        FIRST | {"holder": "Peeters & Maes"},
        DOSSIERS,
    ),
    "add-dossier": (
        ("add-dossier", "D-3", "Hôtel SA"),
        FIRST,
        [*DOSSIERS, {"number": "D-3", "name": "Hôtel SA"}],
    ),
    "rename-dossier": (
        ("rename-dossier", "D-1", "De Korenaar NV"),
        FIRST,
        [{"number": "D-1", "name": "De Korenaar NV"}, DOSSIERS[1]],
    ),
}


def test_what_was_done_is_said(licence: CommandLine) -> None:
    """
    Also that nothing had to be done.
    """
    first, second = (licence("rename", "Peeters & Maes").out for _ in range(2))

    assert "The licence was changed.\n" in first
    assert "Nothing had to change.\n" in second


class TestChanges:
    """
    A change shows the licence as it is then.
    """

    @pytest.mark.parametrize("words,after,dossiers", CHANGES.values(), ids=CHANGES)
    def test_it_is_made(
        self,
        licence: CommandLine,
        words: tuple[str, ...],
        after: dict[str, str],
        dossiers: list[dict[str, str]],
    ) -> None:
        """
        A dry run shows the same and keeps nothing.
        """
        planned = licence(*words, "--dry-run", "--json")
        between = licence("show", "--json").document
        told = licence(*words, "--dry-run")
        done = licence(*words, "--json")
        stored = licence("show", "--json").document

        assert ([0, 0], [True, False]) == (
            [planned.code, done.code],
            [planned.document["dry_run"], done.document["dry_run"]],
        )
        assert (FIRST, DOSSIERS) == (between["licence"], between["dossiers"])
        for document in (planned.document, done.document, stored):
            assert (after, dossiers) == (document["licence"], document["dossiers"])
        assert "This is the plan: nothing was done." in told.out

    @pytest.mark.parametrize("words", [each[0] for each in CHANGES.values()])
    def test_a_user_changes_none(
        self, licence: CommandLine, words: tuple[str, ...]
    ) -> None:
        """
        Not even an Administrator; the reason is told.
        """
        ended = licence(*words, "--as", "ada@example.org")

        assert 1 == ended.code
        assert "Only WinBooks and the distributor" in ended.err
        assert FIRST == licence("show", "--json").document["licence"]

    @pytest.mark.parametrize(
        "words",
        [
            ("rename", ""),
            ("rename", "\x00"),
            ("add-dossier", "D 3", "Hôtel SA"),
            ("add-dossier", "D-1", "Hôtel SA"),
            ("rename-dossier", "D-9", "Hôtel SA"),
            ("rename-dossier", "D-1", ""),
        ],
    )
    def test_what_cannot_be(self, licence: CommandLine, words: tuple[str, ...]) -> None:
        """
        It is refused with its reason.
        """
        ended = licence(*words)

        assert 1 == ended.code
        assert ended.err
        assert DOSSIERS == licence("show", "--json").document["dossiers"]
