"""
People sign in to a Flask application, and stay in as long as they should.
"""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask, render_template_string, session
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from login_portal import (
    ADDRESS,
    CHOSEN,
    DISTRIBUTOR,
    INITIAL,
    new_portal,
    new_user,
    rolled_out,
    settled_user,
)
from winbooks_identity import Level, Portal, PortalUser, WinBooksId
from winbooks_identity.adapters.flask import Login
from winbooks_identity.adapters.login_pages import MAX_BODY, style
from winbooks_identity.passwords.rollout import PasswordOutgrown
from winbooks_identity.refusals import SessionEnded
from winbooks_identity.texts.overrides import Overrides


@pytest.fixture
def portal() -> Portal:
    """
    Return the services.
    """
    return new_portal()


@pytest.fixture
def settled(portal: Portal) -> PortalUser:
    """
    Return a user who has chosen a password.
    """
    return settled_user(portal)


def application(portal: Portal, **options: Any) -> Flask:  # noqa: ANN401  Those of Login.
    """
    Return a product's application.
    """
    app = Flask(__name__)
    app.secret_key = "of no use"
    app.testing = True
    login = Login(portal, **options)
    app.register_blueprint(login.blueprint, url_prefix="/portal")

    @app.get("/")
    def home() -> str:
        return str(login.user.winbooks_id) if login.user else "nobody"

    @app.route("/inside", methods=["GET", "POST"])
    @login.required
    def inside() -> str:
        return render_template_string(
            "{{ winbooks_login.user.first_name }} {{ winbooks_login.token() }}"
            "{{ winbooks_login.sign_out_form() }}"
        )

    return app


@pytest.fixture
def app(portal: Portal) -> Flask:
    """
    Return a product's application.
    """
    return application(portal)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """
    Return a browser.
    """
    return app.test_client()


def post(client: FlaskClient, name: str, **form: str) -> TestResponse:
    """
    Open a page, fill it in and send it.
    """
    address = f"/portal/{name}"
    shown = client.get(address, query_string={"next": form.get("next", "")})
    return client.post(address, data={"csrf_token": token_in(shown), **form})


def token_in(page: TestResponse) -> str:
    """
    Return the token that a page has against other sites.
    """
    found = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, password: str = CHOSEN, **form: str) -> TestResponse:
    """
    Sign in by the page.
    """
    return post(
        client, "sign-in", **{"winbooks_id": ADDRESS, "password": password, **form}
    )


def who(client: FlaskClient) -> str:
    """
    Return who the application says is signed in.
    """
    return client.get("/").text


def test_the_pages_have_the_shared_style(client: FlaskClient) -> None:
    """
    It stands in the page as it is, without an entity.
    """
    assert f"<style>{style()}</style>" in client.get("/portal/sign-in").text


