"""
Tokens of identity providers are made, listed, replaced and ended from a shell.
"""

import builtins
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine
from winbooks_identity.adapters.scim import TokenFile
from winbooks_identity.adapters.scim.tokens import find
from winbooks_identity.cli.scim.serve import _is_of_this_machine


LICENCE = """\
[licence]
number = "WB-{number}"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"
"""

PLACE = ("--database", "o.sqlite3")


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command in a folder with the database of one licence.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_OPERATOR", "An")
    Path("office.toml").write_text(LICENCE.format(number=1), encoding="utf-8")
    assert 0 == command("provision", "office.toml", *PLACE).code
    return command


def created(command: CommandLine, *options: str) -> Mapping[str, Any]:
    """
    Return the document about a new token.
    """
    outcome = command(
        *("scim", "token", "create", "--client", "Entra ID", *options),
        *("--show-token", "--json", *PLACE),
    )
    assert 0 == outcome.code, outcome.err
    return outcome.document


class TestCreate:
    """
    A token stands for one licence.
    """

    def test_for_the_licence(self, command: CommandLine) -> None:
        """
        It is good, beside the database, and names its client.
        """
        document = created(command)
        token = find(
            TokenFile(Path("o.sqlite3.scim")),
            document["token"],
            now=datetime.now(UTC),
        )

        assert token is not None
        assert ("WB-1", "Entra ID", document["id"]) == (
            token.licence,
            token.client,
            token.id,
        )

    def test_in_words(self, command: CommandLine) -> None:
        """
        The token alone is the result, so that it can be piped.
        """
        outcome = command(
            *("scim", "token", "create", "--client=Okta", "--show-token", *PLACE)
        )

        assert outcome.out.startswith("wbscim_")
        assert 1 == len(outcome.out.splitlines())
        assert "Copy this token now: it is not shown again.\n" == outcome.err

    def test_unseen(self, command: CommandLine) -> None:
        """
        Where no one looks, none is made.
        """
        outcome = command("scim", "token", "create", "--client=Okta", *PLACE)

        assert (2, "") == (outcome.code, outcome.out)
        assert "--show-token" in outcome.err
        assert not Path("o.sqlite3.scim").exists()

    def test_of_another_licence(self, command: CommandLine) -> None:
        """
        A licence that is not there gets no token.
        """
        outcome = command(
            *("scim", "token", "create", "--client=Okta", "--show-token"),
            *("--licence=WB-9", *PLACE),
        )

        assert 1 == outcome.code
        assert not Path("o.sqlite3.scim").exists()

    def test_a_client_without_a_name(self, command: CommandLine) -> None:
        """
        The history needs one.
        """
        outcome = command(
            "scim", "token", "create", "--client=", "--show-token", "--json", *PLACE
        )

        assert 1 == outcome.code
        assert not Path("o.sqlite3.scim").exists()

    def test_with_an_end(self, command: CommandLine) -> None:
        """
        It is good for so many days; none is no number of days.
        """
        ends_at = datetime.fromisoformat(created(command, "--days=30")["expires_at"])
        assert timedelta(days=29) < ends_at - datetime.now(UTC) <= timedelta(days=30)

        outcome = command(
            *("scim", "token", "create", "--client=Okta", "--days=0"),
            *("--show-token", *PLACE),
        )
        assert 2 == outcome.code


class TestList:
    """
    Tokens go by their ids.
    """

    def test_ids(self, command: CommandLine) -> None:
        """
        None of them is shown.
        """
        document = created(command)
        created(command, "--days=30")
        outcome = command("scim", "token", "list", *PLACE)

        assert document["id"] in outcome.out
        assert "never" in outcome.out
        assert document["token"] not in outcome.out
        listed = command("scim", "token", "list", "--json", *PLACE)
        assert 2 == len(listed.document["tokens"])

    def test_none(self, command: CommandLine) -> None:
        """
        A list of none says so, and a missing file too.
        """
        missing = command("scim", "token", "list", *PLACE)
        document = created(command)
        command("scim", "token", "revoke", document["id"], *PLACE)

        assert 69 == missing.code
        assert "There is no token.\n" == command("scim", "token", "list", *PLACE).out


class TestRotate:
    """
    A token is replaced without a gap.
    """

    def test_for_a_while(self, command: CommandLine) -> None:
        """
        The other one is good for as many hours as said.
        """
        old = created(command)
        outcome = command(
            *("scim", "token", "rotate", old["id"], "--keep-hours=2"),
            *("--show-token", "--json", *PLACE),
        )

        tokens, now = TokenFile(Path("o.sqlite3.scim")), datetime.now(UTC)
        texts = (old["token"], outcome.document["token"])
        later = now + timedelta(hours=2)
        assert [True, True] == [bool(find(tokens, each, now=now)) for each in texts]
        assert [False, True] == [bool(find(tokens, each, now=later)) for each in texts]

    @pytest.mark.parametrize("verb", ["rotate", "revoke"])
    def test_of_none(self, command: CommandLine, verb: str) -> None:
        """
        An id that is none is said to be none.
        """
        created(command)
        outcome = command(
            *("scim", "token", verb, "0000", *PLACE),
            *(("--show-token",) if verb == "rotate" else ()),
        )

        assert 2 == outcome.code
        assert "scim token list" in outcome.err


def test_revoke(command: CommandLine) -> None:
    """
    A token that is revoked is over.
    """
    document = created(command)
    outcome = command("scim", "token", "revoke", document["id"], *PLACE)

    assert f"The token {document['id']} has ended.\n" == outcome.out
    assert 0 == len(TokenFile(Path("o.sqlite3.scim")).all())


class TestPlace:
    """
    The file of tokens lies beside the database, or where it is said.
    """

    def test_of_a_server(self, command: CommandLine) -> None:
        """
        Beside an address there is no place.
        """
        outcome = command("scim", "token", "list", "-d", "postgresql://localhost/x")

        assert 2 == outcome.code
        assert "--tokens" in outcome.err

    def test_named(self, command: CommandLine) -> None:
        """
        The option names another file.
        """
        created(command, "--tokens=elsewhere.json")

        assert Path("elsewhere.json").exists()
        listed = command(
            *("scim", "token", "list", "--tokens=elsewhere.json", "--json", *PLACE)
        )
        assert 1 == len(listed.document["tokens"])

    @pytest.mark.parametrize("missing", ["scim2_server", "attrs.nothing"])
    def test_without_the_packages(
        self, command: CommandLine, monkeypatch: pytest.MonkeyPatch, missing: str
    ) -> None:
        """
        The extra is named; another module that is missing is a mistake of ours.
        """
        load = builtins.__import__

        def without(name: str, *rest: Any) -> object:  # noqa: ANN401  As Python calls it.
            if name.endswith("adapters.scim"):
                raise ModuleNotFoundError(name=missing)
            return load(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        arguments = ("scim", "token", "list", *PLACE)
        if missing == "scim2_server":
            outcome = command(*arguments)
            assert 69 == outcome.code
            assert "winbooks-identity[scim]" in outcome.err
        else:
            with pytest.raises(ModuleNotFoundError):
                command(*arguments)


@pytest.mark.parametrize(
    "host, is_here",
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("192.0.2.1", False),
     ("portal.example", False)],
)  # fmt: skip
def test_this_machine(host: str, is_here: bool) -> None:
    """
    A server that others reach without encryption is warned of.
    """
    assert is_here is _is_of_this_machine(host)
