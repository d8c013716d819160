"""
What have all suites in common?
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import ClassVar, Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

from ...ports import Storage


__all__ = [
    "SEQUENCES",
    "Contract",
    "Interrupted",
    "StorageSuite",
    "in_threads",
    "needs_threads",
    "outcome",
]

T = TypeVar("T")

#: How comparisons with a model run.  Sequences are short to read as they are
#: found: shrinking them takes seconds.
SEQUENCES: Final = settings(
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

_NEEDS_THREADS = "_needs_threads"


class Interrupted(Exception):
    """
    Raised by a test in the middle of its work.
    """


class Contract:
    """
    A suite of tests that cannot be weakened by overriding one.

    An adapter says in class attributes what it can do; tests of what it
    cannot do are not there.
    """

    #: Whether several threads may use the adapter at one time.
    threads: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in dir(cls):
            if name.startswith("test_") and _is_overridden(cls, name):
                raise TypeError(f"{cls.__name__} overrides {name} of its contract")
        if not cls.threads:
            for name in dir(cls):
                if hasattr(getattr(cls, name), _NEEDS_THREADS):
                    setattr(cls, name, None)


class StorageSuite(Contract):
    """
    A suite that works on a storage.
    """

    @pytest.fixture
    def storage(self) -> Storage:
        """
        Return an empty storage.
        """
        raise NotImplementedError("supply the fixture storage")


def _is_overridden(suite: type[Contract], name: str) -> bool:
    return name in vars(suite) and any(name in vars(base) for base in suite.mro()[1:])


def in_threads(work: Callable[[int], T], *, count: int = 8) -> list[T]:
    """
    Return what *work* gave in each of *count* threads that began together.
    """
    barrier = Barrier(count, timeout=30)

    def begin(number: int) -> T:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def outcome(work: Callable[[], object]) -> type[Exception] | None:
    """
    Return the class of what *work* raises, `None` for nothing.
    """
    try:
        work()
    except Exception as error:  # noqa: BLE001  Whatever it is, the test compares it.
        return type(error)
    return None


def needs_threads(test: Callable[..., None]) -> Callable[..., None]:
    """
    Mark *test* as one for adapters that several threads may use.
    """
    setattr(test, _NEEDS_THREADS, True)
    return test
