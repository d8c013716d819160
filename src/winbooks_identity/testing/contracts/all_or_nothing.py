"""
What does a storage keep of a unit of work?
"""

from contextlib import suppress
from datetime import timedelta

import pytest

from ...credential import Credential
from ...ports import Request, Storage, UnitOfWork
from .. import samples
from . import units
from .suite import Interrupted, StorageSuite, outcome


__all__ = ["AllOrNothing"]


class AllOrNothing(StorageSuite):
    """
    A storage keeps all of a unit of work or nothing.  [R70]
    """

    def test_run_returns_what_the_work_returns(self, storage: Storage) -> None:
        """
        The result of the work is the caller's.
        """
        assert "done" == storage.run(lambda _: "done")

    @pytest.mark.parametrize("kind", [Interrupted, KeyboardInterrupt])
    def test_what_the_work_raises_is_raised(
        self, storage: Storage, kind: type[BaseException]
    ) -> None:
        """
        An exception in the work reaches the caller as it is.
        """
        raised = kind()

        def work(_: UnitOfWork) -> None:
            raise raised

        with pytest.raises(kind) as caught:
            storage.run(work)
        assert raised is caught.value

    @pytest.mark.parametrize("kind", [Interrupted, KeyboardInterrupt])
    def test_nothing_is_kept_of_work_that_raises(
        self, storage: Storage, kind: type[BaseException]
    ) -> None:
        """
        All or nothing: no licence, user, credential or request of it is there.
        """

        def work(unit: UnitOfWork) -> None:
            units.fill(unit)
            raise kind

        with suppress(kind):
            storage.run(work)

        assert [None, None, None, None, None] == storage.run(units.everything)

    def test_everything_is_kept_of_work_that_returns(self, storage: Storage) -> None:
        """
        What one unit of work stored, the next one finds.
        """
        storage.run(units.fill)

        assert [
            samples.licence(),
            samples.user(),
            samples.user(),
            samples.credential(),
            samples.request(),
        ] == storage.run(units.everything)

    def test_a_unit_of_work_sees_what_it_did(self, storage: Storage) -> None:
        """
        What a unit of work stored, it finds itself.
        """

        def work(unit: UnitOfWork) -> list[object]:
            units.fill(unit)
            return units.everything(unit)

        assert None not in storage.run(work)

    def test_a_unit_of_work_ends_with_its_run(self, storage: Storage) -> None:
        """
        A unit of work that was kept changes nothing afterwards.
        """
        units.register(storage)
        kept = storage.run(lambda unit: unit)

        outcome(lambda: kept.users.add(samples.user()))

        assert None is units.find(storage)

    def test_a_credential_takes_the_place_of_another(self, storage: Storage) -> None:
        """
        A user has one credential: the last.
        """
        units.register(storage)
        units.add(storage, samples.user())
        first = samples.credential(expires_at=samples.NOW + timedelta(microseconds=1))
        last = samples.credential(password_hash="$argon2id$of-ada-later")

        storage.run(lambda unit: unit.credentials.put(first))
        storage.run(lambda unit: unit.credentials.put(last))

        assert last == _credential(storage)

    def test_the_end_of_a_credential_is_exact(self, storage: Storage) -> None:
        """
        An instant comes back to the microsecond, in UTC.
        """
        units.register(storage)
        units.add(storage, samples.user())
        ends = samples.NOW + timedelta(microseconds=1)
        storage.run(
            lambda unit: unit.credentials.put(samples.credential(expires_at=ends))
        )

        found = _credential(storage)

        assert samples.credential(expires_at=ends) == found
        assert repr(samples.credential(expires_at=ends)) == repr(found)

    def test_a_request_is_remembered_once(self, storage: Storage) -> None:
        """
        The first is stored; others who come with its id get it back.
        """
        other = samples.request(of="grace", digest=b"\2")

        answers = [
            _remember(storage, each)
            for each in (samples.request(), samples.request(), other)
        ]

        assert [None, samples.request(), samples.request()] == answers

    def test_a_request_of_undone_work_is_forgotten(self, storage: Storage) -> None:
        """
        Work that failed can be asked for again.
        """

        def work(unit: UnitOfWork) -> None:
            unit.requests.remember(samples.request())
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)

        assert None is storage.run(
            lambda unit: unit.requests.remember(samples.request())
        )


def _credential(storage: Storage) -> Credential | None:
    return storage.run(lambda unit: unit.credentials.find(samples.identifier("ada")))


def _remember(storage: Storage, request: Request) -> Request | None:
    return storage.run(lambda unit: unit.requests.remember(request))
