"""
Which users and groups can match a filter, without a look at all of them?

Identity providers look for one user by name, or for one group; that is answered by
the storage.  Whatever else is asked for is compared one by one.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from scim2_models import ResponseParameters, ScimFilter, SearchRequest
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
)

from .resources import PAGE


__all__ = ["FOUND_BY", "is_answered_by", "looked_up", "needs_members", "page_of"]

#: By kind, the attributes by which the storage finds one, in lower case.
FOUND_BY: Final[Mapping[str, AbstractSet[str]]] = {
    "User": frozenset({"emails.value", "externalid", "id", "username"}),
    "Group": frozenset({"displayname", "id"}),
}

_MEMBERS: Final = "members"

#: What is known of a group with its members only, in lower case.
_OF_MEMBERS: Final = ("members", "version")


def looked_up(wanted: ScimFilter[Any] | None) -> Mapping[str, str]:
    """
    Return the texts that attributes have to equal, by names in lower case.

    Who matches *wanted* has all of them, and may have to meet more.
    """
    return {} if wanted is None else dict(_equal(wanted.ast))


def needs_members(
    parameters: ResponseParameters[Any] | None, wanted: ScimFilter[Any] | None = None
) -> bool:
    """
    Tell whether the members of a group are asked for, or compared.
    """
    compared = "" if wanted is None else str(wanted).casefold()
    if any(name in compared for name in _OF_MEMBERS):
        return True
    if isinstance(parameters, SearchRequest) and parameters.sort_by is not None:
        return True
    if parameters is None:
        return True
    if parameters.attributes is not None:
        return any(map(_is_of_members, parameters.attributes))
    return not any(map(_is_members, parameters.excluded_attributes or []))


def is_answered_by(wanted: ScimFilter[Any], kind: str) -> bool:
    """
    Tell whether a look-up finds all who match *wanted*, and no one else.
    """
    node = wanted.ast
    return isinstance(node, Comparison) and any(
        name in FOUND_BY[kind] for name, _ in _equal(node)
    )


def page_of(asked: SearchRequest[Any]) -> slice:
    """
    Return the page that is asked for.
    """
    start = asked.start_index_0 or 0
    return slice(start, start + (PAGE if asked.count is None else asked.count))


def _equal(node: FilterNode) -> Iterator[tuple[str, str]]:
    if isinstance(node, LogicalExpr) and node.op is LogicalOperator.and_:
        for term in node.terms:
            yield from _equal(term)
    if (
        isinstance(node, Comparison)
        and node.op is CompareOperator.eq
        and isinstance(node.value, str)
    ):
        yield _name(node.attr_path), node.value


def _name(path: object) -> str:
    return str(path).rpartition(":")[2].casefold()


def _is_members(path: object) -> bool:
    return _name(path) == _MEMBERS


def _is_of_members(path: object) -> bool:
    return _name(path).partition(".")[0] == _MEMBERS
