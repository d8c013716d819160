"""
Roles: the four there are, who may hold them, and what they make ready for.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.problems import NotOneOf, NotText
from winbooks_identity.role import (
    END_CUSTOMER_ROLES,
    STAFF_ROLES,
    IncompleteForDigitalProducts,
    Role,
    readiness,
)


class TestRoles:
    """
    There are four roles, two for staff and two for end customers.

    [R46, R47, R48]
    """

    def test_the_roles_are_spelled_as_on_the_portal(self) -> None:
        """
        Module, dot, persona.
        """
        assert [
            "Connect.Accountant",
            "View.Admin",
            "Connect.Entrepreneur",
            "View.User",
        ] == [role.value for role in Role]

    def test_every_role_is_for_one_kind_of_user(self) -> None:
        """
        The two pairs are apart and together are all.
        """
        assert set(Role) == STAFF_ROLES ^ END_CUSTOMER_ROLES

    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_help_in_three_languages(self, role: Role) -> None:
        """
        The form explains each role to every reader.
        """
        assert 3 == len({role.help(locale) for locale in ("nl", "fr", "en")})


class TestParse:
    """
    Case and blanks do not count.  [R52]
    """

    @given(st.sampled_from(Role), st.data())
    def test_every_spelling_of_a_role_is_that_role(
        self, role: Role, data: st.DataObject
    ) -> None:
        """
        Blanks anywhere and any case lead to the same role.
        """
        blanks = st.sampled_from(["", " ", "\t", "\u00a0"])
        spelled = "".join(
            data.draw(blanks) + data.draw(st.sampled_from([each, each.swapcase()]))
            for each in role.value
        )

        assert role is Role.parse(spelled)

    @pytest.mark.parametrize("text", ["", "Connect", "Connect,Accountant", "Viewer"])
    def test_anything_else_is_refused(self, text: str) -> None:
        """
        The problem lists what is allowed and does not repeat the input.
        """
        with pytest.raises(Invalid) as caught:
            Role.parse(text)

        assert (
            NotOneOf("Connect.Accountant, View.Admin, Connect.Entrepreneur, View.User"),
        ) == caught.value.problems

    def test_check_answers_for_what_is_not_text(self) -> None:
        """
        Nothing is no role.
        """
        assert (NotText(),) == Role.check(None)  # type: ignore[arg-type]  # On purpose.


class TestReadiness:
    """
    Staff need both staff roles for the digital products.  [R49, R50]
    """

    @pytest.mark.parametrize(
        "held,missing",
        [
            (set(), "Connect.Accountant, View.Admin"),
            ({Role.CONNECT_ACCOUNTANT}, "View.Admin"),
            ({Role.VIEW_ADMIN}, "Connect.Accountant"),
        ],
    )
    def test_what_is_missing_is_named(self, held: set[Role], missing: str) -> None:
        """
        A notice, not a refusal, names what to add.
        """
        assert (IncompleteForDigitalProducts(missing),) == readiness(held)

    def test_both_are_enough(self) -> None:
        """
        With the pair there is nothing to say.
        """
        assert () == readiness({Role.CONNECT_ACCOUNTANT, Role.VIEW_ADMIN})
