"""
The command line on a PostgreSQL database: every command that a SQLite file has.
"""

import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text

from command_line import CommandLine


OFFICE = Path(__file__).parents[2] / "docs/examples/office.toml"

ON_WEB = """\
[licence]
number = "WB-9"
product = "WinBooks on Web"
holder = "Fiduciaire Hopper"
language = "en"
"""
EXPORT = """\
external_id;login;first_name;last_name;phone;is_licence_admin
E-1;ada@example.org;Ada;Lovelace;;yes
#records;1
"""


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs a command, in a folder with keys.
    """
    command("key", "create", "portal.keys")
    return command


@pytest.fixture
def server(emptied_postgresql: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let the environment name this worker's database, and the keys.
    """
    address = emptied_postgresql.render_as_string(hide_password=False)
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", address)
    monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "portal.keys")


class TestEveryCommand:
    """
    A server does what a file does.
    """

    def test_tables_are_made_and_an_office_is_provisioned(
        self, command: CommandLine, new_postgresql_url: URL
    ) -> None:
        """
        The address stands on the command line; without tables it says what to do.
        """
        place = (
            *("--database", new_postgresql_url.render_as_string(hide_password=False)),
            *("--key-file", "portal.keys"),
        )

        before = command("database", "check", *place)
        upgraded = command("database", "upgrade", *place[:2])
        after = command("database", "check", *place, "--json")
        made = command("provision", str(OFFICE), *place, "--mail-dir", "mails")

        assert (69, 0, 0, 0) == (before.code, upgraded.code, after.code, made.code)
        assert "winbooks-identity database upgrade" in before.err
        assert {
            "schema": 1,
            "outcome": "done",
            "licences": 0,
            "mails": {"waiting": 0, "given_up": 0},
        } == after.document
        assert [*Path("mails").glob("*.eml")]

    @pytest.mark.usefixtures("server")
    def test_an_office_is_run_from_the_environment(self, command: CommandLine) -> None:
        """
        No command needs the address again.
        """
        create = (
            *("user", "create", "new@example.org", "--generate-password"),
            *("--level", "Power User", "--first-name", "Grace"),
            *("--last-name", "Hopper", "--show-passwords"),
        )

        codes = [
            command(*arguments).code
            for arguments in (
                ("provision", str(OFFICE), "--mail-dir", "mails"),
                create,
                ("user", "list"),
                ("user", "show", "new@example.org"),
                ("mail", "list"),
                ("deliver", "--mail-dir", "mails"),
                ("policy", "impact", "portal"),
            )
        ]

        assert [0] * 7 == codes
        assert "new@example.org" in command("user", "list").out

    @pytest.mark.usefixtures("server")
    def test_a_copy_of_the_database(
        self, command: CommandLine, postgresql: Engine
    ) -> None:
        """
        The first delivery holds its mails back and says so; an operator decides.
        """
        place = (
            "--sender",
            "portal@firm.example",
            "--portal-url",
            "https://firm.example",
        )
        command("deliver", "--mail-dir", "mails")
        with postgresql.begin() as connection:
            # As a dump has it: the number of another database.
            changed = "UPDATE winbooks_home SET database_oid = '1'"
            assert 1 == connection.execute(text(changed)).rowcount
        command("provision", str(OFFICE), *place)

        said = command("deliver", "--mail-dir", "mails")
        again = command("deliver", "--mail-dir", "mails", "--json")

        assert (1, 1) == (said.code, again.code)
        assert "restored or copied" in said.out
        assert (0, True) == (
            again.document["mails"]["held_as_copied"],
            again.document["mails"]["held"] > 0,
        )
        assert 0 == command("mail", "retry", "--reason", "mail.held").code
        assert 0 == command("deliver", "--mail-dir", "mails").code
        assert [*Path("mails").glob("*.eml")]

    @pytest.mark.usefixtures("server")
    def test_mails_are_looked_after(self, command: CommandLine) -> None:
        """
        Those that wait are listed, shown, held, put back and withdrawn.
        """
        command("provision", str(OFFICE), "--mail-dir", "mails")
        command(
            *("user", "reset-password", "info@de-korenaar.example"),
            *("--generate-password", "--send-credentials"),
            *("--sender", "portal@firm.example"),
            *("--portal-url", "https://firm.example/"),
        )

        (waiting,) = command("mail", "list", "--json").document["mails"]
        mail = waiting["id"]
        codes = [
            command(*arguments).code
            for arguments in (
                ("mail", "show", mail),
                ("mail", "hold"),
                ("mail", "retry", mail),
                ("mail", "discard", mail),
                ("key", "rotate", "portal.keys"),
                ("database", "check"),
            )
        ]

        assert [0] * 6 == codes
        assert [] == command("mail", "list", "--json").document["mails"]

    @pytest.mark.usefixtures("server")
    def test_licences_are_renamed(self, command: CommandLine) -> None:
        """
        The next command sees it.
        """
        command("provision", str(OFFICE), "--mail-dir", "mails")

        codes = [
            command("licence", *arguments).code
            for arguments in (
                ("rename", "Peeters & Maes BV"),
                ("add-dossier", "MAES", "Maes Consult BV"),
                ("rename-dossier", "MAES", "Maes Advies BV"),
                ("list",),
            )
        ]

        assert [0] * 4 == codes
        shown = command("licence", "show").out
        assert "Peeters & Maes BV" in shown
        assert "Maes Advies BV" in shown

    @pytest.mark.usefixtures("server")
    def test_a_licence_follows_its_source(self, command: CommandLine) -> None:
        """
        A synchronisation makes the users there.
        """
        Path("office.toml").write_text(ON_WEB, encoding="utf-8")
        Path("export.csv").write_text(EXPORT, encoding="utf-8")

        codes = [
            command("provision", "office.toml").code,
            command("sync", "export.csv", "--apply").code,
        ]

        assert [0, 0] == codes
        assert "ada@example.org" in command("user", "list").out


