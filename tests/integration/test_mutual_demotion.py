"""
Two Administrators who take each other's rights: at most one succeeds.
"""

from sqlalchemy import Engine

from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import NotAuthorised
from winbooks_identity.services.administration import AdministrationService
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import units
from winbooks_identity.testing.contracts.suite import in_threads, outcome


class TestMutualDemotion:
    """
    Who acts is locked while they act.
    """

    def test_eighty_races(self, postgresql: Engine) -> None:
        """
        At READ COMMITTED, in each of 80 races one of the two is refused.  [S3]
        """
        storage = SqlAlchemyStorage(postgresql)
        units.register(storage)
        administration = AdministrationService(storage)
        refused = [
            answer
            for number in range(20)
            for answer in race(storage, administration, f"race{number}")
            if answer is not None
        ]

        assert [NotAuthorised] * 80 == refused


def race(
    storage: SqlAlchemyStorage, administration: AdministrationService, name: str
) -> list[type[Exception] | None]:
    """
    Let four pairs of Administrators demote each other, all at one time.
    """
    people: list[PortalUser] = [
        samples.user(f"{name}-{number}", level=Level.ADMINISTRATOR)
        for number in range(8)
    ]
    storage.run(lambda unit: unit.users.add_all(people))

    def demote(number: int) -> object:
        return administration.change_level(
            people[number ^ 1], Level.POWER_USER, by=people[number]
        )

    return in_threads(lambda number: outcome(lambda: demote(number)))
