"""
What can work do with a unit of work that only reads?
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, cast, final

import attrs

from .storage import UnitOfWork


__all__ = ["READS", "reads_only"]

#: What reads, by port; everything else writes, also what is added later.
READS: Final[Mapping[str, AbstractSet[str]]] = {
    "licences": frozenset({"find", "numbers", "dossiers", "unknown"}),
    "users": frozenset(
        {
            "count_listed",
            "find",
            "find_all",
            "find_by_winbooks_id",
            "listed",
            "of_licence",
            "outlines",
            "taken",
        }
    ),
    "left_ids": frozenset({"held", "left_at"}),
    "credentials": frozenset({"find", "stamps"}),
    "requests": frozenset(),
    "outbox": frozenset({"of_user"}),
    "history": frozenset({"latest", "of_user", "spans"}),
    "product_links": frozenset({"find", "of_user"}),
    "link_requests": frozenset({"waiting"}),
    "failed_attempts": frozenset({"of_user"}),
    "housekeeping": frozenset({"count"}),
}


def reads_only(unit: UnitOfWork) -> UnitOfWork:
    """
    Return *unit* such that what writes raises `RuntimeError`.

    `Users.lock` does nothing there: no one waits for a unit of work that reads, and
    what it sees stays as it is.
    """
    return cast("UnitOfWork", _ReadingUnit(unit))


@final
@attrs.frozen
class _ReadingUnit:
    _unit: UnitOfWork

    def __getattr__(self, port: str) -> Any:  # noqa: ANN401  It stands for any port.
        return _ReadingPort(getattr(self._unit, port), port)


@final
@attrs.frozen
class _ReadingPort:
    _port: object
    _name: str

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method in READS[self._name]:
            found: Callable[..., Any] = getattr(self._port, method)
            return found
        if (self._name, method) == ("users", "lock"):
            return _nothing
        raise RuntimeError(f"a unit of work that reads called {self._name}.{method}")


def _nothing(_user_ids: AbstractSet[object]) -> None:
    """
    Lock no one.
    """
