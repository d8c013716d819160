"""
What a creation reports, and what tells one request from another.
"""

from uuid import UUID

import attrs
import pytest

from winbooks_identity.credential import Credential
from winbooks_identity.forms.new_user import (
    GeneratedPassword,
    NewEmployee,
    NewEndCustomer,
    NewUser,
)
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.problems import Notice
from winbooks_identity.role import IncompleteForDigitalProducts, Role
from winbooks_identity.services.creation import (
    Created,
    DoneBefore,
    MailedWhileInactive,
    Source,
    digest,
    report,
)
from winbooks_identity.system import new_id, now
from winbooks_identity.winbooks_id import WinBooksId


CLASSIC = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
ON_WEB = attrs.evolve(CLASSIC, product=Product.ON_WEB)

NEW = NewEmployee(
    winbooks_id=WinBooksId("ada@example.org"),
    password=GeneratedPassword(),
    level=Level.POWER_USER,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
    roles=frozenset({Role.CONNECT_ACCOUNTANT, Role.VIEW_ADMIN}),
)
CUSTOMER = NewEndCustomer(
    winbooks_id=WinBooksId("grace@example.org"),
    password=GeneratedPassword(),
    level=Level.USER,
    first_name=PersonName("Grace"),
    last_name=PersonName("Hopper"),
    company_name=CompanyName("Bakkerij De Korenaar"),
    language=Language.FRENCH,
    dossiers=frozenset({"1001"}),
    roles=frozenset({Role.VIEW_USER}),
)
PASSWORD = Password("Correct-Horse-9")


def reported(
    new: NewUser, *, licence: Licence = CLASSIC, done_before: bool = False
) -> Created:
    """
    Return what the creator of *new* gets to see.
    """
    user = PortalUser.create(new, licence=licence, user_id=UUID(int=7))
    return report(user, new, password=PASSWORD, done_before=done_before)


class TestHandOver:
    """
    Without mail the creator gets the password, once.  [R57, R58]
    """

    @pytest.mark.parametrize(
        "activate,send_credentials,password",
        [
            (True, True, None),
            (True, False, PASSWORD),
            (False, True, None),
            (False, False, PASSWORD),
        ],
    )
    def test_both_boxes_are_independent(
        self, activate: bool, send_credentials: bool, password: Password | None
    ) -> None:
        """
        All four combinations; the mail alone decides who gets the password.
        """
        created = reported(
            attrs.evolve(NEW, activate=activate, send_credentials=send_credentials)
        )

        assert (activate, send_credentials, password) == (
            created.user.is_active,
            created.mailed,
            created.password,
        )

    def test_an_on_web_password_is_not_handed_over(self) -> None:
        """
        Its owner has it, and no one else needs it.
        """
        assert reported(NEW, licence=ON_WEB).password is None

    def test_a_repeated_request_hands_over_nothing(self) -> None:
        """
        The password of the first time is gone, and a new one was not stored.
        """
        created = reported(NEW, done_before=True)

        assert (None, (DoneBefore(),)) == (created.password, created.notices)

    def test_the_password_is_not_in_the_repr(self) -> None:
        """
        A result that is logged gives nothing away.
        """
        assert "Correct" not in repr(reported(NEW))


class TestNotices:
    """
    Advice that refuses nothing.  [R49, R50, Q6]
    """

    @pytest.mark.parametrize(
        "new,expected",
        [
            (NEW, ()),
            (
                attrs.evolve(NEW, roles=frozenset({Role.CONNECT_ACCOUNTANT})),
                (IncompleteForDigitalProducts("View.Admin"),),
            ),
            (CUSTOMER, ()),
            (attrs.evolve(CUSTOMER, activate=False), ()),
            (
                attrs.evolve(CUSTOMER, activate=False, send_credentials=True),
                (MailedWhileInactive(),),
            ),
        ],
    )
    def test_notices(self, new: NewUser, expected: tuple[Notice, ...]) -> None:
        """
        Missing staff roles, and a mail to someone who cannot sign in yet.
        """
        assert expected == reported(new).notices


class TestDigest:
    """
    A request id stands for one creation only.
    """

    def test_the_same_form_has_the_same_digest(self) -> None:
        """
        The order in which sets were filled does not matter.
        """
        again = attrs.evolve(NEW, roles=frozenset(sorted(NEW.roles, key=str)))

        assert digest(NEW, "WB-1") == digest(again, "WB-1")

    def test_the_password_does_not_count(self) -> None:
        """
        No secret, and nothing made of one, is kept with a request.
        """
        typed = attrs.evolve(NEW, password=PASSWORD)

        assert digest(NEW, "WB-1") == digest(typed, "WB-1")

    @pytest.mark.parametrize(
        "change",
        [
            {"winbooks_id": WinBooksId("ada@example.com")},
            {"level": Level.ADMINISTRATOR},
            {"first_name": PersonName("Augusta")},
            {"last_name": PersonName("Byron")},
            {"company_name": CompanyName("Analytical Engines")},
            {"language": Language.FRENCH},
            {"phone": PhoneNumber("+32470123456")},
            {"activate": False},
            {"send_credentials": True},
            {"dossiers": frozenset({"1001"})},
            {"roles": frozenset({Role.VIEW_ADMIN})},
            {"notify_all_dossiers": True},
        ],
    )
    def test_every_other_field_counts(self, change: dict[str, object]) -> None:
        """
        A request that asks for something else is another one.
        """
        changed = attrs.evolve(NEW, **change)  # type: ignore[arg-type]  # One of many.

        assert digest(NEW, "WB-1") != digest(changed, "WB-1")

    def test_the_licence_counts(self) -> None:
        """
        The same form in another licence is another creation.
        """
        assert digest(NEW, "WB-1") != digest(NEW, "WB-2")

    def test_another_directory_makes_another_digest(self) -> None:
        """
        What a user is called outside is part of the request.
        """
        digests = {
            digest(NEW, "WB-1", source)
            for source in (None, Source(), Source("e-1"), Source("e-2"))
        }

        assert 4 == len(digests)


class TestCredential:
    """
    A first password ends and has to be changed.  [Q8, S5]
    """

    @pytest.mark.parametrize(
        "licence,mailed,must_change",
        [
            (CLASSIC, True, True),
            (CLASSIC, False, True),
            (ON_WEB, True, False),
            (ON_WEB, False, False),
        ],
    )
    def test_first_credential(
        self, licence: Licence, mailed: bool, must_change: bool
    ) -> None:
        """
        Mailed or handed over, but never an on Web one.  [R60]
        """
        end = now()
        credential = Credential.initial(
            PortalUser.create(NEW, licence=licence, user_id=new_id()),
            "$argon2id$",
            policy="fingerprint",
            ends=end if mailed else None,
        )

        assert (must_change, end if must_change and mailed else None) == (
            credential.must_change,
            credential.expires_at,
        )

    def test_the_hash_is_not_in_the_repr(self) -> None:
        """
        A credential that is logged gives nothing to guess at.  [R19]
        """
        credential = Credential(
            user_id=new_id(), password_hash="$argon2id$", policy="fingerprint"
        )

        assert "argon2id" not in repr(credential)
