"""
A copy with some fields replaced is the one that attrs makes.
"""

from typing import Any

import attrs
import pytest

from people import ADA
from winbooks_identity.evolution import evolving
from winbooks_identity.language import Language
from winbooks_identity.portal_user import PortalUser


@attrs.frozen
class Numbered:
    """
    A value with what such classes can have: a check, an alias, a field of its own.
    """

    _number: int = attrs.field(validator=attrs.validators.ge(1))
    doubled: int = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: self._number * 2, takes_self=True),
    )
    name: str = ""


class TestEvolving:
    """
    What copies by the thousand does what `attrs.evolve` does.
    """

    @pytest.mark.parametrize(
        "changes", [{}, {"version": 7, "phone": None}, {"language": Language.FRENCH}]
    )
    def test_a_user(self, changes: dict[str, Any]) -> None:
        """
        Every field is copied but for those that are given.
        """
        evolve = evolving(PortalUser)

        assert attrs.evolve(ADA, **changes) == evolve(ADA, **changes)

    def test_the_constructor_makes_the_copy(self) -> None:
        """
        It makes what follows from the fields anew, and checks them.
        """
        evolve = evolving(Numbered)

        assert Numbered(2, "two") == evolve(Numbered(1, "two"), number=2)
        with pytest.raises(ValueError, match="must be >= 1"):
            evolve(Numbered(1), number=0)

    def test_a_field_that_is_none(self) -> None:
        """
        It is refused, and not left out.
        """
        with pytest.raises(TypeError, match="colour"):
            evolving(Numbered)(Numbered(1), colour="red")