class TestAddress:
    """
    An address is one of PostgreSQL, and holds no secret.
    """

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://portal:Canary@db.example/portal",
            "postgres://portal:Canary@db.example/portal",
            "postgresql://db.example/portal?password=Canary",
            "postgresql+psycopg://db.example/portal?sslpassword=Canary",
            "postgresql://db.example/portal?scram_client_key=Canary",
            "postgresql://db.example/portal?oauth_client_secret=Canary",
        ],
        ids=["password", "short scheme", "parameter", "key", "scram", "oauth"],
    )
    @pytest.mark.parametrize("path", [("user", "list"), ("database", "upgrade")])
    def test_a_password_is_refused(
        self, command: CommandLine, address: str, path: tuple[str, ...]
    ) -> None:
        """
        The sentence says where it may stand, and does not repeat it.
        """
        ended = command(*path, "--database", address)

        assert 2 == ended.code
        assert ".pgpass" in ended.err
        assert "Canary" not in ended.err + ended.out

    @pytest.mark.parametrize(
        "address",
        [
            "mysql://db.example/portal",
            "sqlite:///office.db",
            "://",
            "x://[",
            "host=db user=portal password=Canary",
            "postgresql:portal:Canary@db/portal",
        ],
    )
    def test_another_kind_of_address(self, command: CommandLine, address: str) -> None:
        """
        It is wrong usage, and no file with a strange name is made.
        """
        ended = command("user", "list", "--database", address)

        assert 2 == ended.code
        assert "postgresql://" in ended.err

    def test_keys_are_named(self, command: CommandLine) -> None:
        """
        A server has no place beside it where they could lie.
        """
        ended = command("user", "list", "--database", "postgresql:///portal")

        assert 2 == ended.code
        assert "--key-file" in ended.err

    def test_keys_that_are_missing(self, command: CommandLine) -> None:
        """
        The file is named, and the server is not asked.
        """
        ended = command(
            *("user", "list", "--database", "postgresql:///portal"),
            *("--key-file", "no.keys"),
        )

        assert 69 == ended.code
        assert "no.keys" in ended.err

    def test_a_server_is_not_copied(self, command: CommandLine) -> None:
        """
        PostgreSQL has a tool for it.
        """
        ended = command(
            "database", "backup", "copy.db", "--database", "postgresql:///portal"
        )

        assert 2 == ended.code
        assert "pg_dump" in ended.err

    def test_without_the_driver(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The extra is named.
        """
        monkeypatch.setitem(sys.modules, "psycopg", None)

        ended = command("database", "upgrade", "--database", "postgresql:///portal")

        assert 69 == ended.code
        assert "winbooks-identity[postgresql]" in ended.err
