"""
The steps of the Portal's pages that people can try are taken.
"""

import re

import pytest

from portal_demonstration import (
    CANARY,
    ELS,
    INGRID,
    KARIM,
    LUC,
    MARC,
    SOFIE,
    Demonstration,
    Reader,
)
from winbooks_identity import Level, Role
from winbooks_identity.errors import IdentityError


class TestSteps:
    """
    Each step has a page, and is taken from there.
    """

    def test_an_open_session_ends(self, office: Demonstration, els: Reader) -> None:
        """
        Who is deactivated is told, at the next page that they open.
        """
        marc = office.sign_in(MARC)
        assert "Marc Dubois" in marc.see("/")

        page = els.step(MARC, "deactivate")

        assert "Gelukt: deactiveren." in page
        assert not office.user(MARC).is_active
        ended = marc.client.get("/", follow_redirects=True).text
        assert "Uw sessie is beëindigd. Meld u opnieuw aan." in ended
        assert "Marc Dubois" not in ended.partition("people-here")[0]

    def test_rights(self, office: Demonstration, els: Reader) -> None:
        """
        Level, dossiers, roles and notices change one by one.
        """
        els.step(KARIM, "activate")
        els.step(KARIM, "change_level", level="Administrator")
        els.step(KARIM, "grant_dossiers", dossiers=["LILAS", "MAES"])
        els.step(KARIM, "revoke_dossiers", dossiers="VLIERBEEK")
        els.step(KARIM, "revoke_roles", roles="View.Admin")
        els.step(KARIM, "notify", notify_all_dossiers="on")
        els.step(SOFIE, "grant_roles", roles="Connect.Accountant")

        karim = office.user(KARIM)
        assert (True, Level.ADMINISTRATOR) == (karim.is_active, karim.level)
        assert {"LILAS", "MAES"} == karim.dossiers
        assert karim.notify_all_dossiers
        assert {Role.CONNECT_ACCOUNTANT} == karim.roles
        assert 2 == len(office.user(SOFIE).roles)

    @pytest.mark.parametrize(
        "whom, name, form, said",
        [
            (LUC, "change_id", {"winbooks_id": "luc@@lilas"}, 'href="#winbooks_id"'),
            (LUC, "change_id", {"winbooks_id": ELS}, "bestaat al"),
            (LUC, "grant_dossiers", {}, 'href="#dossiers"'),
            (MARC, "change_level", {"level": "Chef"}, 'href="#level"'),
            (LUC, "deactivate", {"version": "1"}, "intussen"),
            (LUC, "deactivate", {"version": "x"}, "intussen"),
            (LUC, "deactivate", {"version": "9" * 5_000}, "intussen"),
        ],
    )
    def test_what_is_refused(
        self,
        shown: Demonstration,
        whom: str,
        name: str,
        form: dict[str, str],
        said: str,
    ) -> None:
        """
        The summary says why, and leads to the field.
        """
        answer = shown.sign_in(ELS).send(f"/users/{whom}/{name}", **form)

        assert 422 == answer.status_code
        summary = answer.text.partition('id="summary"')[2].partition("</div>")[0]
        assert said in summary

    def test_what_is_not_possible_now(self, shown: Demonstration) -> None:
        """
        The page says why and has no form; an unknown step has no page.
        """
        els = shown.sign_in(ELS)
        answer = els.client.get(f"/users/{ELS}/deactivate")

        assert 409 == answer.status_code
        assert "laatste actieve Administrator" in answer.text
        assert 'name="version"' not in answer.text
        assert 404 == els.client.get(f"/users/{ELS}/promote").status_code

    def test_a_password_is_handed_over_once(
        self, office: Demonstration, els: Reader
    ) -> None:
        """
        Or mailed: then no page shows it but the mail.
        """
        page = els.step(MARC, "reset_password")
        password = re.findall(r'<output id="once">(.*?)</output>', page)[0]
        answer = Reader(office.app).sign_in(MARC, password)
        assert "/login/change-password" == answer.location

        mailed = els.step(MARC, "reset_password", send_credentials="on")

        assert "once" not in mailed
        assert f"<dd>{MARC}</dd>" in els.see("/mails")

    def test_another_id(self, office: Demonstration, els: Reader) -> None:
        """
        It waits, is withdrawn, waits again, and is confirmed by the link in the mail.
        """
        assert "ingrid@brood.example.com" in els.step(
            INGRID, "change_id", winbooks_id="ingrid@brood.example.com"
        )
        els.step(INGRID, "withdraw_id")
        assert office.user(INGRID).id_change is None
        els.step(INGRID, "change_id", winbooks_id="ingrid@brood.example.com")

        link = els.mailed_link("confirm-id")
        answer = Reader(office.app).send(link)

        assert "/login/id-confirmed" == answer.location
        assert "ingrid@brood.example.com" in els.see("/?q=brood")

    def test_a_link_by_hand_and_an_erasure(
        self, office: Demonstration, els: Reader
    ) -> None:
        """
        A link reaches the mailbox; who is erased is no longer in the list.
        """
        els.step(INGRID, "set_password")
        assert els.mailed_link("set-password")

        page = els.step(INGRID, "erase")

        assert "Gelukt: wissen." in page
        assert INGRID not in els.see("/")
        with pytest.raises(IdentityError):
            office.user(INGRID)

    def test_who_tried_too_often_tries_again(
        self, office: Demonstration, els: Reader
    ) -> None:
        """
        Once those who manage them say so; no one does for themselves.
        """
        luc = Reader(office.app)
        tried = [luc.sign_in(LUC, CANARY).status_code for _ in range(11)]
        assert [422, 429] == tried[-2:]
        assert f"/users/{LUC}/unlock" in els.see(f"/users/{LUC}")

        answer = els.send(f"/users/{LUC}/unlock", f"/users/{LUC}")

        page = els.see(answer.location)
        assert "opnieuw proberen" in page
        assert f"/users/{LUC}/unlock" not in page
        assert 422 == luc.sign_in(LUC, CANARY).status_code
        own = els.send(f"/users/{ELS}/unlock", f"/users/{LUC}")
        assert 403 == own.status_code

    def test_the_details(self, office: Demonstration, els: Reader) -> None:
        """
        They have a page that comes with the library, in the product's frame.
        """
        address = f"/login/users/{LUC}"
        assert "Fiduciaire Peeters" in els.see(address)
        form = {"first_name": "Luc", "last_name": "Martin", "company_name": "Lilas"}

        wrong = els.send(address, **form | {"first_name": ""}, language="fr")
        right = els.send(address, **form, language="fr")

        assert 'href="#first_name"' in wrong.text
        assert "Terug naar de gebruikers" in els.see(right.location)
        assert "Martin" == str(office.user(LUC).last_name)

    def test_another_site_takes_none(self, shown: Demonstration) -> None:
        """
        A form without the token of the session is turned away.
        """
        els = shown.sign_in(ELS)
        addresses = (f"/users/{LUC}/deactivate", "/new/employee", "/generate")

        answers = [els.client.post(each) for each in addresses]

        assert [403, 403, 403] == [each.status_code for each in answers]
        assert "onvoldoende rechten" in answers[0].text
        assert shown.user(LUC).is_active
