"""
What becomes of a creation form.
"""

from uuid import UUID

import attrs
import pytest

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
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)

NEW = NewEmployee(
    winbooks_id=WinBooksId("Ada@example.org"),
    password=GeneratedPassword(),
    level=Level.POWER_USER,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Analytical Engines NV"),
    language=Language.FRENCH,
    phone=PhoneNumber("+32470123456"),
    dossiers=frozenset({"1001", "1002"}),
    roles=frozenset({Role.VIEW_ADMIN}),
    notify_all_dossiers=True,
)


def created(new: NewUser, licence: Licence = LICENCE) -> PortalUser:
    """
    Return what *new* becomes in *licence*.
    """
    return PortalUser.create(new, licence=licence, user_id=UUID(int=7))


class TestCreate:
    """
    The user is what the form says, in the licence of its context.  [R31, R36]
    """

    def test_every_field_is_carried_over(self) -> None:
        """
        Nothing of the form is lost, and the password is not part of the user.
        """
        assert PortalUser(
            id=UUID(int=7),
            winbooks_id=WinBooksId("Ada@example.org"),
            licence="WB-1",
            level=Level.POWER_USER,
            status=Status.ACTIVE,
            credential_source=CredentialSource.PORTAL,
            first_name=PersonName("Ada"),
            last_name=PersonName("Lovelace"),
            company_name=CompanyName("Analytical Engines NV"),
            language=Language.FRENCH,
            phone=PhoneNumber("+32470123456"),
            dossiers=frozenset({"1001", "1002"}),
            roles=frozenset({Role.VIEW_ADMIN}),
            notify_all_dossiers=True,
            version=1,
        ) == created(NEW)

    @pytest.mark.parametrize(
        "activate,status", [(True, Status.ACTIVE), (False, Status.INACTIVE)]
    )
    def test_the_activation_box(self, activate: bool, status: Status) -> None:
        """
        Ticked is active at once; unticked cannot sign in.  [R56]
        """
        user = created(attrs.evolve(NEW, activate=activate))

        assert (status, activate) == (user.status, user.is_active)

    @pytest.mark.parametrize(
        "product,on_web", [(Product.CLASSIC, False), (Product.ON_WEB, True)]
    )
    def test_whose_password_it_is(self, product: Product, on_web: bool) -> None:
        """
        The user records that their credentials are on Web's.  [R60]
        """
        user = created(NEW, attrs.evolve(LICENCE, product=product))

        assert on_web == user.is_on_web

    @pytest.mark.parametrize(
        "kind,staff", [(NewEmployee, True), (NewEndCustomer, False)]
    )
    def test_staff_or_end_customer(self, kind: type[NewUser], staff: bool) -> None:
        """
        The level tells which kind of user they are.  [R21, R22]
        """
        new = kind(
            winbooks_id=WinBooksId("grace@example.org"),
            password=GeneratedPassword(),
            level=Level.POWER_USER if staff else Level.USER,
            first_name=PersonName("Grace"),
            last_name=PersonName("Hopper"),
            company_name=CompanyName("Bakkerij De Korenaar"),
            language=Language.DUTCH,
            dossiers=frozenset({"1001"}),
            roles=frozenset({Role.VIEW_ADMIN if staff else Role.VIEW_USER}),
        )

        assert staff == created(new).is_staff


class TestNotices:
    """
    Notices cover exactly the dossiers that the user can open.

    [R41, R42, R43, R44]
    """

    def test_box_ticked(self) -> None:
        """
        All of their dossiers, and no other.
        """
        assert frozenset({"1001", "1002"}) == created(NEW).notified_dossiers

    def test_box_unticked(self) -> None:
        """
        None at all.
        """
        user = created(attrs.evolve(NEW, notify_all_dossiers=False))

        assert frozenset() == user.notified_dossiers

    def test_a_dossier_taken_away_is_silent(self) -> None:
        """
        Its notices end with the access.
        """
        user = attrs.evolve(created(NEW), dossiers=frozenset({"1001"}))

        assert frozenset({"1001"}) == user.notified_dossiers

    def test_somebody_inactive(self) -> None:
        """
        He gets none, and the box is remembered.  [Q12]
        """
        user = created(attrs.evolve(NEW, activate=False))

        assert (frozenset(), True) == (user.notified_dossiers, user.notify_all_dossiers)

    def test_box_ticked_without_dossiers(self) -> None:
        """
        It is accepted and has no effect yet.
        """
        user = created(attrs.evolve(NEW, dossiers=frozenset()))

        assert frozenset() == user.notified_dossiers


class TestPrivacy:
    """
    A user in a log says who no one is.
    """

    def test_repr_masks_the_person(self) -> None:
        """
        Neither address nor names nor phone are written out.
        """
        shown = repr(created(NEW))

        assert [] == [
            each
            for each in ("Ada@", "Lovelace", "Analytical", "470123456")
            if each in shown
        ]
