"""
What if it is unknown whether work was done?
"""

from collections.abc import Callable
from typing import TypeVar

from ..errors import OutcomeUnknown, Unavailable
from ..ports import Storage, UnitOfWork


__all__ = ["run_again"]

T = TypeVar("T")


def run_again(storage: Storage, work: Callable[[UnitOfWork], T]) -> T:
    """
    Return the result of *work*, which runs once more where its outcome is unknown.

    So what exists only here, such as a generated password, is not lost with the
    answer to a commit.  [R70]

    Args:
        storage: where it is done.
        work: finds out itself whether it was done, by the id of its request.

    Raises:
        OutcomeUnknown: the storage failed the second time as well.
    """
    try:
        return storage.run(work)
    except OutcomeUnknown as failure:
        unknown = failure
    try:
        return storage.run(work)
    except Unavailable:
        raise unknown from None
