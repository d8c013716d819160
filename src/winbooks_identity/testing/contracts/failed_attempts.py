"""
What is kept of the attempts that failed?
"""

from datetime import timedelta

from ...attempts import FailedAttempt
from ...ports import Storage, UnitOfWork
from .. import samples
from .suite import StorageSuite


__all__ = ["FailedAttempts"]

_SECOND = timedelta(seconds=1)


class FailedAttempts(StorageSuite):
    """
    Failed attempts are found by their user, and forgotten by their age.  [S22]
    """

    def test_an_attempt_comes_back_as_it_was(self, storage: Storage) -> None:
        """
        With every field.
        """
        failed = samples.failed_attempt()

        _add(storage, failed)

        assert [failed] == _of_user(storage)

    def test_the_latest_come_first(self, storage: Storage) -> None:
        """
        People look for what happened just now.
        """
        first, second, third = (
            samples.failed_attempt(name, at=samples.NOW + age * _SECOND)
            for age, name in enumerate(("1", "2", "3"))
        )

        _add(storage, second, third, first)

        assert [third, second, first] == _of_user(storage)

    def test_attempts_of_others(self, storage: Storage) -> None:
        """
        Each is its user's, and those about no one are no user's.
        """
        hers = samples.failed_attempt("1", of="grace")
        nobodys = samples.failed_attempt("2", of=None, source=None)

        _add(storage, hers, nobodys)

        assert [] == _of_user(storage)
        assert [hers] == _of_user(storage, "grace")

    def test_old_ones_are_forgotten(self, storage: Storage) -> None:
        """
        What is older than an instant is gone, whomever it was about.
        """
        old = samples.failed_attempt("1")
        nobodys = samples.failed_attempt("2", of=None, source=None)
        young = samples.failed_attempt("3", at=samples.NOW + _SECOND)
        _add(storage, old, nobodys, young)

        storage.run(lambda unit: unit.failed_attempts.forget(samples.NOW + _SECOND))

        assert [young] == _of_user(storage)

    def test_they_leave_with_their_user(self, storage: Storage) -> None:
        """
        Where a person attempts from is personal, so it goes when they go.
        """
        hers = samples.failed_attempt("1", of="grace")
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        user = samples.user(dossiers=frozenset())
        storage.run(lambda unit: unit.users.add(user))
        _add(storage, samples.failed_attempt("2"), hers)

        storage.run(lambda unit: unit.users.remove(user))

        assert [] == _of_user(storage)
        assert [hers] == _of_user(storage, "grace")


def _add(storage: Storage, *attempts: FailedAttempt) -> None:
    def work(unit: UnitOfWork) -> None:
        for failed in attempts:
            unit.failed_attempts.add(failed)

    storage.run(work)


def _of_user(storage: Storage, name: str = "ada") -> list[FailedAttempt]:
    user_id = samples.identifier(name)
    return list(storage.run(lambda unit: unit.failed_attempts.of_user(user_id)))
