"""
The forms of the Portal's pages that people can try do what they say.
"""

from portal_demonstration import (
    CANARY,
    CHOSEN,
    ELS,
    LUC,
    MARC,
    SOFIE,
    Demonstration,
    Reader,
)
from winbooks_identity.errors import StorageBusy


#: A form of a new employee.
FORM = {
    "winbooks_id": "ada@kantoor.example.org",
    "generate_password": "on",
    "level": "Power User",
    "dossiers": ["LILAS", "MAES"],
    "roles": ["View.Admin"],
    "first_name": "Ada",
    "last_name": "Lovelace",
    "phone": "02 123 45 67",
}


class TestPasswords:
    """
    People look after their own passwords.
    """

    def test_an_initial_one_is_changed_first(self, office: Demonstration) -> None:
        """
        It signs no one in; what was typed stands on no page.
        """
        sofie = office.sign_in(SOFIE)
        assert "/login/sign-in?next=/" == sofie.client.get("/").location
        form = {"winbooks_id": SOFIE, "current_password": "Zonnebloem-Trap-3"}

        wrong = sofie.send("/login/change-password", **form, password="Kort-9")
        right = sofie.send("/login/change-password", **form, password=CHOSEN)

        assert 422 == wrong.status_code
        assert "Kort-9" not in wrong.text
        assert "data-policy" in wrong.text
        assert "Sofie Claes" in sofie.see(right.location)

    def test_a_forgotten_one(self, office: Demonstration) -> None:
        """
        The mail is on the screen, and its link works once.
        """
        reader = Reader(office.app)
        asked = reader.send("/login/forgotten-password", winbooks_id=LUC)
        assert 'href="/mails"' in reader.see(asked.location)
        link = reader.mailed_link("set-password")

        answers = [reader.send(link, password=CHOSEN) for _ in range(2)]

        assert [302, 422] == [each.status_code for each in answers]
        assert "/" == reader.sign_in(LUC, CHOSEN).location

    def test_a_wrong_one(self, shown: Demonstration) -> None:
        """
        It is not repeated, neither at the sign-in nor on a form of a new user.
        """
        els = shown.sign_in(ELS)

        pages = [
            Reader(shown.app).sign_in(ELS, CANARY),
            els.send("/new/employee", password=CANARY, winbooks_id="ada@@"),
        ]

        assert [422, 422] == [page.status_code for page in pages]
        assert [False, False] == [CANARY in page.text for page in pages]


class TestCreation:
    """
    The Portal's form makes users.
    """

    def test_a_form_that_is_sent_twice(
        self, office: Demonstration, els: Reader
    ) -> None:
        """
        It makes one user; the password is shown the first time only.
        """
        once, again = (
            els.send("/new/employee", **FORM, request_id="0" * 31 + "1")
            for _ in range(2)
        )

        assert [201, 201] == [once.status_code, again.status_code]
        assert [True, False] == ['id="once"' in each.text for each in (once, again)]
        ada = office.user("ada@kantoor.example.org")
        assert {"LILAS", "MAES"} == ada.dossiers
        assert "+3221234567" == str(ada.phone)

    def test_a_mail_is_on_the_screen(self, els: Reader) -> None:
        """
        And the page of the creator shows no password.
        """
        form = {**FORM, "send_credentials": "on"}

        page = els.send("/new/employee", **form).text

        assert 'id="once"' not in page
        assert "<dd>ada@kantoor.example.org</dd>" in els.see("/mails")

    def test_what_a_power_user_is_offered(self, shown: Demonstration) -> None:
        """
        The form for end customers, with the dossiers that they can open.
        """
        marc = shown.sign_in(MARC)

        page = marc.see("/new/end-customer")

        assert 404 == marc.client.get("/new/employee").status_code
        assert ("LILAS" in page, "MAES" in page) == (True, False)

    def test_a_password_is_generated(self, shown: Demonstration) -> None:
        """
        For the script of the form.
        """
        answer = shown.sign_in(ELS).send("/generate", "/new/employee")

        assert 16 == len(answer.get_json()["password"])


class TestSurroundings:
    """
    What every page has.
    """

    def test_the_languages(self, shown: Demonstration) -> None:
        """
        The browser's, until another one is chosen; the way back stays on this site.
        """
        client = shown.app.test_client()
        french = client.get("/mails", headers={"Accept-Language": "fr-BE"})
        assert '<html lang="fr">' in french.text

        chosen = client.get("/language/de?next=/mails")
        assert ("/mails", "/") == (
            chosen.location,
            client.get("/language/tlh?next=//elsewhere.example").location,
        )
        assert '<html lang="de">' in client.get("/mails").text

    def test_strangers_sign_in_first(self, shown: Demonstration) -> None:
        """
        Whatever they ask for, but for the mails of the demonstration.
        """
        client, seen = shown.app.test_client(), set()
        for rule in shown.app.url_map.iter_rules():
            values = {"winbooks_id": ELS, "name": "erase", "kind": "employee"}
            address = "/".join(
                values.get(part.strip("<>"), part) for part in rule.rule.split("/")
            )
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            answer = client.open(address, method=method)
            if "/login/sign-in" not in (answer.location or ""):
                seen.add(rule.endpoint.partition(".")[0])

        open_to_all = "language mails password_policy static winbooks_identity"
        assert {*open_to_all.split()} == seen

    def test_nothing_is_kept_or_framed(self, shown: Demonstration) -> None:
        """
        And nothing from elsewhere runs.
        """
        answer = shown.app.test_client().get("/login/sign-in")

        assert "no-store" == answer.headers["Cache-Control"]
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "<style" not in answer.text
        assert 400 == (
            shown.app.test_client()
            .get("/mails", headers={"Host": "elsewhere.example"})
            .status_code
        )

    def test_what_is_too_large_is_not_read(self, shown: Demonstration) -> None:
        """
        Neither by the library's pages nor by the product's.  [S82]
        """
        els, many = shown.sign_in(ELS), "a" * 200_000

        for address in ("/login/sign-in", f"/users/{LUC}/deactivate"):
            answer = els.client.post(address, data={"first_name": many})
            assert 413 == answer.status_code

    def test_a_storage_that_does_not_answer(
        self, office: Demonstration, els: Reader
    ) -> None:
        """
        The page says to try again.
        """

        class Busy:
            def run(self, _: object) -> None:
                raise StorageBusy

            read = run

        office.portal.sessions._storage = Busy()  # type: ignore[assignment] # No more.

        answer = els.client.get("/")

        assert 503 == answer.status_code
        assert StorageBusy().message("nl") in answer.text
