"""
A synchronisation asks a database a few things for all users, not some for each.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from sqlalchemy import Engine

from listening import heard
from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.authorization import Distributor
from winbooks_identity.licence import Product
from winbooks_identity.names import PersonName
from winbooks_identity.synchronisation import (
    Complete,
    DesiredUser,
    Plan,
    Result,
    SynchronisationService,
)
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


BY: Final = Distributor("4711")

#: Enough for a server to take them by COPY, which is no statement to those who listen.
COUNT: Final = 25

#: How many statements, besides the beginning and the end of each transaction.  SQLite
#: says in one more who owns the IDs; a server copies users and events, and locks who
#: is changed.
COUNTS: Final[Mapping[str, Mapping[str, int]]] = {
    "sqlite": {"planned": 3, "created": 6, "changed": 5, "done before": 3},
    "postgresql": {"planned": 3, "created": 3, "changed": 5, "done before": 3},
}


def told(last_name: str) -> InMemoryLicenceManagement:
    """
    Return what says that all employees have *last_name*.
    """
    users = tuple(
        DesiredUser(
            external_id=f"E-{number}",
            login=WinBooksId(f"ada.{number}@kantoor.example.be"),
            first_name=PersonName("Ada"),
            last_name=PersonName(last_name),
            is_licence_admin=number == 0,
        )
        for number in range(COUNT)
    )
    return InMemoryLicenceManagement({"4711": Complete(users=users, count=COUNT)})


def counted(engine: Engine) -> Iterator[tuple[str, int]]:
    """
    Yield how many statements each part of two synchronisations takes.
    """
    storage = SqlAlchemyStorage(engine)
    licence = samples.licence(product=Product.ON_WEB)
    storage.run(lambda unit: unit.licences.register(licence, []))
    service = SynchronisationService(storage)

    def apply(plan: Plan, result: Result) -> int:
        with heard() as statements:
            outcomes = list(service.apply(plan, by=BY))
        assert [result] * COUNT == [outcome.result for outcome in outcomes]
        return len(statements)

    yield "created", apply(service.plan(told("Lovelace"), by=BY), Result.DONE)
    with heard() as statements:
        plan = service.plan(told("King"), by=BY)
    yield "planned", len(statements)
    yield "changed", apply(plan, Result.DONE)
    yield "done before", apply(plan, Result.DONE_BEFORE)


class TestCounts:
    """
    The number of statements does not follow that of the users.
    """

    @pytest.mark.parametrize("database", COUNTS)
    def test_no_more_than_needed(
        self, database: str, request: pytest.FixtureRequest
    ) -> None:
        """
        The count is exact for one batch.
        """
        engine: Engine = request.getfixturevalue(database)

        assert COUNTS[database] == dict(counted(engine))
