"""
How do identifiers, instants and yes or no stand in each database?

PostgreSQL and its kin have types of their own; SQLite's strict tables know
numbers, text and bytes only.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, final
from uuid import UUID

from sqlalchemy import Dialect, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import BOOLEAN, TIMESTAMP
from sqlalchemy.dialects.postgresql import UUID as NATIVE_UUID
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import TypeDecorator, TypeEngine


__all__ = ["Flag", "Identifier", "Instant"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def _is_native(dialect: Dialect) -> bool:
    # The class, not the name: CockroachDB's dialect has a name of its own.
    return isinstance(dialect, PGDialect)


@final
class Identifier(TypeDecorator[UUID]):
    """
    A UUID: ``uuid``, or its 16 bytes.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = LargeBinary
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """
        Return the type in the database.
        """
        return NATIVE_UUID() if _is_native(dialect) else LargeBinary()

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> object:
        """
        Return what the driver takes.
        """
        if value is None or _is_native(dialect):
            return value
        return value.bytes

    def process_result_value(self, value: object, dialect: Dialect) -> UUID | None:
        """
        Return what the driver gave as an identifier.
        """
        del dialect
        match value:
            case bytes():
                return UUID(bytes=value)
            case UUID():
                return value
            case _:
                return None


@final
class Instant(TypeDecorator[datetime]):
    """
    An instant: ``timestamp with time zone``, or the microseconds since 1970 in UTC.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Integer
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """
        Return the type in the database.
        """
        return TIMESTAMP(timezone=True) if _is_native(dialect) else Integer()

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """
        Return what the driver takes.
        """
        if value is None or _is_native(dialect):
            return value
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """
        Return what the driver gave as an instant in UTC.
        """
        del dialect
        match value:
            case int():
                return _EPOCH + value * _MICROSECOND
            case datetime():
                return value.astimezone(UTC)
            case _:
                return None


@final
class Flag(TypeDecorator[bool]):
    """
    Yes or no: ``boolean``, or 1 and 0.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Integer
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """
        Return the type in the database.
        """
        return BOOLEAN() if _is_native(dialect) else Integer()

    def process_result_value(self, value: object, dialect: Dialect) -> bool:
        """
        Return what the driver gave as a truth value.
        """
        del dialect
        return bool(value)
