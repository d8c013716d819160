"""
How are the rows with some keys asked for, however many they are?

A list of values has a place for each, which a driver fills one by one and a server
reads one by one.  PostgreSQL and its kin read one text as an array: a third of that.
A list is also worded anew each time; one key is not.
"""

from collections.abc import Sequence
from typing import Any, Self, final
from uuid import UUID

import attrs
from sqlalchemy import Column, Row, Select, Text, any_, bindparam, cast, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as NATIVE_UUID

from .statements import Statements


__all__ = ["Keyed"]


@final
@attrs.frozen
class Keyed:
    """
    A query that is asked with some keys.
    """

    _by_one: Select[Any]
    _by_list: Select[Any]
    _by_text: Select[Any]

    @classmethod
    def of(cls, query: Select[Any], key: Column[UUID]) -> Self:
        """
        Return *query*, asked with values of *key*.
        """
        # In a subquery the text is parsed once, otherwise once per row; the outer cast
        # makes the result an array again.
        read = select(cast(bindparam("keys", type_=Text), ARRAY(NATIVE_UUID)))
        array = cast(read.scalar_subquery(), ARRAY(NATIVE_UUID))
        return cls(
            query.where(key == bindparam("key")),
            query.where(key.in_(bindparam("keys", expanding=True))),
            query.where(key == any_(array)),
        )

    def rows(self, statements: Statements, keys: Sequence[UUID]) -> Sequence[Row[Any]]:
        """
        Return the rows with those *keys*, in the order of the query.
        """
        if len(keys) == 1:
            return statements.rows(self._by_one, {"key": keys[0]})
        if not statements.takes_records:
            return statements.rows(self._by_list, {"keys": keys})
        text = ",".join(key.hex for key in keys)
        return statements.rows(self._by_text, {"keys": f"{{{text}}}"})
