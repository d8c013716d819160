"""
Users are looked after in Django's admin, through the services alone.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connections
from django.test import Client, override_settings
from django.urls import include, path, resolve

from django_tables.browser import ADMIN
from winbooks_identity import (
    Level,
    NewEmployee,
    NewEndCustomer,
    PortalUser,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django.authentication import BACKEND, WinBooksBackend
from winbooks_identity.adapters.django.wiring import portal
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import StorageBusy
from winbooks_identity.life_cycle import Step
from winbooks_identity.services.administration import AdministrationService
from winbooks_identity.testing import samples


HASHER = Argon2Hasher(CHEAPEST)
LICENCE = samples.licence()
DISTRIBUTOR = Distributor(LICENCE.number)
pytestmark = pytest.mark.parametrize("using", ["default"], indirect=True)
USERS = "/admin/winbooks_identity/user/"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
]


@pytest.fixture(autouse=True)
def project(
    using: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """
    Set the project up, its office registered.
    """
    assert using
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    key_ring.create(tmp_path / "portal.keys")
    said = settings.WINBOOKS_IDENTITY | {
        "KEY_RING": tmp_path / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
    }
    backends = ["django.contrib.auth.backends.ModelBackend", BACKEND]
    with override_settings(
        **ADMIN,
        AUTHENTICATION_BACKENDS=backends,
        ROOT_URLCONF=__name__,
        WINBOOKS_IDENTITY=said,
    ):
        portal().provisioning.register_licence(
            LICENCE,
            [samples.dossier("D1"), samples.dossier("D2")],
            by=WinBooksAdministration(),
        )
        yield


@pytest.fixture
def ada() -> PortalUser:
    """
    Return an Administrator.
    """
    return _create("ada@example.org", Level.ADMINISTRATOR)


@pytest.fixture
def grace() -> PortalUser:
    """
    Return a Power User.
    """
    return _create("grace@example.org", Level.POWER_USER)


def _create(address: str, level: Level) -> PortalUser:
    form = {
        "winbooks_id": address,
        "password": "Correct-Horse-9",
        "level": level.value,
        "first_name": address.partition("@")[0].capitalize(),
        "last_name": "Lovelace",
        "dossiers": ["D1"],
    }
    new = NewEmployee.parse(form, licence=LICENCE, dossiers=[samples.dossier("D1")])
    return portal().provisioning.create(new, by=DISTRIBUTOR).user


def browser(*rights: str) -> Client:
    """
    Return the browser of an operator of the project with some permissions.
    """
    User.objects.all().delete()
    operator = User.objects.create(username="an.peeters", is_staff=True)
    for right in rights:
        found = Permission.objects.get(
            codename=f"{right}_user", content_type__app_label="winbooks_identity"
        )
        operator.user_permissions.add(found)
    client = Client()
    client.force_login(operator, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client() -> Client:
    """
    Return the browser of an operator with all permissions.
    """
    return browser("view", "add", "change", "delete")


def text(answer: Any) -> str:  # noqa: ANN401  Django's own kind.
    """
    Return the page as it is read.
    """
    return str(answer.content.decode())


def stored(user: PortalUser) -> PortalUser:
    """
    Return *user* as they are now.
    """
    found = portal().storage.read(lambda unit: unit.users.find(user.id))
    assert found is not None
    return found


@pytest.mark.usefixtures("ada", "grace")
class TestList:
    """
    The users of a licence stand in a list, fifty on a page.
    """

    def test_who_is_there(self, client: Client) -> None:
        """
        With their level and status, in the reader's language.
        """
        page = text(client.get(USERS))

        assert page.index("ada@example.org") < page.index("grace@example.org")
        assert "Administrator" in page
        assert LICENCE.holder.text in page
        assert "kind=new_end_customer" in page

    @pytest.mark.parametrize("query", ["ADA@", "ada love"])
    def test_some_are_looked_for(self, client: Client, query: str) -> None:
        """
        By ID or name.
        """
        page = text(client.get(USERS, {"q": query}))

        assert "ada@example.org" in page
        assert "grace@example.org" not in page

    def test_many(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        They stand on several pages.
        """
        monkeypatch.setattr("winbooks_identity.adapters.django.admin.PAGE", 1)
        page = text(client.get(USERS, {"p": "2"}))

        assert "grace@example.org" in page
        assert "ada@example.org" not in page
        assert "p=1" in page

    def test_of_several_licences_one_is_chosen(self, client: Client) -> None:
        """
        Each has its own list.
        """
        other = samples.licence("4712")
        portal().provisioning.register_licence(other, by=WinBooksAdministration())

        assert "?licence=4712" in text(client.get(USERS))
        assert "ada@example.org" not in text(client.get(USERS, {"licence": "4712"}))
        assert "ada@example.org" in text(client.get(USERS, {"licence": LICENCE.number}))
        assert 302 == client.get(f"{USERS}add/").status_code

    @pytest.mark.parametrize("sent", [{}, {"step": "erase"}])
    def test_no_step_for_several(self, client: Client, sent: dict[str, str]) -> None:
        """
        A form without a step of theirs is none.
        """
        assert 400 == client.post(USERS, sent).status_code

    def test_a_step_for_several(
        self, client: Client, ada: PortalUser, grace: PortalUser
    ) -> None:
        """
        What is refused stops no other, and says why.
        """
        sent = {"step": "deactivate", "user": [str(ada.id), str(grace.id)]}
        page = text(client.post(USERS, sent, follow=True))

        assert stored(ada).is_active
        assert not stored(grace).is_active
        assert "Deactivate: grace@example.org" in page
        assert "Deactivate, ada@example.org: This is the last active" in page

    def test_a_busy_storage(
        self, client: Client, grace: PortalUser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Is said, and the page is there.
        """
        monkeypatch.setattr(AdministrationService, "deactivate", busy)

        sent = {"step": "deactivate", "user": [str(grace.id)]}

        assert "busy" in text(client.post(USERS, sent, follow=True))
        step = f"{USERS}{grace.id}/deactivate/"
        assert "busy" in text(client.post(step, {"version": grace.version}))


def busy(*_: object, **__: object) -> None:
    """
    Be a storage that is busy.
    """
    raise StorageBusy


#: What each step is sent, and what it makes of the user.
TAKEN: list[tuple[Step, dict[str, Any], Callable[[PortalUser], object], object]] = [
    (Step.DEACTIVATE, {}, lambda user: user.is_active, False),
    (
        Step.RECTIFY,
        {
            "first_name": "Joan",
            "last_name": "Clarke",
            "company_name": "Acme",
            "language": "fr",
            "phone": "",
        },
        lambda user: user.first_name.text,
        "Joan",
    ),
    (
        Step.CHANGE_LEVEL,
        {"level": "Administrator"},
        lambda user: user.level,
        Level.ADMINISTRATOR,
    ),
    (Step.GRANT_DOSSIERS, {"dossiers": "D2"}, lambda user: len(user.dossiers), 2),
    (Step.REVOKE_DOSSIERS, {"dossiers": "D1"}, lambda user: len(user.dossiers), 0),
    (Step.GRANT_ROLES, {"roles": "View.Admin"}, lambda user: len(user.roles), 1),
    (
        Step.NOTIFY,
        {"notify_all_dossiers": "on"},
        lambda user: user.notify_all_dossiers,
        True,
    ),
    (Step.SET_PASSWORD, {}, lambda user: user.version, 1),
    (Step.RESET_PASSWORD, {"send_credentials": "on"}, lambda user: user.version, 2),
    (
        Step.CHANGE_ID,
        {"winbooks_id": "joan@example.org"},
        lambda user: user.id_change is not None,
        True,
    ),
]


class TestUser:
    """
    A user has a page, and each step one of its own.
    """

    def test_what_is_known_of_them(self, client: Client, grace: PortalUser) -> None:
        """
        With what happened, and what can happen.
        """
        page = text(client.get(f"{USERS}{grace.id}/"))

        assert "Correct-Horse-9" not in page
        assert "Lovelace" in page
        assert "distributor" in page
        assert f"{USERS}{grace.id}/deactivate/" in page
        assert "/activate/" not in page
        assert "<dt>Activate</dt><dd>The account is active.</dd>" in page

    @pytest.mark.parametrize("case", TAKEN, ids=[each[0].value for each in TAKEN])
    def test_a_step(
        self,
        client: Client,
        grace: PortalUser,
        case: tuple[Step, dict[str, Any], Callable[[PortalUser], object], object],
    ) -> None:
        """
        It is taken by the service, and stands in the history with who took it.
        """
        step, sent, look, expected = case
        address = f"{USERS}{grace.id}/{step.value}/"
        shown = text(client.get(address))
        (version,) = re.findall(r'name="version" value="(\d+)"', shown)

        answer = client.post(address, {**sent, "version": version})

        assert 302 == answer.status_code, text(answer)
        assert expected == look(stored(grace))
        events = portal().administration.history(grace.id, by=DISTRIBUTOR)
        assert step is Step.SET_PASSWORD or "an.peeters" == events[-1].operator

    def test_the_other_steps(self, client: Client, grace: PortalUser) -> None:
        """
        Each undoes another one.
        """
        for step, sent in [
            ("grant_roles", {"roles": "View.Admin"}),
            ("revoke_roles", {"roles": "View.Admin"}),
            ("change_id", {"winbooks_id": "joan@example.org"}),
            ("notify", {"notify_all_dossiers": "on"}),
            ("withdraw_id", {}),
            ("deactivate", {}),
            ("activate", {}),
        ]:
            address = f"{USERS}{grace.id}/{step}/"
            whole = {**sent, "version": str(stored(grace).version)}
            assert 302 == client.post(address, whole).status_code, step

        after = stored(grace)
        assert (grace.roles, True, None) == (
            after.roles,
            after.is_active,
            after.id_change,
        )
        page = text(client.get(f"{USERS}{grace.id}/"))
        assert "joan@example.org" in page
        assert "<td>yes</td>" in page

    def test_a_password_is_handed_over_once(
        self, client: Client, grace: PortalUser
    ) -> None:
        """
        It stands on the answer, and nowhere else.
        """
        address = f"{USERS}{grace.id}/reset_password/"
        answer = client.post(address, {"version": "1"})
        page = text(answer)

        (password,) = re.findall(r"<output[^>]*>(.*)</output>", page)
        assert 16 <= len(password)
        assert "no-store" in answer.headers["Cache-Control"]
        assert password not in text(client.get(f"{USERS}{grace.id}/"))

    def test_a_user_is_erased(self, client: Client, grace: PortalUser) -> None:
        """
        They have no page any more.
        """
        answer = client.post(f"{USERS}{grace.id}/erase/", {"version": "1"})

        assert f"{USERS}?licence={LICENCE.number}" == answer.headers["Location"]
        assert 404 == client.get(f"{USERS}{grace.id}/").status_code

    @pytest.mark.parametrize(
        "step, sent, said",
        [
            ("deactivate", {"version": "7"}, "in the meantime"),
            ("change_level", {"level": "User", "version": "1"}, "Choose one of"),
            ("change_id", {"winbooks_id": "no", "version": "1"}, "@"),
        ],
    )
    def test_what_is_refused(
        self,
        client: Client,
        grace: PortalUser,
        step: str,
        sent: dict[str, str],
        said: str,
    ) -> None:
        """
        Says why, and changes nothing.
        """
        answer = client.post(f"{USERS}{grace.id}/{step}/", sent)

        assert 422 == answer.status_code
        assert said in text(answer)
        assert grace == stored(grace)

    def test_what_is_not_possible(self, client: Client, grace: PortalUser) -> None:
        """
        Has no form, but the reason.
        """
        page = text(client.get(f"{USERS}{grace.id}/withdraw_id/"))

        assert "No new WinBooks ID waits to be confirmed." in page
        assert 'name="version"' not in page

    def test_what_is_left_to_choose(self, client: Client, grace: PortalUser) -> None:
        """
        A step offers what it would change, and of the levels the present one, too.
        """
        dossiers = text(client.get(f"{USERS}{grace.id}/grant_dossiers/"))
        levels = text(client.get(f"{USERS}{grace.id}/change_level/"))

        offered = re.findall(r'name="dossiers" value="(\w+)"', dossiers)
        assert sorted({"D1", "D2"} - grace.dossiers) == offered
        assert ["Power User", "Administrator"] == re.findall(
            r'<option value="([\w ]+)"', levels
        )

    def test_no_such_step(self, client: Client, grace: PortalUser) -> None:
        """
        Nor one that only its person takes.
        """
        for step in ("fly", "change_password"):
            assert 404 == client.get(f"{USERS}{grace.id}/{step}/").status_code

    @pytest.mark.parametrize("language, said", [("nl", "Voornaam"), ("fr", "Prénom")])
    def test_the_readers_language(
        self, client: Client, grace: PortalUser, language: str, said: str
    ) -> None:
        """
        The page follows it.
        """
        answer = client.get(
            f"{USERS}{grace.id}/", headers={"accept-language": language}
        )

        assert said in text(answer)


class TestCreation:
    """
    The form of the Portal makes users.
    """

    SENT: ClassVar[dict[str, Any]] = {
        "winbooks_id": "joan@example.org",
        "generate_password": "on",
        "level": "Power User",
        "first_name": "Joan",
        "last_name": "Clarke",
        "language": "nl",
        "activate": "on",
    }

    def test_a_member_of_staff(self, client: Client) -> None:
        """
        Their password is handed over once.
        """
        assert "Power User" in text(client.get(f"{USERS}add/"))

        page = text(client.post(f"{USERS}add/", self.SENT))

        assert "<output" in page
        joan = portal().provisioning.find(
            WinBooksId("joan@example.org"), by=DISTRIBUTOR
        )
        assert Level.POWER_USER is joan.level

    def test_an_end_customer(self, client: Client) -> None:
        """
        The other kind has a form of its own; a mail can take the password.
        """
        sent = self.SENT | {
            "dossiers": "D1",
            "roles": "View.User",
            "company_name": "Acme",
            "send_credentials": "on",
        }
        del sent["level"]

        answer = client.post(f"{USERS}add/?kind=new_end_customer", sent)

        assert 302 == answer.status_code, text(answer)

    @pytest.mark.usefixtures("ada")
    def test_an_id_that_is_taken(self, client: Client) -> None:
        """
        It is said at its field, and the password is not shown again.
        """
        sent = self.SENT | {"winbooks_id": "ADA@example.org"}
        del sent["generate_password"]
        sent["password"] = "Correct-Horse-9"
        answer = client.post(f"{USERS}add/", sent)

        assert 422 == answer.status_code
        assert "already exists" in text(answer)
        assert "Correct-Horse-9" not in text(answer)


class TestRights:
    """
    Permissions of the model open the pages; the library decides about the rest.
    """

    @pytest.mark.parametrize(
        "rights, codes",
        [
            ((), [403, 403, 403, 403, 403]),
            (("view",), [200, 200, 403, 403, 403]),
            (("view", "change"), [200, 200, 200, 403, 403]),
            (("view", "delete"), [200, 200, 403, 200, 403]),
            (("view", "add"), [200, 200, 403, 403, 200]),
        ],
    )
    def test_permissions(
        self, grace: PortalUser, rights: tuple[str, ...], codes: list[int]
    ) -> None:
        """
        To erase is to delete.
        """
        client = browser(*rights)
        one = f"{USERS}{grace.id}/"
        pages = [USERS, one, f"{one}deactivate/", f"{one}erase/", f"{USERS}add/"]

        assert codes == [client.get(page).status_code for page in pages]
        if rights == ("view",):
            assert "deactivate" not in text(client.get(one))
            assert 403 == client.post(USERS, {"step": "deactivate"}).status_code

    def test_no_one_else(self, grace: PortalUser) -> None:
        """
        Who has not signed in to the admin sees nothing.
        """
        answer = Client().get(f"{USERS}{grace.id}/")

        assert answer.headers["Location"].startswith("/admin/login/")

    def test_a_user_of_the_portal(self, ada: PortalUser, grace: PortalUser) -> None:
        """
        They act as themselves, in their own licence.
        """
        client = self._of(grace)
        other = samples.licence("4712")
        portal().provisioning.register_licence(other, by=WinBooksAdministration())
        stranger = portal().provisioning.create(
            NewEmployee.parse(
                TestCreation.SENT | {"winbooks_id": "x@example.org"}, licence=other
            ),
            by=Distributor("4712"),
        )

        page = text(client.get(USERS))
        assert "grace@example.org" in page
        assert "ada@example.org" not in page  # A Power User does not manage them.
        assert 404 == client.get(f"{USERS}{ada.id}/").status_code
        assert 403 == client.get(f"{USERS}{stranger.user.id}/").status_code
        refused = client.post(
            f"{USERS}{grace.id}/change_level/",
            {"level": "Administrator", "version": "2"},
        )
        assert 422 == refused.status_code
        assert Level.POWER_USER is stored(grace).level

    def test_a_user_of_the_portal_who_came_in_past_it(
        self, ada: PortalUser, grace: PortalUser
    ) -> None:
        """
        With a password of Django's they are no operator of the project.
        """
        account: Any = WinBooksBackend().account_of(ada)
        User.objects.filter(pk=account.pk).update(is_staff=True, is_superuser=True)
        client = Client()
        client.force_login(
            User.objects.get(pk=account.pk),
            "django.contrib.auth.backends.ModelBackend",
        )

        assert 403 == client.get(USERS).status_code
        assert 403 == client.get(f"{USERS}{grace.id}/").status_code

    def test_a_user_who_sees_only_themselves(self) -> None:
        """
        An end customer does not even see that others are there.
        """
        customer = portal().provisioning.create(
            NewEndCustomer.parse(
                TestCreation.SENT
                | {
                    "level": "User",
                    "dossiers": ["D1"],
                    "roles": ["View.User"],
                    "company_name": "Acme",
                },
                licence=LICENCE,
                dossiers=[samples.dossier("D1")],
            ),
            by=DISTRIBUTOR,
        )
        User.objects.all().delete()
        ada = _create("ada@example.org", Level.ADMINISTRATOR)

        assert 404 == self._of(customer.user).get(f"{USERS}{ada.id}/").status_code

    def _of(self, user: PortalUser) -> Client:
        account: Any = WinBooksBackend().account_of(user)
        User.objects.filter(pk=account.pk).update(is_staff=True, is_superuser=True)
        client = Client()
        client.force_login(account, BACKEND)
        return client


def test_the_pages_open_no_transaction() -> None:
    """
    Also where a project wraps every request.
    """
    view = resolve(f"{USERS}add/").func
    assert {*connections} == vars(view)["_non_atomic_requests"]
