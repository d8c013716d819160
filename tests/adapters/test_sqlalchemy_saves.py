"""
What is written when users are saved is what changed, in as few statements as that takes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import pytest
from sqlalchemy import Engine

from listening import heard
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.adapters.sqlalchemy.rows import user_row
from winbooks_identity.adapters.sqlalchemy.schema import USER
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import units


#: Ways to change a user, each in other columns.
WAYS: Final[Sequence[Mapping[str, Any]]] = (
    {"last_name": PersonName("King")},
    {"first_name": PersonName("Augusta")},
    {"company_name": CompanyName("Noel & Byron")},
    {"language": Language.FRENCH},
    {"phone": None},
    {"level": Level.ADMINISTRATOR},
    {"status": Status.INACTIVE},
    {"external_id": "E-7"},
    {"notify_all_dossiers": True},
)


def saved(engine: Engine, ways: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """
    Save a user in each of *ways*; return the columns that each update names.
    """
    storage = SqlAlchemyStorage(engine)
    units.register(storage)
    users = [samples.user(f"user{number}") for number in range(len(ways))]
    storage.run(lambda unit: unit.users.add_all(users))
    changed = [attrs.evolve(user, **way) for user, way in zip(users, ways, strict=True)]

    def save(unit: UnitOfWork) -> Sequence[PortalUser]:
        unit.users.find_all({user.id for user in users})
        return unit.users.save_all(changed)

    with heard() as statements:
        told = storage.run(save)

    assert told == [units.find(storage, f"user{n}") for n in range(len(ways))]
    assert told == [attrs.evolve(user, version=2) for user in changed]
    return [
        re.findall(r"(\w+) =", said.partition(" SET ")[2].partition(" WHERE ")[0])
        for said in statements
        if said.startswith("UPDATE winbooks_user")
    ]


class TestColumns:
    """
    An index whose columns stay as they are is not written.
    """

    def test_a_row_begins_as_the_table_does(self) -> None:
        """
        What is stored and what is to be stored are compared place by place.
        """
        assert [column.name for column in USER.columns] == list(
            user_row(samples.user())
        )

    @pytest.mark.parametrize("count", [1, 3])
    def test_who_changes_alike_is_written_together(
        self, engine: Engine, count: int
    ) -> None:
        """
        One statement, with the columns that differ and the version.
        """
        assert [["last_name", "version"]] == saved(engine, [WAYS[0]] * count)

    def test_few_ways(self, engine: Engine) -> None:
        """
        A statement for each of them.
        """
        assert [["last_name", "version"], ["first_name", "version"]] == saved(
            engine, [*WAYS[:2], WAYS[0]]
        )

    def test_many_ways(self, engine: Engine) -> None:
        """
        One statement for all, with every column but the key.
        """
        _, *columns = (column.name for column in USER.columns)

        assert [columns] == saved(engine, WAYS)
