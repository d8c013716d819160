"""
The storage on SQLAlchemy Core: one schema for SQLite and PostgreSQL.
"""

from .attempts import SqlAlchemyAttempts
from .deadlines import deadline
from .engines import Capabilities, open_postgresql
from .outbox_queue import SqlAlchemyOutboxQueue
from .sqlite_engine import open_sqlite
from .standby import SqlAlchemyStandby, open_standby
from .storage import SqlAlchemyStorage
from .timeouts import Timeouts


__all__ = [
    "Capabilities",
    "SqlAlchemyAttempts",
    "SqlAlchemyOutboxQueue",
    "SqlAlchemyStandby",
    "SqlAlchemyStorage",
    "Timeouts",
    "deadline",
    "open_postgresql",
    "open_sqlite",
    "open_standby",
]
