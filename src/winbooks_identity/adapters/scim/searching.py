"""
Which users and groups can match a filter, without a look at all of them?

Identity providers look for one user by name, or for one group; that is answered by
the storage.  Whatever else is asked for is compared one by one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from scim2_models import ResponseParameters, ScimFilter, SearchRequest
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
)


__all__ = ["looked_up", "needs_members"]

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
