"""
A WinBooks ID in the other products.
"""

from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from people import EMPLOYEE
from winbooks_identity.errors import Invalid
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.problems import Notice, Problem
from winbooks_identity.product_links import (
    InvalidWindowsUser,
    LinkedProduct,
    NotLinked,
    ProductLink,
    StaleLink,
    WindowsUserNotUsed,
    WindowsUserRequired,
    check_windows_user,
    status,
)
from winbooks_identity.winbooks_id import WinBooksId


CLASSIC = ProductLink(
    product=LinkedProduct.CLASSIC,
    licence="WB-1",
    windows_user="OFFICE\\Ada",
    user_id=UUID(int=1),
    winbooks_id=WinBooksId("ada@example.org"),
    linked_at=datetime(2026, 5, 1, tzinfo=UTC),
)


class TestProducts:
    """
    The same WinBooks ID is used in several products.  [R7]
    """

    def test_the_products(self) -> None:
        """
        The five that take it.
        """
        assert [
            "WinBooks Classic",
            "WinBooks on Web",
            "Connect",
            "View",
            "Virtual Invoice",
        ] == [product.value for product in LinkedProduct]


class TestPlace:
    """
    Classic has one link for each Windows user.  [R9]
    """

    def test_windows_ignores_case(self) -> None:
        """
        A name in other letters is the same place.
        """
        again = attrs.evolve(CLASSIC, windows_user="office\\ADA")

        assert CLASSIC.place == again.place

    def test_two_windows_users(self) -> None:
        """
        Each has a place of their own.
        """
        other = attrs.evolve(CLASSIC, windows_user="OFFICE\\Grace")

        assert CLASSIC.place != other.place

    def test_another_product(self) -> None:
        """
        There the user themselves is the place.
        """
        link = attrs.evolve(CLASSIC, product=LinkedProduct.VIEW, windows_user=None)

        assert "00000000-0000-0000-0000-000000000001" == link.place

    @pytest.mark.parametrize(
        "product,windows_user,expected",
        [
            (LinkedProduct.CLASSIC, "Ada", ()),
            (LinkedProduct.CLASSIC, "Ada Lovelace", ()),
            (LinkedProduct.CLASSIC, "a" * 256, ()),
            (LinkedProduct.CLASSIC, "a" * 257, (InvalidWindowsUser(256),)),
            (LinkedProduct.CLASSIC, "", (InvalidWindowsUser(256),)),
            (LinkedProduct.CLASSIC, "Ada\n", (InvalidWindowsUser(256),)),
            (LinkedProduct.CLASSIC, None, (WindowsUserRequired(),)),
            (LinkedProduct.VIEW, None, ()),
            (LinkedProduct.VIEW, "Ada", (WindowsUserNotUsed(),)),
        ],
    )
    def test_who_has_windows_users(
        self,
        product: LinkedProduct,
        windows_user: str | None,
        expected: tuple[Problem, ...],
    ) -> None:
        """
        Classic needs one, and no one else takes one.
        """
        assert expected == check_windows_user(product, windows_user)

    def test_a_link_is_checked(self) -> None:
        """
        There is none without its place.
        """
        with pytest.raises(Invalid) as caught:
            attrs.evolve(CLASSIC, windows_user=None)

        assert (WindowsUserRequired(),) == caught.value.problems


class TestStatus:
    """
    A missing or stale link is a warning, not an error.  [R10, Q14]
    """

    @pytest.mark.parametrize(
        "link,user,expected",
        [
            (CLASSIC, EMPLOYEE, ()),
            (None, None, (NotLinked(),)),
            (CLASSIC, None, (NotLinked(),)),
            (
                CLASSIC,
                attrs.evolve(EMPLOYEE, winbooks_id=WinBooksId("ada@example.com")),
                (StaleLink("WinBooks Classic"),),
            ),
            (
                CLASSIC,
                attrs.evolve(EMPLOYEE, winbooks_id=WinBooksId("ADA@example.org")),
                (),
            ),
        ],
    )
    def test_status(
        self,
        link: ProductLink | None,
        user: PortalUser | None,
        expected: tuple[Notice, ...],
    ) -> None:
        """
        A link is stale when it holds another ID than the user has now.
        """
        assert expected == status(link, user)
