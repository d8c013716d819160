"""
People sign in to a Django project, and stay in as long as they should.
"""

import contextlib
import re
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path, reverse
from django.views.debug import ExceptionReporter

from django_tables.models import Colleague
from winbooks_identity import (
    Distributor,
    Level,
    NewEmployee,
    Password,
    PortalUser,
    WinBooksAdministration,
)
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.django.authentication import (
    BACKEND,
    WinBooksBackend,
    is_linked,
)
from winbooks_identity.adapters.django.wiring import portal
from winbooks_identity.adapters.login_pages import style
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.errors import HasherBusy
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.rollout import Rollout
from winbooks_identity.services.sign_in import SignInService
from winbooks_identity.testing import samples


HASHER = Argon2Hasher(CHEAPEST)
DISTRIBUTOR = Distributor(samples.licence().number)
ADDRESS = "ada@example.org"
CHOSEN = "krokus Zadel 71 ventilator?"
NEWER = "velours Anker 28 gieter!"


def home(request: HttpRequest) -> HttpResponse:
    """
    Say who is signed in.
    """
    user = getattr(request.user, "winbooks_user", None)
    return HttpResponse(user.winbooks_id.address if user else "nobody")


urlpatterns = [
    path("", home),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
]

PROJECT: dict[str, Any] = {
    "ALLOWED_HOSTS": ["testserver"],
    "AUTHENTICATION_BACKENDS": [BACKEND],
    "LOGIN_REDIRECT_URL": "/",
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    "ROOT_URLCONF": __name__,
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
        }
    ],
}


