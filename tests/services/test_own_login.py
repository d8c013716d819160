"""
People who look after their own login.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import attrs
import pytest

from office import Office
from people import ADA, JOAN, NOW, PASSWORD, person
from winbooks_identity.errors import InvalidFields
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import CredentialsOnWeb, Step
from winbooks_identity.passwords import Password
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.portal_user import CredentialSource, Status
from winbooks_identity.refusals import (
    LinkRefused,
    NotAllowed,
    OutOfDate,
    SignInRefused,
)
from winbooks_identity.services.own_login import Unchanged
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

NEW = Password("Battery-Staple-2")
OTHER = Password("Another-Staple-3")
NEW_ID = WinBooksId("Countess@example.org")
ON_WEB = person("mary", Level.POWER_USER, source=CredentialSource.ON_WEB)
INACTIVE = attrs.evolve(person("grace", Level.POWER_USER), status=Status.INACTIVE)


@pytest.fixture
def office() -> Office:
    """
    Return an office with someone of every kind.
    """
    found = Office()
    found.add(ADA, JOAN, INACTIVE)
    found.add(ON_WEB, password=None)
    found.on_web.add(ON_WEB.winbooks_id, PASSWORD)
    return found


class TestChangePassword:
    """
    A user who knows their password can change it.  [Q8, Q10]
    """

    def test_changed(self, office: Office) -> None:
        """
        The new one opens, the old one does not, and no one has to change it.
        """
        mailed = attrs.evolve(
            office.credential(JOAN),
            must_change=True,
            expires_at=NOW + timedelta(days=1),
        )
        office.run(lambda unit: unit.credentials.put(mailed))

        after = office.portal.own_login.change_password(JOAN.winbooks_id, PASSWORD, NEW)

        assert JOAN.id == office.portal.sign_in.verify(JOAN.winbooks_id, NEW).user.id
        assert None is office.credential(JOAN).expires_at
        assert attrs.evolve(JOAN, version=2) == after
        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(JOAN.winbooks_id, PASSWORD)

    def test_the_history(self, office: Office) -> None:
        """
        It says that they did, and holds no password.
        """
        office.portal.own_login.change_password(JOAN.winbooks_id, PASSWORD, NEW)

        last = office.history(JOAN)[-1]
        assert (Step.CHANGE_PASSWORD, JOAN.id, ()) == (last.step, last.by, last.changes)

    def test_wrong(self, office: Office) -> None:
        """
        Someone else's guess changes nothing.
        """
        with pytest.raises(SignInRefused):
            office.portal.own_login.change_password(JOAN.winbooks_id, NEW, OTHER)

    def test_weak_and_the_same(self, office: Office) -> None:
        """
        All that is wrong is told together.  [R13]
        """
        office.add(person("hedy", Level.USER), password=Password("Short-1"))

        with pytest.raises(InvalidFields) as caught:
            office.portal.own_login.change_password(
                WinBooksId("hedy@example.org"), Password("Short-1"), Password("Short-1")
            )

        assert {"password": (TooShort(12, 5), Unchanged())} == caught.value.by_field

    def test_on_web(self, office: Office) -> None:
        """
        It is changed there.  [Q10]
        """
        with pytest.raises(NotAllowed) as caught:
            office.portal.own_login.change_password(ON_WEB.winbooks_id, PASSWORD, NEW)

        assert (CredentialsOnWeb(),) == caught.value.problems


class TestSendPasswordLink:
    """
    Someone forgot their password, or says so.  [Q11]
    """

    def test_a_mail_to_the_stored_address(self, office: Office) -> None:
        """
        Not to the one that was typed; and it opens a choice.
        """
        office.forget_password(WinBooksId("JOAN@example.org"))

        (mail,) = office.mails()
        assert ("joan@example.org", NOW + timedelta(hours=24)) == (
            mail.recipient,
            mail.expires_at,
        )
        assert "https://portal.example.org/password?token=" in office.text_of(mail)

    @pytest.mark.parametrize(
        "winbooks_id",
        [
            WinBooksId("nobody@example.org"),
            INACTIVE.winbooks_id,
            ON_WEB.winbooks_id,
        ],
        ids=["unknown", "inactive", "on Web"],
    )
    def test_nobody_to_mail(self, office: Office, winbooks_id: WinBooksId) -> None:
        """
        The answer is the same: none.
        """
        office.forget_password(winbooks_id)

        assert [] == office.mails()


class TestSetPassword:
    """
    A link works once, for a while, and only while nothing changed.  [Q11]
    """

    @pytest.fixture
    def token(self, office: Office) -> str:
        """
        Return the token that Joan got by mail.
        """
        office.forget_password(JOAN.winbooks_id)
        return office.token_to("joan@example.org")

    def test_used(self, office: Office, token: str) -> None:
        """
        The new password opens.
        """
        after = office.portal.own_login.set_password(token, NEW)

        assert after == office.portal.sign_in.verify(JOAN.winbooks_id, NEW).user
        last = office.history(JOAN)[-1]
        assert (Step.SET_PASSWORD, JOAN.id) == (last.step, last.by)

    def test_used_twice(self, office: Office, token: str) -> None:
        """
        The second time it opens nothing.
        """
        office.portal.own_login.set_password(token, NEW)

        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, OTHER)

    def test_used_by_many_at_once(self, office: Office, token: str) -> None:
        """
        One of them wins.
        """
        barrier = Barrier(4, timeout=30)

        def use(_: int) -> bool:
            barrier.wait()
            try:
                office.portal.own_login.set_password(token, NEW)
            except (LinkRefused, OutOfDate):
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            won = list(pool.map(use, range(4)))

        assert 1 == sum(won)

    def test_weak(self, office: Office, token: str) -> None:
        """
        It is refused, and the link can still be used.
        """
        with pytest.raises(InvalidFields):
            office.portal.own_login.set_password(token, Password("Short-1"))

        assert 2 == office.portal.own_login.set_password(token, NEW).version

    def test_after_a_day(self, office: Office, token: str) -> None:
        """
        It has ended.
        """
        office.clock.advance(timedelta(hours=24))

        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, NEW)

    @pytest.mark.parametrize(
        "change",
        [
            lambda office: office.portal.own_login.change_password(
                JOAN.winbooks_id, PASSWORD, OTHER
            ),
            lambda office: office.portal.logins.reset_password(JOAN, OTHER, by=ADA),
            lambda office: office.run(
                lambda unit: unit.users.save(attrs.evolve(JOAN, winbooks_id=NEW_ID))
            ),
            lambda office: office.portal.administration.erase(JOAN, by=ADA),
        ],
        ids=["password changed", "password reset", "address", "erased"],
    )
    def test_void(
        self, office: Office, token: str, change: Callable[[Office], object]
    ) -> None:
        """
        Whatever changes who reads it, or what it replaces, makes it void.
        """
        change(office)

        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, NEW)

    def test_another_change(self, office: Office, token: str) -> None:
        """
        A dossier that is given meanwhile does no harm.
        """
        office.portal.administration.grant_dossiers(JOAN, {"1002"}, by=ADA)

        after = office.portal.own_login.set_password(token, NEW)

        assert frozenset({"1001", "1002"}) == after.dossiers

    def test_on_web_by_now(self, office: Office, token: str) -> None:
        """
        The password is on Web's.  [Q10]
        """
        moved = attrs.evolve(JOAN, credential_source=CredentialSource.ON_WEB)
        office.run(lambda unit: unit.users.save(moved))

        with pytest.raises(NotAllowed):
            office.portal.own_login.set_password(token, NEW)

    def test_a_first_password(self, office: Office) -> None:
        """
        Who has none yet chooses their first by a link.
        """
        mary = person("hedy", Level.USER)
        office.add(mary, password=None)
        office.portal.logins.send_password_link(mary, by=ADA)

        office.portal.own_login.set_password(office.token_to("hedy@example.org"), NEW)

        assert mary.id == office.portal.sign_in.verify(mary.winbooks_id, NEW).user.id

    def test_nothing_secret_is_stored(self, office: Office, token: str) -> None:
        """
        Who reads the database cannot use the link.
        """
        sealed = b"".join(mail.sealed for mail in office.mails())

        assert token.encode() not in sealed


class TestConfirmId:
    """
    A new WinBooks ID counts once its address is confirmed.  [Q14]
    """

    @pytest.fixture
    def token(self, office: Office) -> str:
        """
        Return the token that Joan got at her new address.
        """
        office.portal.logins.change_id(JOAN, NEW_ID, by=ADA)
        return office.token_to("Countess@example.org")

    def test_confirmed(self, office: Office, token: str) -> None:
        """
        She signs in with the new one, which is proven.
        """
        after = office.portal.own_login.confirm_id(token)

        assert (
            attrs.evolve(JOAN, winbooks_id=NEW_ID, address_proven=True, version=3)
            == after
        )
        assert after == office.portal.sign_in.verify(NEW_ID, PASSWORD).user

    def test_the_history(self, office: Office, token: str) -> None:
        """
        It tells the address before and after.
        """
        office.portal.own_login.confirm_id(token)

        last = office.history(JOAN)[-1]
        assert (Step.CONFIRM_ID, JOAN.id) == (last.step, last.by)
        assert [
            ("winbooks_id", "joan@example.org", "Countess@example.org"),
            ("id_change", "Countess@example.org", None),
            ("address_proven", "no", "yes"),
        ] == [(each.field, each.before, each.after) for each in last.changes]

    def test_twice(self, office: Office, token: str) -> None:
        """
        The second time there is nothing to confirm.
        """
        office.portal.own_login.confirm_id(token)

        with pytest.raises(LinkRefused):
            office.portal.own_login.confirm_id(token)

    def test_after_a_day(self, office: Office, token: str) -> None:
        """
        It has ended; the change still waits, to be withdrawn or asked again.
        """
        office.clock.advance(timedelta(hours=24))

        with pytest.raises(LinkRefused):
            office.portal.own_login.confirm_id(token)

    @pytest.mark.parametrize(
        "change",
        [
            lambda office, joan: office.portal.logins.withdraw_id(joan, by=ADA),
            lambda office, joan: office.portal.logins.change_id(
                joan, WinBooksId("other@example.org"), by=ADA
            ),
            lambda office, joan: office.portal.administration.erase(joan, by=ADA),
        ],
        ids=["withdrawn", "replaced", "erased"],
    )
    def test_void(
        self,
        office: Office,
        token: str,
        change: Callable[[Office, object], object],
    ) -> None:
        """
        Only the change that waits can be confirmed.
        """
        change(office, office.stored(JOAN))

        with pytest.raises(LinkRefused):
            office.portal.own_login.confirm_id(token)

    def test_another_purpose(self, office: Office, token: str) -> None:
        """
        It sets no password.
        """
        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, NEW)
