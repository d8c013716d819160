"""
How do several services work in one transaction, and how is one tried out?

A service asks a storage to run its work.  Here the storage is a unit of work that is
open already: what several services do in it is kept together, or not at all.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, final

import attrs

from ..ports import Storage, UnitOfWork, reads_only


__all__ = ["OpenUnit", "tried_out"]

T = TypeVar("T")


@final
@attrs.frozen
class OpenUnit:
    """
    A `Storage` whose work is done in one unit of work that is open already.

    Work that raises may have written before: let its error end the unit of work.
    """

    _unit: UnitOfWork

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* once, and return its result.
        """
        return work(self._unit)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, once, and return its result.

        It sees what was written before in this unit of work.
        """
        return work(reads_only(self._unit))


class _TriedOutError(Exception):
    """
    Ends a unit of work of which nothing is kept.
    """


def tried_out(storage: Storage, work: Callable[[UnitOfWork], T]) -> T:
    """
    Return what *work* does, or raise what it raises, and keep nothing of it.

    Raises:
        StorageBusy, StorageNotReady: as `Storage.run`.
    """
    results: list[T] = []

    def rehearsal(unit: UnitOfWork) -> None:
        results[:] = [work(unit)]
        raise _TriedOutError

    with suppress(_TriedOutError):
        storage.run(rehearsal)
    (result,) = results
    return result