@pytest.fixture(autouse=True)
def project(
    using: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """
    Set the project up, its office registered.
    """
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    key_ring.create(tmp_path / "portal.keys")
    said = {
        **settings.WINBOOKS_IDENTITY,
        "KEY_RING": tmp_path / "portal.keys",
        "HASHER": f"{__name__}.HASHER",
        "DATABASE": using,
    }
    for page in ("SET_PASSWORD_URL", "CONFIRM_ID_URL"):
        del said[page]
    with override_settings(WINBOOKS_IDENTITY=said, **PROJECT):
        User.objects.all().delete()
        portal().provisioning.register_licence(
            samples.licence(), by=WinBooksAdministration()
        )
        yield


@pytest.fixture
def client() -> Client:
    """
    Return a browser.
    """
    return Client()


@pytest.fixture
def ada() -> PortalUser:
    """
    Return a user with an initial password.
    """
    return _create(ADDRESS)


@pytest.fixture
def settled(ada: PortalUser) -> PortalUser:
    """
    Return a user who has chosen a password.
    """
    return portal().own_login.change_password(
        ada.winbooks_id, Password(INITIAL), Password(CHOSEN)
    )


INITIAL = "Correct-Horse-9"


def _create(address: str) -> PortalUser:
    form = {
        "winbooks_id": address,
        "password": INITIAL,
        "level": "Power User",
        "first_name": "Ada",
        "last_name": "Lovelace",
    }
    new = NewEmployee.parse(form, licence=samples.licence())
    return portal().provisioning.create(new, by=DISTRIBUTOR).user


def post(client: Client, name: str, /, **form: str) -> Any:  # noqa: ANN401  Django's own kind.
    """
    Send a form to a page of the app.
    """
    return client.post(reverse(f"winbooks_identity:{name}"), form)


def sign_in(client: Client, password: str = CHOSEN, **form: str) -> Any:  # noqa: ANN401  Django's own kind.
    """
    Sign in by the page.
    """
    return post(client, "sign_in", winbooks_id=ADDRESS, password=password, **form)


def who(client: Client) -> str:
    """
    Return who the project says is signed in.
    """
    said: str = client.get("/").content.decode()
    return said


def mailed_token() -> str:
    """
    Return the token in the last mail that goes out.
    """
    mailer = InMemoryMailer()
    portal().relay(mailer).deliver()
    bodies = [
        message_from_bytes(mail.content, policy=policy.default).get_body(("plain",))
        for mail in mailer.sent
    ]
    texts = [body.get_content() for body in bodies if body is not None]
    (token,) = re.findall(r"https://\S+\?token=(\S+)", "".join(texts))
    return str(token)


@pytest.mark.usefixtures("settled")
class TestSignIn:
    """
    The page signs in, and says why not.
    """

    def test_the_account_holds_nothing_of_the_person(
        self, client: Client, settled: PortalUser
    ) -> None:
        """
        And the same one is there the next time.
        """
        for _ in range(2):
            sign_in(client)

        (account,) = User.objects.all()
        assert str(settled.id) == account.username
        assert not account.has_usable_password()
        assert ("", "", "") == (account.email, account.first_name, account.last_name)

    @pytest.mark.parametrize(
        "to, where", [("/there", "/there"), ("https://evil.example/", "/")]
    )
    def test_they_go_on_where_they_were(
        self, client: Client, to: str, where: str
    ) -> None:
        """
        Unless it is another site.
        """
        assert where == sign_in(client, next=to).headers["Location"]
        shown = client.get(reverse("winbooks_identity:sign_in"), {"next": to})
        assert ('value="/there"' in shown.content.decode()) is (to == where)

    def test_a_place_without_a_slash(self, client: Client) -> None:
        """
        It is an address, and not the name of a view.
        """
        assert "there" == sign_in(client, next="there").headers["Location"]

    def test_nothing_filled_in(self, client: Client) -> None:
        """
        Every field says so.
        """
        answer = post(client, "sign_in")

        assert 422 == answer.status_code
        assert 2 == answer.content.decode().count('class="errorlist"')
        assert f"<style>{style()}</style>" in answer.content.decode()

    def test_too_many(self, client: Client) -> None:
        """
        The page says for how long, also to programs.
        """
        for _ in range(10):
            sign_in(client, "Wrong-Horse-12")

        answer = sign_in(client)

        assert 429 == answer.status_code
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        with pytest.raises(PermissionDenied):
            WinBooksBackend().authenticate(RequestFactory().post("/"), ADDRESS, CHOSEN)

    @pytest.mark.parametrize(
        "language, title",
        [
            ("nl", "Aanmelden"),
            ("fr", "Se connecter"),
            ("en", "Sign in"),
            ("de", "Anmelden"),
        ],
    )
    def test_the_page_speaks_the_readers_language(
        self, client: Client, language: str, title: str
    ) -> None:
        """
        And says which it is.
        """
        page = client.get(
            reverse("winbooks_identity:sign_in"), headers={"accept-language": language}
        ).content.decode()

        assert f'<html lang="{language}">' in page
        assert f"<h1>{title}</h1>" in page
        assert 'autocomplete="current-password"' in page

    def test_a_project_has_pages_of_its_own(
        self, client: Client, tmp_path: Path
    ) -> None:
        """
        A template of the same name comes first, one by one.
        """
        folder = tmp_path / "winbooks_identity"
        folder.mkdir()
        (folder / "sign_in.html").write_text("ours: {{ form.winbooks_id.label }}")
        templates = [{**PROJECT["TEMPLATES"][0], "DIRS": [tmp_path]}]
        with override_settings(TEMPLATES=templates):
            page = client.get(reverse("winbooks_identity:sign_in"))

        assert b"ours: WinBooks ID" == page.content

    def test_no_transaction_is_open_while_a_password_is_hashed(
        self, client: Client
    ) -> None:
        """
        Also where a project wraps every request, so that failed attempts count.
        """
        for name in ("sign_in", "change_password", "set_password"):
            view = client.get(reverse(f"winbooks_identity:{name}")).resolver_match.func
            assert {*connections} == vars(view)["_non_atomic_requests"]

    def test_the_page_knows_who_changes_their_password(self, client: Client) -> None:
        """
        It is who is signed in.
        """
        sign_in(client)

        page = client.get(reverse("winbooks_identity:change_password"))

        assert f'value="{ADDRESS}"' in page.content.decode()

    def test_a_button_signs_out(self, client: Client) -> None:
        """
        A link does not.
        """
        sign_in(client)

        assert 405 == client.get(reverse("winbooks_identity:sign_out")).status_code
        assert ADDRESS == who(client)
        post(client, "sign_out")
        assert "nobody" == who(client)


class TestInitialPassword:
    """
    It leads to the page where it is changed, and signs no one in.  [S5]
    """

    @pytest.mark.usefixtures("ada")
    def test_it_leads_to_the_change(self, client: Client) -> None:
        """
        The page knows whose it is; then they are in, and go on.
        """
        answer = sign_in(client, INITIAL, next="/there")

        assert "nobody" == who(client)
        page = client.get(answer.headers["Location"])
        assert f'value="{ADDRESS}"' in page.content.decode()
        assert INITIAL not in page.content.decode()
        changed = post(
            client,
            "change_password",
            winbooks_id=ADDRESS,
            current_password=INITIAL,
            password=CHOSEN,
            next="/there",
        )
        assert "/there" == changed.headers["Location"]
        assert ADDRESS == who(client)

    @pytest.mark.usefixtures("ada")
    def test_without_a_place_to_go_on(self, client: Client) -> None:
        """
        The address of the page is bare.
        """
        answer = sign_in(client, INITIAL)

        assert reverse("winbooks_identity:change_password") == answer["Location"]


@pytest.mark.usefixtures("settled")
class TestSessions:
    """
    An open session ends when it should, at once.  [S70]
    """

    @pytest.mark.parametrize(
        "step",
        [
            lambda user: portal().administration.deactivate(user, by=DISTRIBUTOR),
            lambda user: portal().administration.change_level(
                user, Level.ADMINISTRATOR, by=DISTRIBUTOR
            ),
            lambda user: portal().logins.reset_password(
                user, GeneratedPassword(), by=DISTRIBUTOR
            ),
        ],
    )
    def test_it_ends(
        self, client: Client, step: Callable[[PortalUser], object], settled: PortalUser
    ) -> None:
        """
        By whoever's hand.
        """
        sign_in(client)
        assert ADDRESS == who(client)

        step(settled)

        assert "nobody" == who(client)

    def test_it_does_not_come_back(self, client: Client, settled: PortalUser) -> None:
        """
        Not even where nobody looked meanwhile.
        """
        sign_in(client)
        away = portal().administration.deactivate(settled, by=DISTRIBUTOR)
        portal().administration.activate(away, by=DISTRIBUTOR)

        assert "nobody" == who(client)

    def test_other_steps_end_nothing(self, client: Client, settled: PortalUser) -> None:
        """
        Whoever gets a role works on.
        """
        sign_in(client)
        portal().administration.grant_roles(
            settled, samples.user().roles, by=DISTRIBUTOR
        )

        assert ADDRESS == who(client)

    def test_an_account_that_the_project_closed(self, client: Client) -> None:
        """
        The project's own word counts too.
        """
        sign_in(client)
        User.objects.update(is_active=False)
        assert "nobody" == who(client)

    def test_an_account_that_is_gone_is_made_anew(self, client: Client) -> None:
        """
        Its session is over.
        """
        sign_in(client)
        User.objects.all().delete()
        assert "nobody" == who(client)

        sign_in(client)

        assert ADDRESS == who(client)

    @pytest.mark.parametrize("by_proxy", [False, True])
    def test_an_account_whose_key_is_used_again(
        self, client: Client, settled: PortalUser, *, by_proxy: bool
    ) -> None:
        """
        It is not the user's; neither their session nor their next one opens it.
        """
        sign_in(client)
        (account,) = User.objects.all()
        key = account.pk
        (Colleague.objects.get(pk=key) if by_proxy else account).delete()

        other = User.objects.create(pk=key, username="another")

        assert "nobody" == who(client)
        assert not is_linked(other)
        assert other != WinBooksBackend().account_of(settled)

    def test_an_account_that_stays_after_all(self, client: Client) -> None:
        """
        What is not deleted keeps its user.
        """
        sign_in(client)
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            User.objects.all().delete()
            raise ZeroDivisionError

        assert ADDRESS == who(client)


class TestBackend:
    """
    What else of Django asks for credentials gets the same answer.
    """

    def ask(self, username: str | None, password: str | None) -> object:
        """
        Ask as forms of Django do.
        """
        return authenticate(None, username=username, password=password)

    @pytest.mark.usefixtures("settled")
    def test_who_is_right(self) -> None:
        """
        In any spelling of the ID.
        """
        assert self.ask("ADA@example.org", CHOSEN) is not None
        assert self.ask("\u202aada@example.org\u202c", CHOSEN) is not None

    @pytest.mark.usefixtures("ada")
    @pytest.mark.parametrize(
        "username, password",
        [
            (ADDRESS, INITIAL),
            (ADDRESS, "Wrong-Horse-12"),
            ("no address", INITIAL),
            (ADDRESS, None),
            (None, None),
        ],
    )
    def test_who_is_not(self, username: str | None, password: str | None) -> None:
        """
        An initial password signs no one in here either.
        """
        assert self.ask(username, password) is None

    @pytest.mark.usefixtures("settled")
    def test_not_in_a_block_that_could_undo_that_it_counts(self, using: str) -> None:
        """
        A project that wraps every request learns it with the first sign-in.
        """
        with (
            transaction.atomic(using=using),
            pytest.raises(ImproperlyConfigured, match="outside of atomic blocks"),
        ):
            self.ask(ADDRESS, "Wrong-Horse-12")

    @pytest.mark.usefixtures("settled")
    def test_no_error_report_has_the_password(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Django shows the variables of each frame to the administrators.
        """

        def busy(*_: object, **__: object) -> None:
            raise HasherBusy

        monkeypatch.setattr(SignInService, "verify", busy)
        with pytest.raises(HasherBusy) as caught:
            WinBooksBackend().authenticate(None, ADDRESS, CHOSEN)

        report = ExceptionReporter(None, caught.type, caught.value, caught.tb)
        shown = {
            frame["function"]: str(frame["vars"])
            for frame in report.get_traceback_frames()
        }
        assert CHOSEN not in shown["authenticate"]

    def test_no_account_is_taken_over(self, settled: PortalUser) -> None:
        """
        Whoever took the name of the account before is not them.
        """
        User.objects.create(username=str(settled.id))

        with pytest.raises(PermissionDenied):
            WinBooksBackend().authenticate(None, ADDRESS, CHOSEN)

    @pytest.mark.usefixtures("settled")
    def test_two_first_sign_ins_at_one_time(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The second one finds the account of the first.
        """
        self.ask(ADDRESS, CHOSEN)
        found = [None]
        backend = "winbooks_identity.adapters.django.authentication.WinBooksBackend"
        look = WinBooksBackend._find_account

        def second(self: WinBooksBackend, user: PortalUser) -> object:
            return found.pop() if found else look(self, user)

        monkeypatch.setattr(f"{backend}._find_account", second)

        assert self.ask(ADDRESS, CHOSEN) is not None
        assert 1 == User.objects.count()

    def test_an_account_of_the_projects_own(self) -> None:
        """
        Others, such as an operator with a local account, are none of our business.
        """
        account = User.objects.create(username="operator")

        assert WinBooksBackend().get_user(account.pk) is None


@pytest.mark.usefixtures("settled")
class TestLinks:
    """
    A mailed link leads to a page of the project.
    """

    def test_a_forgotten_password(self, client: Client) -> None:
        """
        Opening the page does nothing, its button sets the password.
        """
        sent = post(client, "forgotten_password", winbooks_id=ADDRESS)
        assert b"on its way" in client.get(sent.headers["Location"]).content
        token = mailed_token()

        page = client.get(reverse("winbooks_identity:set_password"), {"token": token})
        assert token in page.content.decode()
        assert "same-origin" == page.headers["Referrer-Policy"]
        assert "no-store" in page.headers["Cache-Control"]


#: Policies that `CHOSEN` breaks, by how far they are rolled out today.
_LONG_AGO, _FAR_OFF = date(2000, 1, 1), date(2999, 4, 1)
WAITING = PasswordPolicy(min_length=40, rollout=Rollout(asked=_FAR_OFF))
NOTICED = PasswordPolicy(
    min_length=40, rollout=Rollout(notice=_LONG_AGO, change=_FAR_OFF)
)
CHANGED = PasswordPolicy(min_length=40, rollout=Rollout(change=_LONG_AGO))
REFUSED = PasswordPolicy(min_length=40, rollout=Rollout(refusal=_LONG_AGO))
LONGEST = "velours Anker 28 gieter, krokus Zadel 71 ventilator!"


@contextmanager
def rolled_out(name: str) -> Generator[None, None, None]:
    """
    Let the project have the policy with *name*.
    """
    said = {**settings.WINBOOKS_IDENTITY, "POLICY": f"{__name__}.{name}"}
    with override_settings(WINBOOKS_IDENTITY=said):
        yield


@pytest.mark.usefixtures("settled")
class TestRollout:
    """
    The pages follow a policy that is rolled out.  [S44]
    """

    def test_a_notice(self, client: Client) -> None:
        """
        They are signed in, told until when they have time, and go on where they were.
        """
        with rolled_out("NOTICED"):
            answer = sign_in(client, next="/there")
            told = client.get(answer.headers["Location"]).content.decode()

        assert ADDRESS == who(client)
        assert reverse("winbooks_identity:password_notice") == answer["Location"]
        assert "Change it before 1 April 2999." in told
        assert 'href="/there"' in told
        assert f'href="{reverse("winbooks_identity:change_password")}?next=' in told

    def test_the_notice_goes_with_its_reason(self, client: Client) -> None:
        """
        Who changed the password, or never had a notice, is not told.
        """
        page = reverse("winbooks_identity:password_notice")
        assert "/sign-in" in client.get(page).headers["Location"]
        with rolled_out("NOTICED"):
            sign_in(client)
            form = {"winbooks_id": ADDRESS, "current_password": CHOSEN}
            post(client, "change_password", **form, password=LONGEST)

            assert "/" == sign_in(client, LONGEST).headers["Location"]
        assert "/sign-in" in client.get(page).headers["Location"]

    def test_a_change(self, client: Client) -> None:
        """
        They are led to the change, which says why, and are in after it.
        """
        with rolled_out("CHANGED"):
            answer = sign_in(client)
            assert "nobody" == who(client)
            page = client.get(answer.headers["Location"]).content.decode()
            assert "no longer meets the rules" in page
            assert "40 characters" in page
            form = {"winbooks_id": ADDRESS, "current_password": CHOSEN}
            short = post(client, "change_password", **form, password=NEWER)
            assert 422 == short.status_code

            post(client, "change_password", **form, password=LONGEST)

            assert ADDRESS == who(client)
            later = client.get(reverse("winbooks_identity:change_password"))
            assert "no longer meets the rules" not in later.content.decode()

    def test_a_refusal(self, client: Client) -> None:
        """
        It is said, with what to do; other sign-ins of the project answer nothing.
        """
        with rolled_out("REFUSED"):
            answer = sign_in(client)
            form = {"winbooks_id": ADDRESS, "current_password": CHOSEN}
            change = post(client, "change_password", **form, password=LONGEST)

            for each in (answer, change):
                assert 422 == each.status_code
                assert "Ask for a link" in each.content.decode()
            assert "nobody" == who(client)
            assert authenticate(None, username=ADDRESS, password=CHOSEN) is None

    def test_before_the_first_day(self, client: Client) -> None:
        """
        The form asks what the policy before asks.
        """
        with rolled_out("WAITING"):
            page = client.get(reverse("winbooks_identity:change_password"))
            form = {"winbooks_id": ADDRESS, "current_password": CHOSEN}

            changed = post(client, "change_password", **form, password=NEWER)

        assert "12 characters" in page.content.decode()
        assert 302 == changed.status_code
