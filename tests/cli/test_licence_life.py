"""
`licence close-dossier` and `licence move-to-on-web`.
"""

from pathlib import Path

import pytest

from command_line import CommandLine
from office_files import OFFICE, customer
from winbooks_identity.synchronisation import MoveService, MoveStopped


EXPORT = """\
external_id;login;first_name;last_name
E-1;boss@example.org;Ada;Lovelace
#records;1
"""
MAILED = ("--sender", "portal@firm.example", "--portal-url", "https://firm.example/")


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command on an office.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    file = OFFICE.having(mary=customer(dossiers=["1001", "1002"]))
    Path("office.toml").write_text(file.text, encoding="utf-8")
    Path("export.csv").write_text(EXPORT, encoding="utf-8")
    assert 0 == command("provision", "office.toml", "--show-passwords").code
    return command


class TestClose:
    """
    A dossier is closed, or the plan shown.
    """

    def test_the_plan(self, command: CommandLine) -> None:
        """
        Nothing is done, and everybody is named.
        """
        ended = command("licence", "close-dossier", "1001", "--dry-run")

        assert 0 == ended.code
        assert "Dossier 1001, Bakkerij: 3 users lose access." in ended.out
        assert "This is the plan: nothing was done." in ended.out
        shown = command("licence", "show", "--json").document
        assert 2 == len(shown["dossiers"])

    def test_it_is_closed(self, command: CommandLine) -> None:
        """
        Who could open nothing else is deactivated.
        """
        document = command("licence", "close-dossier", "1001", "--json").document

        assert {"number": "1001", "name": "Bakkerij"} == document["dossier"]
        assert {
            "ada@example.org": False,
            "joan@example.org": True,
            "mary@example.org": False,
        } == {each["winbooks_id"]: each["deactivated"] for each in document["people"]}
        joan = command("user", "show", "joan@example.org", "--json").document
        assert "inactive" in str(joan)
        history = command("user", "history", "mary@example.org")
        assert "Dossiers: -1001" in history.out

    def test_in_words(self, command: CommandLine) -> None:
        """
        A line for each person.
        """
        ended = command("licence", "close-dossier", "1001")

        assert "joan@example.org  loses access and is deactivated" in ended.out
        assert "mary@example.org  loses access  " in ended.out
        assert "nothing was done" not in ended.out

    @pytest.mark.parametrize("words", [["1009"], ["1001", "--as", "boss@example.org"]])
    def test_refusals(self, command: CommandLine, words: list[str]) -> None:
        """
        No such dossier, and no Administrator.  [S41]
        """
        assert 1 == command("licence", "close-dossier", *words).code


class TestMove:
    """
    A licence moves to on Web, or the plan is shown.
    """

    def test_the_plan(self, command: CommandLine) -> None:
        """
        It says who has no login there, and needs no one who writes.
        """
        ended = command("licence", "move-to-on-web", "export.csv", "--dry-run")

        assert 0 == ended.code
        assert "WinBooks Classic → WinBooks on Web" in ended.out
        assert "boss@example.org  password of WinBooks on Web" in ended.out
        assert "ada@example.org   no login there" in ended.out
        assert "2 end customers keep the password of the Portal." in ended.out
        assert "This is the plan: nothing was done." in ended.out
        shown = command("licence", "show", "--json").document
        assert "WinBooks Classic" == shown["licence"]["product"]

    def test_it_moves(self, command: CommandLine) -> None:
        """
        Repeated, it finds them done; the feed follows from then on.
        """
        words = ("licence", "move-to-on-web", "export.csv", *MAILED)

        document = command(*words, "--json").document
        again = command(*words)

        assert ["boss@example.org"] == document["moving"]
        assert ["ada@example.org"] == document["without_login"]
        assert "WinBooks on Web" == document["licence"]["product"]
        assert (2, 0) == (document["on_the_portal"], document["on_web"])
        assert 0 == again.code
        assert (
            "1 user signs in with the password of WinBooks on Web already." in again.out
        )
        mails = command("mail", "list", "--json").document
        assert ["boss@example.org"] == [each["winbooks_id"] for each in mails["mails"]]
        assert 0 == command("sync", "export.csv", "--apply").code

    def test_it_stops_half_way(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The shell is told that it is partly done.
        """

        def stop(*_: object, **__: object) -> None:
            raise MoveStopped

        monkeypatch.setattr(MoveService, "apply", stop)

        ended = command("licence", "move-to-on-web", "export.csv", *MAILED)

        assert (75, "Part of the users have moved") == (ended.code, ended.err[:28])

    def test_someone_has_to_write(self, command: CommandLine) -> None:
        """
        Whose password changes is told.  [S40]
        """
        ended = command("licence", "move-to-on-web", "export.csv")

        assert 2 == ended.code

    def test_refusals(self, command: CommandLine) -> None:
        """
        No file, and no Administrator.  [S41]
        """
        words = ("licence", "move-to-on-web")

        assert 69 == command(*words, "missing.csv", *MAILED).code
        as_boss = ("--as", "boss@example.org")
        assert 1 == command(*words, "export.csv", *as_boss, "--dry-run").code


class TestEndCustomersAfterwards:
    """
    On Web knows no end customer, so they are made as before.  [S56]
    """

    def test_by_a_command(self, command: CommandLine) -> None:
        """
        With a password of the Portal, which is generated.
        """
        command("licence", "move-to-on-web", "export.csv", *MAILED)

        made = command(
            *("user", "create", "new@example.org", "--level", "User"),
            *("--first-name", "Joan", "--last-name", "Clarke"),
            *("--company-name", "De Korenaar", "--user-language", "nl"),
            *("--dossier", "1001", "--role", "View.User"),
            *("--generate-password", "--show-passwords", "--json"),
        )
        reset = command(
            *("user", "reset-password", "new@example.org", "--generate-password"),
            "--show-passwords",
        )

        assert (0, 0) == (made.code, reset.code)
        assert made.document["password"]

    def test_by_an_office_file(self, command: CommandLine) -> None:
        """
        The staff, whom licence management knows, is left alone.
        """
        command("licence", "move-to-on-web", "export.csv", *MAILED)
        text = OFFICE.having().text.replace('"Classic"', '"on Web"')
        head, *people = text.split("[[employee]]")
        head = head.partition("[[end_customer]]")[0]
        (joan,) = ("\n".join(people).split("[[end_customer]]"))[1:]
        new = joan.replace("joan@", "new@")
        Path("on_web.toml").write_text(f"{head}[[end_customer]]{new}", "utf-8")

        made = command("provision", "on_web.toml", "--show-passwords", "--json")
        absent = command(
            "provision", "on_web.toml", "--apply-changes", "--dry-run", "--json"
        )

        assert 0 == made.code
        assert "boss@example.org" not in absent.out
        listed = command("user", "list", "--text", "new@example.org", "--json")
        assert 1 == len(listed.document["people"])
