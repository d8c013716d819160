"""
What does a storage let go of, and what stays whatever its age?
"""

from datetime import timedelta

import attrs

from ...mail.outbox import MailKind
from ...ports import Storage, UnitOfWork
from ...retention import Kept
from .. import samples
from .suite import StorageSuite


__all__ = ["Housekeeping"]

_SECOND = timedelta(seconds=1)
_LATER = samples.NOW + _SECOND
ADA = samples.identifier("ada")


class Housekeeping(StorageSuite):
    """
    What is old goes in small steps, and nothing else does.  [S80]
    """

    def test_failed_attempts(self, storage: Storage) -> None:
        """
        By the instant of the attempt, whomever it was about.
        """
        young = samples.failed_attempt("1", at=_LATER)

        def work(unit: UnitOfWork) -> None:
            unit.failed_attempts.add(young)
            unit.failed_attempts.add(samples.failed_attempt("2"))
            unit.failed_attempts.add(samples.failed_attempt("3", of=None, source=None))

        storage.run(work)

        assert (2, 2, 0) == _forgotten(storage, Kept.FAILED_ATTEMPTS)
        assert [young] == list(
            storage.run(lambda unit: unit.failed_attempts.of_user(ADA))
        )

    def test_mails(self, storage: Storage) -> None:
        """
        Those that are over, by the instant at which they were; never one that waits.
        """
        waits = samples.mail("waits", kind=MailKind.CHANGED)

        def work(unit: UnitOfWork) -> None:
            unit.licences.register(samples.licence(), [])
            unit.users.add(samples.user())
            unit.outbox.put(waits)
            for name, kind, at in (
                ("old", MailKind.CREDENTIALS, samples.NOW),
                ("young", MailKind.CONFIRM_ID, _LATER),
            ):
                unit.outbox.put(samples.mail(name, kind=kind))
                unit.outbox.withdraw({ADA}, {kind}, at)

        storage.run(work)

        assert (1, 1, 0) == _forgotten(storage, Kept.MAILS)
        assert {waits.id, samples.identifier("young")} == {
            entry.mail_id
            for entry in storage.run(lambda unit: unit.outbox.of_user(ADA))
        }

    def test_requests(self, storage: Storage) -> None:
        """
        By the age of the user whom they made, there or not.
        """

        def work(unit: UnitOfWork) -> None:
            for name, at in (("old", samples.NOW), ("young", _LATER)):
                unit.requests.remember(samples.request(name, of=name))
                unit.history.add(attrs.evolve(samples.event(name), at=at))
            unit.requests.remember(samples.request("unknown", of="unknown"))

        storage.run(work)

        assert (1, 1, 0) == _forgotten(storage, Kept.REQUESTS)

        def is_new(unit: UnitOfWork) -> list[bool]:
            return [
                unit.requests.remember(samples.request(name, of=name)) is None
                for name in ("old", "young", "unknown")
            ]

        assert [True, False, False] == storage.run(is_new)

    def test_history(self, storage: Storage) -> None:
        """
        The last event of a user who is there stays; those who left leave none.
        """
        events = [samples.event(version=version) for version in (1, 2, 3)]
        lately = attrs.evolve(samples.event("grace", version=2), at=_LATER)

        def work(unit: UnitOfWork) -> None:
            unit.licences.register(samples.licence(), [])
            unit.users.add(samples.user())
            unit.history.add_all([*events, samples.event("grace"), lately])

        storage.run(work)

        assert (3, 3, 0) == _forgotten(storage, Kept.HISTORY)
        assert events[2:] == list(storage.run(lambda unit: unit.history.of_user(ADA)))
        grace = samples.identifier("grace")
        assert [lately] == list(storage.run(lambda unit: unit.history.of_user(grace)))

    def test_who_left(self, storage: Storage) -> None:
        """
        Nothing is left of them once all of it is old.
        """
        storage.run(lambda unit: unit.history.add(samples.event()))

        assert (1, 1, 0) == _forgotten(storage, Kept.HISTORY)
        assert [] == list(storage.run(lambda unit: unit.history.of_user(ADA)))

    def test_small_steps(self, storage: Storage) -> None:
        """
        No step removes more than it was allowed to.
        """

        def work(unit: UnitOfWork) -> None:
            for number in range(5):
                unit.failed_attempts.add(samples.failed_attempt(str(number)))

        storage.run(work)

        steps = [
            storage.run(
                lambda unit: unit.housekeeping.forget(
                    Kept.FAILED_ATTEMPTS, _LATER, limit=2
                )
            )
            for _ in range(4)
        ]
        assert [2, 2, 1, 0] == steps


def _forgotten(storage: Storage, kept: Kept) -> tuple[int, int, int]:
    """
    Return how many were counted, were removed, and were counted afterwards.
    """

    def count(unit: UnitOfWork) -> int:
        return unit.housekeeping.count(kept, _LATER)

    counted = storage.run(count)
    removed = storage.run(
        lambda unit: unit.housekeeping.forget(kept, _LATER, limit=100)
    )
    return counted, removed, storage.run(count)
