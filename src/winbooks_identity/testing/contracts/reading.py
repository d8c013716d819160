"""
What does work see that only reads, and whom does it wait for?
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from queue import Queue
from threading import Thread
from typing import Final, TypeVar

import attrs
import pytest

from ...mail.outbox import MailKind
from ...names import PersonName
from ...portal_user import PortalUser
from ...ports import Storage, UnitOfWork
from ...retention import Kept
from .. import samples
from . import units
from .suite import StorageSuite, needs_threads


__all__ = ["Reading"]

T = TypeVar("T")

#: What writes, by what it is called in a unit of work.
_WRITES: Final[Mapping[str, Callable[[UnitOfWork], object]]] = {
    "licences.register": lambda unit: unit.licences.register(samples.licence("1"), []),
    "licences.save": lambda unit: unit.licences.save(samples.licence(), []),
    "licences.remove_dossier": lambda unit: unit.licences.remove_dossier("4711", "D1"),
    "users.add": lambda unit: unit.users.add(samples.user("grace")),
    "users.add_all": lambda unit: unit.users.add_all([samples.user("grace")]),
    "users.save": lambda unit: unit.users.save(samples.user()),
    "users.save_all": lambda unit: unit.users.save_all([samples.user()]),
    "users.remove": lambda unit: unit.users.remove(samples.user()),
    "users.has_other_administrator": lambda unit: unit.users.has_other_administrator(
        samples.user()
    ),
    "left_ids.put": lambda unit: unit.left_ids.put(
        samples.user("grace").winbooks_id,
        of=samples.identifier("grace"),
        at=samples.NOW,
    ),
    "left_ids.release": lambda unit: unit.left_ids.release(
        {samples.user().winbooks_id}, left_before=samples.NOW, now=samples.NOW
    ),
    "left_ids.forget": lambda unit: unit.left_ids.forget(samples.NOW),
    "credentials.put": lambda unit: unit.credentials.put(samples.credential()),
    "credentials.replace": lambda unit: unit.credentials.replace(
        samples.credential(), samples.credential()
    ),
    "credentials.remove": lambda unit: unit.credentials.remove(
        {samples.identifier("ada")}
    ),
    "requests.remember": lambda unit: unit.requests.remember(samples.request()),
    "outbox.put": lambda unit: unit.outbox.put(samples.mail("grace")),
    "outbox.withdraw": lambda unit: unit.outbox.withdraw(
        {samples.identifier("ada")}, set(MailKind), samples.NOW
    ),
    "housekeeping.forget": lambda unit: unit.housekeeping.forget(
        Kept.HISTORY, samples.NOW, limit=1
    ),
    "history.add": lambda unit: unit.history.add(samples.event()),
    "history.add_all": lambda unit: unit.history.add_all([samples.event()]),
    "history.anonymise": lambda unit: unit.history.anonymise(samples.identifier("ada")),
    "product_links.put": lambda unit: unit.product_links.put(samples.link()),
    "product_links.remove": lambda unit: unit.product_links.remove(samples.link()),
    "link_requests.put": lambda unit: unit.link_requests.put(samples.link_request()),
    "link_requests.take": lambda unit: unit.link_requests.take(samples.link_request()),
    "failed_attempts.add": lambda unit: unit.failed_attempts.add(
        samples.failed_attempt()
    ),
    "failed_attempts.forget": lambda unit: unit.failed_attempts.forget(
        samples.NOW + timedelta(days=1)
    ),
}


class Reading(StorageSuite):
    """
    Work that only reads sees one state, and waits for no one.
    """

    def test_reading_returns_what_the_work_returns(self, storage: Storage) -> None:
        """
        What was kept before is there, and the result is the caller's.
        """
        storage.run(units.fill)

        assert samples.user() == storage.read(_find)

    def test_what_reading_work_raises_is_raised(self, storage: Storage) -> None:
        """
        An exception in the work reaches the caller as it is.
        """
        raised = KeyboardInterrupt()

        def work(_: UnitOfWork) -> None:
            raise raised

        with pytest.raises(KeyboardInterrupt) as caught:
            storage.read(work)
        assert raised is caught.value

    def test_reading_work_does_not_write(self, storage: Storage) -> None:
        """
        Work that writes all the same is a mistake that is heard at once.
        """
        storage.run(units.fill)

        for name, write in _WRITES.items():
            with pytest.raises(RuntimeError, match=name):
                storage.read(write)

        assert samples.user() == storage.read(_find)

    def test_reading_work_locks_no_one(self, storage: Storage) -> None:
        """
        What decides on a user can ask for the lock; it holds no one up.
        """
        storage.run(units.fill)

        def work(unit: UnitOfWork) -> object:
            unit.users.lock({samples.identifier("ada")})
            return _find(unit)

        assert samples.user() == storage.read(work)

    @needs_threads
    def test_a_reader_does_not_wait_for_a_writer(self, storage: Storage) -> None:
        """
        While a unit of work is in the middle of a change, others read what was before.
        """
        storage.run(units.fill)

        def work(unit: UnitOfWork) -> object:
            unit.users.save(_renamed())
            return _meanwhile(lambda: storage.read(_find))

        assert samples.user() == storage.run(work)
        assert _renamed().first_name == storage.read(_first_name)

    @needs_threads
    def test_a_writer_does_not_wait_for_a_reader(self, storage: Storage) -> None:
        """
        What is read stays as it is, whatever is kept meanwhile.
        """
        storage.run(units.fill)

        def work(unit: UnitOfWork) -> list[object]:
            before = _find(unit)
            _meanwhile(lambda: storage.run(lambda other: other.users.save(_renamed())))
            return [before, _find(unit)]

        assert [samples.user(), samples.user()] == storage.read(work)
        assert _renamed().first_name == storage.read(_first_name)


def _find(unit: UnitOfWork) -> object:
    return unit.users.find(samples.identifier("ada"))


def _first_name(unit: UnitOfWork) -> PersonName | None:
    user = unit.users.find_by_winbooks_id(samples.user().winbooks_id)
    return None if user is None else user.first_name


def _renamed() -> PortalUser:
    return attrs.evolve(samples.user(), first_name=PersonName("Augusta"))


def _meanwhile(work: Callable[[], T]) -> T:
    """
    Return what *work* gives in another thread, while this one waits.
    """
    answers = Queue[T]()
    # A thread that waits for this one in its turn must not keep the process alive.
    Thread(target=lambda: answers.put(work()), daemon=True).start()
    return answers.get(timeout=30)