@pytest.mark.usefixtures("settled")
class TestSignIn:
    """
    The page signs in, and says why not.
    """

    def test_a_cookie_of_the_products_choice(self, portal: Portal) -> None:
        """
        What the application says stays.
        """
        app = Flask(__name__)
        app.config["SESSION_COOKIE_SAMESITE"] = "Strict"
        app.register_blueprint(Login(portal).blueprint)

        assert "Strict" == app.config["SESSION_COOKIE_SAMESITE"]

    @pytest.mark.parametrize(
        "to, where",
        [("/there?a=b", "/there?a=b"), ("https://evil.example/", "/"), ("//x.be", "/")],
    )
    def test_they_go_on_where_they_were(
        self, client: FlaskClient, to: str, where: str
    ) -> None:
        """
        Unless it is another site.
        """
        assert where == sign_in(client, next=to).location
        shown = unescape(client.get("/portal/sign-in?next=" + to).text)
        assert (f'name="next" value="{to}"' in shown) is (to == where)

    def test_nothing_filled_in(self, client: FlaskClient) -> None:
        """
        Every field says so, and is tied to what it says.
        """
        answer = post(client, "sign-in")

        assert 422 == answer.status_code
        for name in ("winbooks_id", "password"):
            assert f'id="{name}-errors"' in answer.text
            assert f'aria-describedby="{name}-errors"' in answer.text

    @pytest.mark.parametrize("own", [None, 64 * 1024])
    def test_what_is_too_long(self, app: Flask, own: int | None) -> None:
        """
        It is not read; an application may have a lower limit.
        """
        app.config["MAX_CONTENT_LENGTH"] = own
        form = {"winbooks_id": ADDRESS, "password": "a" * MAX_BODY}

        answer = app.test_client().post("/portal/sign-in", data=form)

        assert 413 == answer.status_code
        assert "This is too large" in answer.text
        assert f"{(own or MAX_BODY) // 1024} kB" in answer.text

    def test_what_is_too_long_in_a_frame_of_the_product(self, app: Flask) -> None:
        """
        The frame has its way to sign out there, too.
        """
        from jinja2 import DictLoader  # noqa: PLC0415  Beside its use.

        frame = "{{ winbooks_login.sign_out_form() }} {{ title }}"
        app.jinja_loader = DictLoader({"winbooks_identity/base.html": frame})

        answer = app.test_client().post(
            "/portal/sign-in", data={"password": "a" * MAX_BODY}
        )

        assert 413 == answer.status_code
        assert "csrf_token" in answer.text

    def test_a_source_of_the_products_choice(self, portal: Portal) -> None:
        """
        Behind a proxy, the product knows where a request comes from.
        """
        sources = iter(["192.0.2.1"] * 11 + ["192.0.2.2"])
        client = application(portal, source=lambda: next(sources)).test_client()
        for _ in range(10):
            sign_in(client, "Wrong-Horse-12")

        assert [429, 302] == [sign_in(client).status_code for _ in range(2)]

    @pytest.mark.parametrize("name", ["sign-in", "sign-out"])
    def test_another_site(self, client: FlaskClient, name: str) -> None:
        """
        It does not know the token, so it signs no one in and no one out.
        """
        before = who(client)
        form = {"winbooks_id": ADDRESS, "password": CHOSEN, "csrf_token": "guessed"}

        answer = client.post(f"/portal/{name}", data=form)

        assert answer.status_code in {403, 422}
        assert before == who(client)

    def test_no_secret_key(self, portal: Portal) -> None:
        """
        Without one nothing is safe, and the mistake is loud.
        """
        app = application(portal)
        app.secret_key = None

        with pytest.raises(RuntimeError, match="secret"):
            app.test_client().get("/portal/sign-in")

    def test_a_key_of_bytes(self, portal: Portal) -> None:
        """
        Flask takes both.
        """
        app = application(portal)
        app.secret_key = b"of no use"

        assert 302 == sign_in(app.test_client()).status_code

    def test_headers(self, client: FlaskClient) -> None:
        """
        No one keeps a page, frames it, or learns its address.
        """
        headers = client.get("/portal/set-password?token=secret").headers

        assert ("no-store", "same-origin", "DENY") == (
            headers["Cache-Control"],
            headers["Referrer-Policy"],
            headers["X-Frame-Options"],
        )

    def test_the_page_knows_who_changes_their_password(
        self, client: FlaskClient
    ) -> None:
        """
        It is who is signed in.
        """
        sign_in(client)

        assert f'value="{ADDRESS}"' in client.get("/portal/change-password").text

    def test_a_button_signs_out(self, client: FlaskClient) -> None:
        """
        A link does not.
        """
        sign_in(client)
        token = token_in(client.get("/inside"))

        assert 405 == client.get("/portal/sign-out").status_code
        answer = client.post("/portal/sign-out", data={"csrf_token": token})
        assert "/portal/sign-in" == answer.location
        assert "nobody" == who(client)


class TestRequired:
    """
    Who is not in signs in first, and goes on.
    """

    def test_the_way_back(self, client: FlaskClient, settled: PortalUser) -> None:
        """
        What was asked for comes afterwards, with its query.
        """
        del settled
        first = client.get("/inside?a=1&b=2")
        assert "/portal/sign-in?next=/inside?a%3D1%26b%3D2" == first.location

        assert "/inside?a=1&b=2" == sign_in(client, next="/inside?a=1&b=2").location
        assert "/portal/sign-in?next=/inside" == (
            client.application.test_client().get("/inside").location
        )

    def test_outside_of_it(self, portal: Portal) -> None:
        """
        A view that forgets the decorator has no user.
        """
        login = Login(portal)
        app = Flask(__name__)
        app.secret_key = "of no use"

        with app.test_request_context(), pytest.raises(SessionEnded):
            _ = login.current_user

    def test_what_was_sent(self, client: FlaskClient) -> None:
        """
        It is not sent again.
        """
        assert "/portal/sign-in" == client.post("/inside").location


class TestWords:
    """
    The pages speak four languages, and the product's own.
    """

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
        self, client: FlaskClient, language: str, title: str
    ) -> None:
        """
        And says which it is.
        """
        page = client.get("/portal/sign-in", headers={"Accept-Language": language}).text

        assert f'<html lang="{language}">' in page
        assert f"<h1>{title}</h1>" in page
        assert 'autocomplete="current-password"' in page

    def test_the_products_own(self, portal: Portal) -> None:
        """
        Its words come first, in the language of its choice.
        """
        words = Overrides(
            {"nl": {"page.sign_in": "Binnen", "form.password": "Sleutel"}}
        )
        client = application(
            portal, locale=lambda: "nl", translator=words
        ).test_client()

        page = client.get("/portal/sign-in").text

        assert "<h1>Binnen</h1>" in page
        assert "Sleutel" in page

    def test_a_template_of_the_product(self, app: Flask, client: FlaskClient) -> None:
        """
        It comes first, one by one.
        """
        from jinja2 import DictLoader  # noqa: PLC0415  Beside its use.

        ours = {"winbooks_identity/sign_in.html": "ours: {{ form.winbooks_id.label }}"}
        app.jinja_loader = DictLoader(ours)

        assert "ours: <label" in client.get("/portal/sign-in").text
        assert "<h1>" in client.get("/portal/forgotten-password").text


