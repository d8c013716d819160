"""
A copy of a database is told from the one that it was made of.
"""

import attrs
import pytest

from winbooks_identity.mail.home import Home


HOME = Home(system_identifier="1", database_oid="2", table_oid="3")


@pytest.mark.parametrize("number", ["system_identifier", "database_oid", "table_oid"])
def test_each_number_tells_a_copy(number: str) -> None:
    """
    Another server, another database on it, another table in it.  [S83]
    """
    here = attrs.evolve(HOME, **{number: "9"})

    assert HOME.is_another(here)
    assert here == HOME.updated(here)
    assert not here.is_another(here)


@pytest.mark.parametrize("number", ["system_identifier", "database_oid", "table_oid"])
def test_what_is_not_known_tells_nothing(number: str) -> None:
    """
    A role that may not ask, or may all at once, makes no copy; what is known stays.
    """
    here = attrs.evolve(HOME, **{number: None})

    assert not HOME.is_another(here)
    assert not here.is_another(HOME)
    assert HOME == HOME.updated(here) == here.updated(HOME)
