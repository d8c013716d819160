"""
Of many processes that want one ID, one gets it, and the others are told so.
"""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import URL, Engine

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyStorage,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.engines import IsolationLevel
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import DuplicateWinBooksId
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.suite import outcome


PROCESSES: Final = 32
ROUNDS: Final = 20

_FORK: Final = multiprocessing.get_context("fork")


def compete(open_engine: Callable[[], Engine]) -> Counter[str]:
    """
    Return how often each answer was given, over all rounds and processes.
    """
    engine = open_engine()
    SqlAlchemyStorage(engine).run(
        lambda unit: unit.licences.register(samples.licence(), [])
    )
    engine.dispose()
    barrier, answers = _FORK.Barrier(PROCESSES, timeout=60), _FORK.SimpleQueue()

    def take_part(number: int, barrier: Barrier) -> None:
        storage = SqlAlchemyStorage(open_engine())
        for turn in range(ROUNDS):
            user = samples.user(
                f"p{number}-{turn}", address=f"{spelling(number)}{turn}@kantoor.be"
            )
            barrier.wait()
            answer = outcome(partial(storage.run, partial(add, user)))
            answers.put((turn, answer.__name__ if answer else "added"))

    processes = [
        _FORK.Process(target=take_part, args=(number, barrier))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    given = Counter(answers.get() for _ in range(PROCESSES * ROUNDS))
    for process in processes:
        process.join()
    return Counter(f"{answer} by {times}" for (_, answer), times in given.items())


def add(user: PortalUser, unit: UnitOfWork) -> None:
    """
    Add *user*.
    """
    unit.users.add(user)


def spelling(number: int) -> str:
    """
    Return ``ada`` with capitals where *number* has ones.
    """
    return "".join(
        letter.upper() if number >> place & 1 else letter
        for place, letter in enumerate("ada")
    )


ONE_WINNER_EACH: Final = {
    "added by 1": ROUNDS,
    f"{DuplicateWinBooksId.__name__} by {PROCESSES - 1}": ROUNDS,
}


class TestOneOwner:
    """
    An ID has one owner, whoever comes at one time, in any spelling.  [R2, R3, R4]
    """

    def test_sqlite(self, sqlite_path: Path) -> None:
        """
        In a file that all processes share, in each of twenty rounds.
        """
        assert ONE_WINNER_EACH == compete(lambda: open_sqlite(sqlite_path))

    @pytest.mark.parametrize(
        "level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]
    )
    def test_postgresql(self, emptied_postgresql: URL, level: IsolationLevel) -> None:
        """
        On a server, at each isolation level, in each of twenty rounds.
        """
        assert ONE_WINNER_EACH == compete(
            lambda: open_postgresql(emptied_postgresql, isolation_level=level)
        )
