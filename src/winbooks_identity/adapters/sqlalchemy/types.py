"""
Which columns of a product's own tables hold values of the library?

    from winbooks_identity.adapters.sqlalchemy.types import WinBooksIdType

    class Contract(RefersToUser, Base):
        winbooks_id: Mapped[WinBooksId] = mapped_column(WinBooksIdType)

In Python they are values, in the database text.  A migration has plain columns and
names no class of ours: give `render_item` to Alembic.
"""

from enum import Enum
from operator import eq, ge, gt, le, lt, ne
from typing import Any, ClassVar, Final, Generic, Literal, TypeVar, cast, final
from uuid import UUID

from sqlalchemy import ColumnElement, Dialect, Index, String, Uuid, func
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.operators import (
    in_op,
    is_distinct_from,
    is_not_distinct_from,
    not_in_op,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.winbooks_id import WinBooksId


__all__ = [
    "CompanyNameType",
    "LanguageType",
    "LevelType",
    "PersonNameType",
    "PhoneType",
    "ProductType",
    "RefersToUser",
    "ValueType",
    "WinBooksIdType",
    "render_item",
    "unique_by_key",
]

T = TypeVar("T")


#: What compares whole values.
_COMPARING: Final[frozenset[Any]] = frozenset(
    {eq, ne, lt, le, gt, ge, in_op, not_in_op, is_distinct_from, is_not_distinct_from}
)


class ValueType(TypeDecorator[T], Generic[T]):
    """
    A column of text that holds values of one kind; text that is none is refused.
    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String
    cache_ok: bool | None = True

    #: The kind of value, which makes one of text, and how long the text is at most.
    kind: ClassVar[Any]
    size: ClassVar[int]

    def __init__(self) -> None:
        super().__init__(self.size)

    @property
    def python_type(self) -> type[T]:
        """
        Return the kind of its values.
        """
        return cast("type[T]", self.kind)

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """
        Return the text of *value*, which may be text itself: in any spelling.

        Raises:
            Invalid: the text is none of these values.
            TypeError: it is of another kind.
        """
        del dialect
        return None if value is None else _text(self._value(value))

    def coerce_compared_value(self, op: Any, value: object) -> TypeEngine[Any]:  # noqa: ANN401  SQLAlchemy's own.
        """
        Return what *value* is in a comparison: for parts of a text, text.
        """
        del value
        return self if op in _COMPARING else String()

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:  # noqa: ANN401  A driver's.
        """
        Return the value of the text that is stored.

        Raises:
            Invalid: another program stored something else.
        """
        del dialect
        return None if value is None else cast("T", self.kind.parse(value))

    def _value(self, value: object) -> object:
        if isinstance(value, self.kind):
            return value
        if isinstance(value, str):
            return cast("object", self.kind.parse(value))
        raise TypeError(f"{type(value).__name__} is no {self.kind.__name__}")


def _text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


@final
class PersonNameType(ValueType[PersonName]):
    """
    Holds a `PersonName`.
    """

    kind: ClassVar[Any] = PersonName
    size: ClassVar[int] = PersonName.max_length
    cache_ok: bool | None = True


@final
class CompanyNameType(ValueType[CompanyName]):
    """
    Holds a `CompanyName`.
    """

    kind: ClassVar[Any] = CompanyName
    size: ClassVar[int] = CompanyName.max_length
    cache_ok: bool | None = True


@final
class PhoneType(ValueType[PhoneNumber]):
    """
    Holds a `PhoneNumber`, in its international notation.
    """

    kind: ClassVar[Any] = PhoneNumber
    size: ClassVar[int] = 16  # A plus and 15 digits (E.164).
    cache_ok: bool | None = True


@final
class LevelType(ValueType[Level]):
    """
    Holds a `Level`, by its name on the Portal.
    """

    kind: ClassVar[Any] = Level
    size: ClassVar[int] = 40
    cache_ok: bool | None = True


@final
class LanguageType(ValueType[Language]):
    """
    Holds a `Language`, by its code.
    """

    kind: ClassVar[Any] = Language
    size: ClassVar[int] = 2
    cache_ok: bool | None = True


@final
class ProductType(ValueType[Product]):
    """
    Holds the `Product` of a licence, by its name.
    """

    kind: ClassVar[Any] = Product
    size: ClassVar[int] = 40
    cache_ok: bool | None = True


class _ByKey(TypeDecorator.Comparator[WinBooksId], String.Comparator[WinBooksId]):
    """
    Compares the keys, the address in lower case.
    """

    def operate(self, op: Any, *other: Any, **options: Any) -> ColumnElement[Any]:  # noqa: ANN401  SQLAlchemy's own.
        """
        Return the comparison that *op* stands for.
        """
        if op not in _COMPARING or any(each is None for each in other):
            return super().operate(op, *other, **options)
        keys: ColumnElement[Any] = func.lower(self.expr, type_=_KeyType())
        return keys.operate(op, *map(_key_of, other), **options)


@final
class _KeyType(TypeDecorator[str]):
    """
    The key of a WinBooks ID, in a comparison.
    """

    impl = String
    cache_ok: bool | None = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """
        Return the key of an ID in any spelling.
        """
        text = WinBooksIdType().process_bind_param(value, dialect)
        return None if text is None else WinBooksId(text).key


def _key_of(other: Any) -> Any:  # noqa: ANN401  A value or a column.
    # An attribute of a mapped class has the one, a column the other.
    is_column = hasattr(other, "__clause_element__") or hasattr(other, "comparator")
    return func.lower(other) if is_column else other


@final
class WinBooksIdType(ValueType[WinBooksId]):
    """
    Holds a `WinBooksId` as it was registered; any spelling finds it.  [R3, R4]

    Two are the same, and sort, by their keys: comparisons in SQL are made so.  For a
    column without doubles see `unique_by_key`.
    """

    kind: ClassVar[Any] = WinBooksId
    size: ClassVar[int] = 254
    cache_ok: bool | None = True

    comparator_factory: Any = _ByKey


def unique_by_key(name: str, column: ColumnElement[WinBooksId] | Mapped[Any]) -> Index:
    """
    Return the index by which no two rows have one ID in two spellings.  [R2, R3]

    Args:
        name: of the index.
        column: of the type `WinBooksIdType`.
    """
    return Index(name, func.lower(column), unique=True)


class RefersToUser:
    """
    A mixin for a class whose rows belong to a user of the Portal.

    The internal key never changes, whatever becomes of their WinBooks ID.  It is no
    foreign key: an erased user leaves no row, and the Portal may have a database of
    its own.
    """

    portal_user_id: Mapped[UUID] = mapped_column(Uuid, index=True)


def render_item(
    kind: str,
    item: object,
    context: Any,  # noqa: ANN401  Alembic's own.
) -> str | Literal[False]:
    """
    Return how a column of ours stands in a migration: as a plain one.

    For ``context.configure(render_item=render_item)`` in Alembic's ``env.py``.

    Args:
        kind: what is written down, such as ``"type"``.
        item: the thing itself.
        context: Alembic's, with what it writes at the top.
    """
    if kind != "type" or not isinstance(item, ValueType):
        return False
    context.imports.add("import sqlalchemy as sa")
    return f"sa.String(length={item.size})"
