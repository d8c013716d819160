"""
What only reads waits for no one who writes.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final, Never, TypeVar

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, LICENCE, NOW, PASSWORD
from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.errors import StorageBusy
from winbooks_identity.licence import Product
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.portal import Portal
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.services.password_impact import impact
from winbooks_identity.synchronisation import Complete
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

#: Nothing in these waits for the end of a change.
READS: Final[Mapping[str, Callable[[Portal], object]]] = {
    "find": lambda portal: portal.provisioning.find(GRACE.winbooks_id, by=ADA),
    "users": lambda portal: list(portal.provisioning.users(by=ADA)),
    "licence": lambda portal: portal.provisioning.licence(by=ADA),
    "dossiers": lambda portal: portal.provisioning.dossiers(by=ADA),
    "sign-in": lambda portal: portal.sign_in.verify(GRACE.winbooks_id, PASSWORD),
    "session": lambda portal: portal.sessions.resume(portal.sessions.begin(GRACE)),
    "export": lambda portal: portal.administration.export(GRACE, by=ADA),
    "initial passwords": lambda portal: portal.administration.must_change(
        [GRACE], by=ADA
    ),
    "failed attempts": lambda portal: portal.administration.failed_attempts(
        GRACE, by=ADA
    ),
    "mails": lambda portal: portal.administration.mails(GRACE, by=ADA),
    "history": lambda portal: portal.administration.history(GRACE.id, by=ADA),
    "links": lambda portal: portal.linking.links(GRACE, by=ADA),
    "windows user": lambda portal: portal.linking.windows_user("OFFICE\\A", by=ADA),
    "impact": lambda portal: impact(portal.storage, PasswordPolicy(), known=[], by=ADA),
    "plan": lambda portal: portal.synchronisation.plan(
        InMemoryLicenceManagement({"WB-W": Complete(users=(), count=0)}),
        by=Distributor("WB-W"),
    ),
    "link requests": lambda portal: portal.link_requests.answer(),
}

#: These look before they hash or write a letter, and change something afterwards.
LOOKS: Final[Mapping[str, Callable[[Portal], object]]] = {
    "reset": lambda portal: portal.logins.reset_password(
        JOAN, Password("Correct-Horse-2"), by=ADA
    ),
    "password link": lambda portal: portal.logins.send_password_link(JOAN, by=ADA),
    "change of ID": lambda portal: portal.logins.change_id(
        JOAN, WinBooksId("joan@elsewhere.example"), by=ADA
    ),
    "change of password": lambda portal: portal.own_login.change_password(
        GRACE.winbooks_id, PASSWORD, Password("Correct-Horse-2")
    ),
}


@attrs.define
class Held:
    """
    A storage in which some unit of work that writes has stopped.
    """

    storage: Storage
    reads: int = 0

    def run(self, work: Callable[[UnitOfWork], T]) -> Never:
        """
        Wait no longer.
        """
        del work
        raise StorageBusy

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Read what was there before.
        """
        self.reads += 1
        return self.storage.read(work)


@pytest.fixture
def held() -> tuple[Portal, Held]:
    """
    Return an office of three, on a storage that writes no more.
    """
    office = Office()
    on_web = attrs.evolve(LICENCE, number="WB-W", product=Product.ON_WEB)
    office.portal.provisioning.register_licence(on_web, by=WinBooksAdministration())
    office.add(ADA, GRACE, JOAN)
    storage = Held(office.storage)
    return attrs.evolve(office.portal, storage=storage), storage


class TestWaiting:
    """
    A process that stopped in the middle of a change keeps no reader waiting.
    """

    @pytest.mark.parametrize("what", READS)
    def test_reads_are_answered(self, held: tuple[Portal, Held], what: str) -> None:
        """
        Nothing that reads asks for the right to write.
        """
        portal, storage = held

        READS[what](portal)

        assert storage.reads

    @pytest.mark.parametrize("what", LOOKS)
    def test_looks_come_before_changes(
        self, held: tuple[Portal, Held], what: str
    ) -> None:
        """
        What is looked at is read; only the change at the end has to wait.
        """
        portal, storage = held

        with pytest.raises(StorageBusy):
            LOOKS[what](portal)

        assert storage.reads


class TestTogether:
    """
    Services that share a unit of work read what they wrote in it.
    """

    def test_what_was_written_is_read(self) -> None:
        """
        The reads of one service see the changes of another.
        """
        office = Office()
        office.add(ADA, GRACE)

        def work(portal: Portal) -> object:
            portal.administration.deactivate(GRACE, by=ADA)
            return portal.provisioning.find(GRACE.winbooks_id, by=ADA).is_active

        assert False is office.portal.together(work)

    def test_reading_work_does_not_write(self) -> None:
        """
        Nor does it here.
        """
        office = Office()

        def work(portal: Portal) -> object:
            return portal.storage.read(
                lambda unit: unit.failed_attempts.forget(NOW + timedelta(days=1))
            )

        with pytest.raises(RuntimeError, match=r"failed_attempts\.forget"):
            office.portal.together(work)
