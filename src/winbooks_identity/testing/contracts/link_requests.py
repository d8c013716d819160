"""
How do the links wait that were asked for?
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from ...mail.link_request import LinkRequest
from ...ports import Storage, UnitOfWork
from .. import samples
from .suite import Interrupted, StorageSuite, in_threads, needs_threads


__all__ = ["LinkRequests"]


class LinkRequests(StorageSuite):
    """
    A request waits until one relay takes it.  [S23]
    """

    def test_a_request_comes_back_as_it_was(self, storage: Storage) -> None:
        """
        With every field, and every byte.
        """
        request = samples.link_request()

        _put(storage, request)

        assert [request] == _waiting(storage)

    def test_the_oldest_come_first(self, storage: Storage) -> None:
        """
        Page by page, whatever order they were put in.
        """
        requests = [
            samples.link_request(
                f"{age}", asked_at=samples.NOW + age * timedelta(microseconds=1)
            )
            for age in range(5)
        ]
        _put(storage, *reversed(requests))

        first = _waiting(storage, limit=2)
        second = _waiting(storage, after=first[-1], limit=2)
        third = _waiting(storage, after=second[-1], limit=2)

        assert requests == [*first, *second, *third]
        assert [] == _waiting(storage, after=third[-1])

    def test_requests_of_one_instant(self, storage: Storage) -> None:
        """
        None is passed over, nor seen twice.
        """
        requests = [samples.link_request(f"{number}") for number in range(5)]
        _put(storage, *requests)

        found: list[LinkRequest] = []
        while page := _waiting(storage, after=found[-1] if found else None, limit=2):
            found += page

        assert sorted(each.id for each in requests) == [each.id for each in found]

    def test_a_request_is_taken_once(self, storage: Storage) -> None:
        """
        The second one finds it gone.
        """
        request, other = samples.link_request("1"), samples.link_request("2")
        _put(storage, request, other)

        assert [True, False] == [_take(storage, request) for _ in range(2)]
        assert [other] == _waiting(storage)

    def test_what_is_undone_still_waits(self, storage: Storage) -> None:
        """
        A relay that dies with a request in its hands leaves it to others.
        """

        def work(unit: UnitOfWork) -> None:
            unit.link_requests.take(samples.link_request())
            raise Interrupted

        _put(storage, samples.link_request())
        with suppress(Interrupted):
            storage.run(work)

        assert [samples.link_request()] == _waiting(storage)

    @needs_threads
    def test_many_take_one_request(self, storage: Storage) -> None:
        """
        Of relays that come at one time, one has it.
        """
        _put(storage, samples.link_request())

        assert 1 == sum(in_threads(lambda _: _take(storage, samples.link_request())))


def _put(storage: Storage, *requests: LinkRequest) -> None:
    def work(unit: UnitOfWork) -> None:
        for request in requests:
            unit.link_requests.put(request)

    storage.run(work)


def _take(storage: Storage, request: LinkRequest) -> bool:
    return storage.run(lambda unit: unit.link_requests.take(request))


def _waiting(
    storage: Storage, *, after: LinkRequest | None = None, limit: int = 9
) -> Sequence[LinkRequest]:
    return list(
        storage.run(lambda unit: unit.link_requests.waiting(after=after, limit=limit))
    )
