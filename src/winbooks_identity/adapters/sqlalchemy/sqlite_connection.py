"""
Why does a SQLite connection know which process opened it?

A forked child that used or closed its parent's connection would change what the
parent works with (SQLite, "How To Corrupt An SQLite Database File", 2.6).
"""

import os
import sqlite3
import threading
from typing import Any, Final, final

from ...errors import StorageNotReady


__all__ = ["FORKED", "SqliteConnection"]

#: Why a child may not work with what its parent left open.
FORKED: Final = (
    "the process was forked while the SQLite file was in use:"
    " fork it when no unit of work runs"
)


@final
class SqliteConnection(sqlite3.Connection):
    """
    A connection that only the process that opened it uses or closes.

    `holder` is the thread that works with it, or None while it is idle.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  As in sqlite3.
        super().__init__(*arguments, **options)
        self._process = os.getpid()
        self._timeout: float = options["timeout"]
        self.holder: int | None = threading.get_ident()
        self.is_open: bool = True

    @property
    def is_inherited(self) -> bool:
        """
        Tell whether the process that opened it is another one.
        """
        return self._process != os.getpid()

    def wait_for_locks(self, timeout: float) -> None:
        """
        Wait *timeout* seconds for each lock from now on.
        """
        if timeout != self._timeout:
            self.execute(f"PRAGMA busy_timeout = {round(timeout * 1000)}")
            self._timeout = timeout

    def cursor(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  As in sqlite3.
        """
        Return a cursor; every statement goes through one.

        Raises:
            StorageNotReady: the process was forked since.
        """
        self._refuse_if_inherited()
        return super().cursor(*arguments, **options)

    def commit(self) -> None:
        """
        Commit.

        Raises:
            StorageNotReady: the process was forked since.
        """
        self._refuse_if_inherited()
        super().commit()

    def rollback(self) -> None:
        """
        Roll back, unless the transaction belongs to another process.
        """
        if not self.is_inherited:
            super().rollback()

    def close(self) -> None:
        """
        Close, unless the connection belongs to another process.
        """
        if not self.is_inherited:
            super().close()
            self.is_open = False

    def _refuse_if_inherited(self) -> None:
        if self.is_inherited:
            raise StorageNotReady(FORKED)
