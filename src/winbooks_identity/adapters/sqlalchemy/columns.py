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
        return NATIVE_UUID() if _is_native(dialect) else _Bytes()


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
        return TIMESTAMP(timezone=True) if _is_native(dialect) else _Microseconds()


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
        return BOOLEAN() if _is_native(dialect) else _OneOrZero()


# The types in the databases have processors of their own, one call for a value: each
# row of each unit of work passes them.


@final
class _Bytes(LargeBinary):
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ANN401  SQLAlchemy's own.
        del dialect

        def process(value: UUID | None) -> bytes | None:
            return None if value is None else value.bytes

        return process

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401  SQLAlchemy's own.
        del dialect, coltype

        def process(value: bytes | None) -> UUID | None:
            return None if value is None else UUID(bytes=value)

        return process


@final
class _Microseconds(Integer):
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ANN401  SQLAlchemy's own.
        del dialect

        def process(value: datetime | None) -> int | None:
            return None if value is None else (value - _EPOCH) // _MICROSECOND

        return process

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401  SQLAlchemy's own.
        del dialect, coltype

        def process(value: int | None) -> datetime | None:
            return None if value is None else _EPOCH + value * _MICROSECOND

        return process


@final
class _OneOrZero(Integer):
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401  SQLAlchemy's own.
        del dialect, coltype
        return bool
