"""
A Django project with a thousand e-mail users of its own adopts the library.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from winbooks_identity import (
    Distributor,
    Level,
    NewEmployee,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django.adoption import adopt, candidates
from winbooks_identity.adapters.django.authentication import WinBooksBackend
from winbooks_identity.adapters.django.wiring import portal
from winbooks_identity.errors import StorageBusy
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.testing import samples


pytestmark = pytest.mark.parametrize("using", ["default"], indirect=True)

HASHER = Argon2Hasher(CHEAPEST)
LICENCE = samples.licence()
DISTRIBUTOR = Distributor(LICENCE.number)


@pytest.fixture(autouse=True)
def project(
    using: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """
    Set the project up, its office registered and no account in it.
    """
    assert using
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    key_ring.create(tmp_path / "portal.keys")
    said = settings.WINBOOKS_IDENTITY | {
        "KEY_RING": tmp_path / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
    }
    User.objects.all().delete()
    with override_settings(WINBOOKS_IDENTITY=said):
        portal().provisioning.register_licence(
            LICENCE, [samples.dossier("D1")], by=WinBooksAdministration()
        )
        yield


def account(address: str, *, name: str = "", first_name: str = "Ada") -> User:
    """
    Return an account of the project, with a password of its own.
    """
    made = User(
        username=name or address,
        email=address,
        first_name=first_name,
        last_name="Lovelace",
    )
    made.set_password("old")
    made.save()
    return made


def run(command: str, *words: str, fails: bool = False) -> str:
    """
    Run a command of the app, and return what it writes.
    """
    said = StringIO()
    with pytest.raises(CommandError) if fails else nullcontext() as caught:
        call_command(command, *words, stdout=said)
    return f"{said.getvalue()}{caught.value if caught else ''}"


def adopt_accounts(*words: str, fails: bool = False) -> str:
    """
    Run the command that adopts.
    """
    return run("adopt_accounts", "--licence", LICENCE.number, *words, fails=fails)


class TestCollisions:
    """
    What would be one WinBooks ID is told before anything happens.
    """

    def test_twins(self) -> None:
        """
        They are a failure: they cannot both stay.
        """
        for address in ("ada@example.org", "ADA@example.org", "ada+x@example.org"):
            account(address)

        said = run("find_collisions", fails=True)

        assert 2 == len(re.findall(r"^twins ", said, re.MULTILINE))
        assert re.search(r"^variants .* ada@example.org \*$", said, re.MULTILINE)
        assert said.endswith("1 WinBooks IDs have several rows each")

    def test_none(self) -> None:
        """
        Any column of any table can be looked at.
        """
        account("ada@example.org")

        assert run("find_collisions", "auth.User", "--field", "username") == ""

    @pytest.mark.parametrize("model", ["nothing", "auth.Nothing", "auth.Group"])
    def test_no_such_table(self, model: str) -> None:
        """
        It says what to name.
        """
        assert "name app.Model and --field" in run("find_collisions", model, fails=True)


class TestReport:
    """
    Without being asked, nothing is changed.
    """

    def test_what_would_happen(self) -> None:
        """
        Everything that stands in the way is told, in one go.
        """
        portal().provisioning.create(
            NewEmployee.parse(
                {
                    "winbooks_id": "taken@example.org",
                    "generate_password": True,
                    "level": Level.POWER_USER,
                    "first_name": "Grace",
                    "last_name": "Hopper",
                },
                licence=LICENCE,
            ),
            by=DISTRIBUTOR,
        )
        account("ada@example.org")
        for twin in ("bob@example.org", "Bob@Example.org"):
            account(twin)
        account("no address", first_name="")
        account("Taken@example.org")

        said = adopt_accounts(fails=True)

        assert "1 accounts can be adopted\n4 accounts need a decision" in said
        assert 2 == said.count("same WinBooks ID")
        assert "first_name: Fill in" in said
        assert "already exists" in said
        assert not next(iter(candidates(by=DISTRIBUTOR, level=Level.USER))).new
        assert 1 == len([*portal().provisioning.users(by=DISTRIBUTOR)])

    @pytest.mark.parametrize(
        "words",
        [
            ["--level", "Chief"],
            ["--form", "no.such.thing"],
            ["--operator", " "],
        ],
    )
    def test_what_makes_no_sense(self, words: list[str]) -> None:
        """
        It is told, and nothing happens.
        """
        assert adopt_accounts(*words, fails=True)

    def test_a_licence_that_is_not_there(self) -> None:
        """
        It is told too.
        """
        said = run("adopt_accounts", "--licence", "no", fails=True)

        assert "This licence is not registered." == said

    def test_accounts_without_an_address(self) -> None:
        """
        They are no twins of each other: each has a field to fill in.
        """
        account("", name="one")
        account("", name="two")

        said = adopt_accounts(fails=True)

        assert 2 == said.count("winbooks_id: Fill in this field.")
        assert "2 accounts need a decision" in said
        assert run("find_collisions") == ""

    def test_an_address_does_not_drive_the_terminal(self) -> None:
        """
        What turns writing around, or moves the cursor, is replaced.  [S32]
        """
        account("ada\x1b[2K@example.org")
        account("Ada\x1b[2K@example.org")

        told = adopt_accounts(fails=True) + run("find_collisions", fails=True)

        assert "\x1b" not in told
        assert "ada\ufffd[2K@example.org" in told


def form_of(of: User) -> Mapping[str, object] | None:
    """
    Return what an account of this project says; robots are left alone.
    """
    if of.username == "robot":
        return None
    return {
        "winbooks_id": of.email,
        "level": "User",
        "first_name": of.first_name,
        "last_name": of.last_name,
        "company_name": "Acme",
        "language": "fr",
        "dossiers": ["D1"],
        "roles": ["View.User"],
    }


class TestAdoption:
    """
    Each account becomes a user, who signs in to the very same account.
    """

    def test_it_is_their_account(self) -> None:
        """
        Its old password opens nothing; a link lets them choose another.
        """
        ada = account("Ada@example.org")

        assert "1 accounts were adopted" in adopt_accounts("--apply", "--send-links")

        user = portal().provisioning.find(WinBooksId("ada@example.org"), by=DISTRIBUTOR)
        assert ada == WinBooksBackend().account_of(user)
        ada.refresh_from_db()
        assert not ada.has_usable_password()
        (mail,) = portal().administration.mails(user, by=DISTRIBUTOR)
        assert "set_password" == mail.kind.value
        assert "0 accounts were adopted" in adopt_accounts("--apply")

    def test_a_long_run_tells_how_far_it_is(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Not with the report, which may go into a file.
        """
        command = "winbooks_identity.adapters.django.management.commands.adopt_accounts"
        monkeypatch.setattr(f"{command}.TOLD_EVERY", 2)
        for name in ("ada", "bob", "eva"):
            account(f"{name}@example.org")
        told = StringIO()

        call_command(
            "adopt_accounts",
            "--licence",
            LICENCE.number,
            "--apply",
            stdout=StringIO(),
            stderr=told,
        )

        assert ["2 of 3"] == told.getvalue().splitlines()

    def test_a_password_is_kept_where_that_is_asked_for(self) -> None:
        """
        Two doors lead to the account then.
        """
        ada = account("ada@example.org")

        adopt_accounts("--apply", "--keep-passwords")

        ada.refresh_from_db()
        assert ada.check_password("old")
        (user,) = portal().provisioning.users(by=DISTRIBUTOR)
        assert () == (*portal().administration.mails(user, by=DISTRIBUTOR),)

    def test_a_form_of_the_project(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        It says who is an end customer, and whom to leave alone.
        """
        monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
        account("ada@example.org")
        account("robot@example.org", name="robot")

        said = adopt_accounts("--apply", "--form", f"{__name__}.form_of")

        assert "1 accounts were adopted" in said
        (user,) = portal().provisioning.users(by=DISTRIBUTOR)
        assert (Level.USER, {"D1"}) == (user.level, {*user.dossiers})

    def test_what_was_cut_off_is_finished(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Between the user and the link, the next run makes no second user.
        """
        ada = account("ada@example.org")
        (candidate,) = candidates(by=DISTRIBUTOR, level=Level.POWER_USER)
        create = ProvisioningService.create
        with monkeypatch.context() as cut:

            def cut_off(*words: object, **named: object) -> object:
                create(*words, **named)  # type: ignore[arg-type] # As they came.
                raise StorageBusy

            cut.setattr(ProvisioningService, "create", cut_off)
            with pytest.raises(StorageBusy):
                adopt(candidate, by=DISTRIBUTOR)

        adopt(candidate, by=DISTRIBUTOR)

        (user,) = portal().provisioning.users(by=DISTRIBUTOR)
        assert ada == WinBooksBackend().account_of(user)

    def test_an_id_that_was_taken_meanwhile(self) -> None:
        """
        It is told, and the others go on.
        """
        account("ada@example.org")
        account("grace@example.org")
        found = candidates(by=DISTRIBUTOR, level=Level.POWER_USER)
        portal().provisioning.create(found[0].new, by=DISTRIBUTOR)  # type: ignore[arg-type] # It is there.

        done = [adopt(each, by=DISTRIBUTOR) for each in found]

        assert [True, False] == [bool(each.problems) for each in done]
        with pytest.raises(ValueError, match="left alone"):
            adopt(done[0], by=DISTRIBUTOR)

    @pytest.mark.slow(is_measured=True)  # A thousand accounts are read three times.
    def test_a_thousand(self) -> None:
        """
        All but the twins can be adopted, in portions.
        """
        User.objects.bulk_create(
            User(
                username=f"{name}{number}",
                email=f"{name}{number % 990}@kantoor{number % 990 % 7}.be",
                first_name="Ada",
                last_name=f"Peeters {number}",
            )
            for number in range(1_000)
            for name in [("user", "USER")[number // 990]]
        )

        assert "980 accounts can be adopted\n20 accounts need" in (
            adopt_accounts(fails=True)
        )
        said = adopt_accounts("--apply", "--limit", "30", fails=True)

        assert "30 accounts were adopted\n" in said
        assert 30 == len([*portal().provisioning.users(by=DISTRIBUTOR)])
        assert "950 accounts can be adopted\n20 accounts need" in (
            adopt_accounts(fails=True)
        )
