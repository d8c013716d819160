"""
Where do units of work that only read get their connections?

On a SQLite file the one connection that writes is locked for the time of a
transaction; readers have connections of their own, and each of them sees the state
at its first statement (SQLite, "Write-Ahead Logging", 2.2).  A server does that on
any connection.
"""

import os
from collections.abc import Callable
from functools import partial
from typing import Final, final

from sqlalchemy import Connection, Engine, event


__all__ = ["READERS", "add_readers", "readers_of"]

#: How many units of work read a SQLite file at one time in a process; our choice:
#: more than processors can use, and few open files.
READERS: Final = 8

#: The execution option under which an engine has what reads beside it.
_OPTION: Final = "winbooks_identity_readers"


def add_readers(engine: Engine, readers: Engine) -> None:
    """
    Let what only reads on *engine* use the connections of *readers*.

    They are closed together.
    """
    engine.update_execution_options(**{_OPTION: readers})
    event.listen(engine, "engine_disposed", _Closing(readers))


def readers_of(engine: Engine) -> Callable[[], Connection]:
    """
    Return what gives connections for units of work on *engine* that only read.
    """
    readers = engine.get_execution_options().get(_OPTION)
    if isinstance(readers, Engine):
        return readers.connect
    return partial(_connect_to_server, engine)


def _connect_to_server(engine: Engine) -> Connection:
    return engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


@final
class _Closing:
    def __init__(self, readers: Engine) -> None:
        self._readers = readers
        self._process = os.getpid()

    def __call__(self, _engine: Engine) -> None:
        """
        Close the connections, unless they are those of a parent.
        """
        process, self._process = self._process, os.getpid()
        self._readers.dispose(close=process == self._process)
