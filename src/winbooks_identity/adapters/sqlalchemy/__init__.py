"""
The storage on SQLAlchemy Core: one schema for SQLite and PostgreSQL.
"""

from .attempts import SqlAlchemyAttempts
from .deadlines import deadline
from .engines import Capabilities, open_postgresql
from .outbox_queue import SqlAlchemyOutboxQueue
from .sqlite_engine import open_sqlite
from .storage import SqlAlchemyStorage
from .timeouts import Timeouts


__all__ = [
    "Capabilities",
    "SqlAlchemyAttempts",
    "SqlAlchemyOutboxQueue",
    "SqlAlchemyStorage",
    "Timeouts",
    "deadline",
    "open_postgresql",
    "open_sqlite",
]