class TestInitialPassword:
    """
    It leads to the page where it is changed, and signs no one in.  [S5]
    """

    def test_it_leads_to_the_change(self, client: FlaskClient, portal: Portal) -> None:
        """
        And from there to where they were.
        """
        new_user(portal)

        answer = sign_in(client, INITIAL, next="/inside")
        assert "/portal/change-password?next=/inside" == answer.location
        assert "nobody" == who(client)
        page = client.get(answer.location)
        assert f'value="{ADDRESS}"' in page.text
        assert 'name="next" value="/inside"' in page.text

        form = {"winbooks_id": ADDRESS, "current_password": INITIAL}
        refused = post(client, "change-password", **form, password="kort")
        assert 422 == refused.status_code
        assert "kort" not in refused.text
        assert 'id="password-help password-errors"' not in refused.text
        answer = post(
            client, "change-password", **form, password=CHOSEN, next="/inside"
        )
        assert "/inside" == answer.location
        assert ADDRESS == who(client)


@pytest.mark.usefixtures("settled")
class TestRollout:
    """
    A password that a new policy refuses is told of, and later changed.  [S44]
    """

    def test_a_notice_comes_first(self, portal: Portal) -> None:
        """
        Who reads it is in, and goes on, to the change or where they were.
        """
        app = application(rolled_out(portal, date(2999, 1, 31)))
        client = app.test_client()
        assert "/portal/sign-in" == client.get("/portal/password-notice").location

        answer = sign_in(client, next="/inside")

        assert "/portal/password-notice?next=/inside" == answer.location
        assert ADDRESS == who(client)
        page = client.get(answer.location).text
        assert "Change it before 31 January 2999" in page
        assert 'href="/portal/change-password?next=/inside"' in page
        assert 'href="/inside"' in page
        assert 'href="/"' in client.get("/portal/password-notice").text

    def test_then_it_is_changed(self, portal: Portal) -> None:
        """
        The page says why.
        """
        client = application(rolled_out(portal, date(2020, 3, 2))).test_client()

        answer = sign_in(client)

        assert "/portal/change-password" == answer.location
        assert PasswordOutgrown().message() in unescape(
            client.get(answer.location).text
        )
        assert "nobody" == who(client)


@pytest.mark.usefixtures("settled")
class TestSessions:
    """
    An open session ends when it should, at once.  [S70]
    """

    def test_nothing_of_an_earlier_session_goes_on(
        self, app: Flask, client: FlaskClient
    ) -> None:
        """
        Neither what was in it, nor its name on the server.
        """
        renewed: list[bool] = []

        class OnTheServer(SecureCookieSessionInterface):
            def regenerate(self, found: dict[str, Any]) -> None:
                renewed.append("cart" in found)

        app.session_interface = OnTheServer()

        @app.get("/cart")
        def cart() -> str:
            before = "cart" in session
            session["cart"] = "full"
            return str(before)

        client.get("/cart")
        sign_in(client)

        assert [True] == renewed
        assert "False" == client.get("/cart").text


class TestLinks:
    """
    A mailed link leads to a page, and opening it does nothing.
    """

    @pytest.mark.parametrize("name", ["set-password", "confirm-id"])
    def test_the_page_has_the_token(self, client: FlaskClient, name: str) -> None:
        """
        Its button sends it.
        """
        page = client.get(f"/portal/{name}?token=abc").text

        assert 'name="token" type="hidden" value="abc"' in page


class TestEdit:
    """
    Those who manage a user change their details.
    """

    NAME = "users/joan@example.org"

    @pytest.fixture(autouse=True)
    def people(
        self, portal: Portal, client: FlaskClient, settled: PortalUser
    ) -> PortalUser:
        """
        Sign an Administrator in, and return a colleague.
        """
        del settled
        sign_in(client)
        return settled_user(portal, "joan@example.org", Level.POWER_USER)

    def form(self, client: FlaskClient, **changed: str) -> dict[str, str]:
        """
        Return what the page shows, changed.
        """
        page = client.get(f"/portal/{self.NAME}").text
        found = re.findall(r'<input[^>]* name="([a-z_]+)"[^>]* value="([^"]*)"', page)
        chosen = re.findall(r'<option selected value="(\w+)"', page)
        return {**dict(found), "language": chosen[0], **changed}

    def test_the_details(self, client: FlaskClient, portal: Portal) -> None:
        """
        They are shown, and changed.
        """
        form = self.form(client, first_name="Joan", phone="+32 2 123 45 67")
        assert "Lovelace" == form["last_name"]

        answer = post(client, self.NAME, **form)

        assert "/portal/user-saved" == answer.location
        assert "Sign in" not in client.get(answer.location).text
        joan = portal.provisioning.find(WinBooksId("joan@example.org"), by=DISTRIBUTOR)
        assert ("Joan", "+3221234567") == (str(joan.first_name), str(joan.phone))
