"""
Which users and groups can match a filter, without a look at all of them?

Identity providers look for one user by name, or for one group; that is answered by
the storage.  Whatever else is asked for is compared one by one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from scim2_models import Resource, ResponseParameters, ScimFilter, SearchRequest
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
)
from scim2_server.storage import SearchPage

from ...portal_user import PortalUser
from ...ports import PAGE_SIZE
from .resources import PAGE


__all__ = ["cut", "in_pages", "looked_up", "needs_members", "window"]

_MEMBERS: Final = "members"


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
    if wanted is not None and _MEMBERS in str(wanted).casefold():
        return True
    if isinstance(parameters, SearchRequest) and parameters.sort_by is not None:
        return True
    if parameters is None:
        return True
    if parameters.attributes is not None:
        return any(map(_is_of_members, parameters.attributes))
    return not any(map(_is_members, parameters.excluded_attributes or []))


def in_pages(users: Iterator[PortalUser]) -> Iterator[list[PortalUser]]:
    """
    Yield *users* some at a time.
    """
    while page := list(islice(users, PAGE_SIZE)):
        yield page


def window(found: Iterator[Resource[Any]], asked: SearchRequest[Any]) -> SearchPage:
    """
    Return the page of those that are *found*, of which no others are kept.
    """
    start = asked.start_index_0 or 0
    end = start + (PAGE if asked.count is None else asked.count)
    total, kept = 0, list[Resource[Any]]()
    for resource in found:
        if start <= total < end:
            kept.append(resource)
        total += 1
    return SearchPage(total, kept)


def cut(
    entries: Sequence[Resource[Any]], asked: SearchRequest[Any]
) -> Sequence[Resource[Any]]:
    """
    Return the page of *entries*.
    """
    start = asked.start_index_0 or 0
    stop = None if asked.count is None else start + asked.count
    return entries[start:stop]


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
