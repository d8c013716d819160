"""
The storage on SQLAlchemy Core: one schema for SQLite and PostgreSQL.
"""

from .engines import Capabilities, open_postgresql, open_sqlite
from .outbox_queue import SqlAlchemyOutboxQueue
from .storage import SqlAlchemyStorage


__all__ = [
    "Capabilities",
    "SqlAlchemyOutboxQueue",
    "SqlAlchemyStorage",
    "open_postgresql",
    "open_sqlite",
]
