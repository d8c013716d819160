"""
Reports are read from the standby of a portal, and everything else is not.
"""

from collections.abc import Callable
from typing import Final

import attrs
import pytest

from people import ADA, GRACE, LICENCE
from winbooks_identity import Portal
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.errors import IdentityError
from winbooks_identity.names import PersonName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Storage
from winbooks_identity.services.reports import ReportService


#: Ada, as the standby knows her.
LATE: Final = attrs.evolve(ADA, first_name=PersonName("Augusta"))

REPORTS: Final[dict[str, Callable[[ReportService], object]]] = {
    "find": lambda reports: reports.find(ADA.winbooks_id, by=LATE),
    "users": lambda reports: [*reports.users(by=LATE)],
    "must_change": lambda reports: reports.must_change([LATE], by=LATE),
    "never_signed_in": lambda reports: reports.never_signed_in([LATE], by=LATE),
    "export": lambda reports: reports.export(LATE, by=LATE),
    "history": lambda reports: reports.history(LATE.id, by=LATE),
    "failed_attempts": lambda reports: reports.failed_attempts(LATE, by=LATE),
    "mails": lambda reports: reports.mails(LATE, by=LATE),
    "links": lambda reports: reports.links(LATE, by=LATE),
    "impact": lambda reports: reports.impact(PasswordPolicy(), known=(), by=LATE),
    "due": lambda reports: reports.due(),
}


def filled(*users: PortalUser) -> InMemoryStorage:
    """
    Return a storage with the licence and *users*.
    """
    storage = InMemoryStorage()
    storage.run(lambda unit: unit.licences.register(LICENCE, []))
    storage.run(lambda unit: unit.users.add_all(users))
    return storage


def portal_on(storage: Storage, standby: Storage | None) -> Portal:
    """
    Return the portal that reads reports from *standby*.
    """
    return Portal(
        storage,
        standby=standby,
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters("portal@firm.example", "https://firm.example/"),
        sealer=AesGcmSealer({"1": b"s" * 32}),
    )


class TestReports:
    """
    What may be late is asked of the standby alone.
    """

    def test_every_report_is_tried(self) -> None:
        """
        A report that is new has to be added here.
        """
        methods = {name for name in vars(ReportService) if not name.startswith("_")}
        fields = {field.name for field in attrs.fields(ReportService)}
        assert set(REPORTS) == methods - fields

    @pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
    def test_the_storage_is_not_asked(
        self, report: Callable[[ReportService], object]
    ) -> None:
        """
        Each answers what the service of that name answers on the standby.
        """

        class Untouched:
            def read(self, *_: object) -> None:
                raise AssertionError("the storage was asked")

            run = read

        standby = filled(LATE, GRACE)
        portal = portal_on(Untouched(), standby)  # type: ignore[arg-type]  # It fails.
        alone = portal_on(standby, None)

        assert report(alone.reports) == report(portal.reports)

    def test_everything_else_asks_the_storage(self) -> None:
        """
        A look-up before a step, and the list that shows what was just done.
        """
        portal = portal_on(filled(ADA), filled(LATE))

        assert LATE == portal.reports.find(ADA.winbooks_id, by=ADA)
        assert ADA == portal.provisioning.find(ADA.winbooks_id, by=ADA)
        assert [ADA] == [*portal.provisioning.users(by=ADA)]

    def test_without_a_standby(self) -> None:
        """
        The storage answers.
        """
        portal = portal_on(filled(ADA), None)

        assert [ADA] == [*portal.reports.users(by=ADA)]

    def test_together(self) -> None:
        """
        Within one transaction a report sees what was done in it.
        """
        portal = portal_on(filled(ADA), filled(LATE))
        details = attrs.evolve(LICENCE, number="WB-2")

        def work(within: Portal) -> object:
            within.provisioning.register_licence(details, by=WinBooksAdministration())
            return within.reports.find(ADA.winbooks_id, by=ADA)

        assert ADA == portal.together(work)

    def test_it_says_what_is_refused(self) -> None:
        """
        A report raises what its namesake raises.
        """
        portal = portal_on(filled(ADA), filled(LATE))

        with pytest.raises(IdentityError):
            portal.reports.find(GRACE.winbooks_id, by=ADA)
