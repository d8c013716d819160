"""
Why someone can open something, or cannot.
"""

import attrs
import pytest

from people import EMPLOYEE
from winbooks_identity.dossier import InvalidNumber
from winbooks_identity.errors import Invalid
from winbooks_identity.explain import (
    Active,
    DossierGranted,
    DossierNotGranted,
    Explanation,
    NoRole,
    NotActive,
    RolesHeld,
    explain,
)
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.role import IncompleteForDigitalProducts, Role


STAFF = attrs.evolve(EMPLOYEE, level=Level.ADMINISTRATOR)
END_CUSTOMER = attrs.evolve(STAFF, level=Level.USER, roles=frozenset({Role.VIEW_USER}))


class TestDossier:
    """
    A dossier is opened by whom it was given to.  [R36, Q4]
    """

    def test_granted(self) -> None:
        """
        All that is needed is there.
        """
        expected = Explanation(granted=(Active(), DossierGranted("1001")), missing=())

        assert expected == explain(STAFF, "1001")

    def test_an_administrator_too_needs_it(self) -> None:
        """
        He manages every user and opens what they were given.
        """
        expected = Explanation(
            granted=(Active(),), missing=(DossierNotGranted("1002"),)
        )

        assert expected == explain(STAFF, "1002")

    def test_an_inactive_user(self) -> None:
        """
        The grant stays and opens nothing.  [R56]
        """
        inactive = attrs.evolve(STAFF, status=Status.INACTIVE)
        expected = Explanation(
            granted=(DossierGranted("1001"),), missing=(NotActive(),)
        )

        assert expected == explain(inactive, "1001")

    def test_what_is_no_dossier(self) -> None:
        """
        It is refused like a number in a form.
        """
        with pytest.raises(Invalid) as caught:
            explain(STAFF, "the dossier of Ada")

        assert (InvalidNumber(),) == caught.value.problems


class TestDigitalProducts:
    """
    Staff need both staff roles, end customers one of theirs.  [R49, R51]
    """

    @pytest.mark.parametrize(
        "user,roles,expected",
        [
            (
                STAFF,
                {Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT},
                Explanation(
                    granted=(Active(), RolesHeld("Connect.Accountant, View.Admin")),
                    missing=(),
                ),
            ),
            (
                STAFF,
                {Role.VIEW_ADMIN},
                Explanation(
                    granted=(Active(),),
                    missing=(IncompleteForDigitalProducts("Connect.Accountant"),),
                ),
            ),
            (
                END_CUSTOMER,
                {Role.VIEW_USER},
                Explanation(granted=(Active(), RolesHeld("View.User")), missing=()),
            ),
            (
                END_CUSTOMER,
                set[Role](),
                Explanation(
                    granted=(Active(),),
                    missing=(NoRole("Connect.Entrepreneur, View.User"),),
                ),
            ),
        ],
    )
    def test_roles(
        self, user: PortalUser, roles: set[Role], expected: Explanation
    ) -> None:
        """
        What is missing is named.
        """
        held = attrs.evolve(user, roles=frozenset(roles))

        assert expected == explain(held, "digital products")


class TestExplanation:
    """
    Access is there when nothing is missing.
    """

    @pytest.mark.parametrize("number,expected", [("1001", True), ("1002", False)])
    def test_has_access(self, number: str, expected: bool) -> None:
        """
        One word for who needs no reasons.
        """
        assert expected is explain(STAFF, number).has_access
