"""
Who of all users matches a filter, without a model of each?

The library of the protocol reads filters and says how texts are compared.  What most
of them compare is read from the user; a filter that compares anything else is left
to the library as a whole.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from scim2_models import ScimFilter
from scim2_models.path import (
    AttributeBinding,
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    coerce_value,
)

from ...portal_user import PortalUser
from ...ports import PAGE_SIZE, Listing, UnitOfWork
from ...role import is_ready
from .entries import external_id_of
from .known import Known, known_of
from .people import People


__all__ = ["Matches", "matches_of", "matching"]

Matches: TypeAlias = Callable[[PortalUser], bool]
"""
Tells whether a user matches.
"""

_Text: TypeAlias = Callable[[PortalUser], str | None]

#: By name, the texts that can be compared.
_TEXTS: Final[Mapping[str, _Text]] = {
    "id": lambda user: str(user.id),
    "externalId": external_id_of,
    "userName": lambda user: user.winbooks_id.address,
    "name.familyName": lambda user: user.last_name.text,
    "name.givenName": lambda user: user.first_name.text,
    "displayName": lambda user: f"{user.first_name.text} {user.last_name.text}",
    "emails.value": lambda user: user.winbooks_id.address,
    "preferredLanguage": lambda user: user.language.value,
    "phoneNumbers.value": lambda user: None if user.phone is None else str(user.phone),
    "level": lambda user: user.level.value,
    "companyName": lambda user: user.company_name.text,
    "licence": lambda user: user.licence,
}
_FLAGS: Final[Mapping[str, Matches]] = {
    "active": lambda user: user.is_active,
    "notifyAllDossiers": lambda user: user.notify_all_dossiers,
    "readyForDigitalProducts": lambda user: is_ready(user.roles),
}
#: How the text of a user, and that of a filter, are compared.
_COMPARED: Final[Mapping[CompareOperator, Callable[[str, str], bool]]] = {
    CompareOperator.eq: operator.eq,
    CompareOperator.ne: operator.ne,
    CompareOperator.gt: operator.gt,
    CompareOperator.ge: operator.ge,
    CompareOperator.lt: operator.lt,
    CompareOperator.le: operator.le,
    CompareOperator.co: operator.contains,
    CompareOperator.sw: str.startswith,
    CompareOperator.ew: str.endswith,
}


def matches_of(wanted: ScimFilter[Any]) -> Matches | None:
    """
    Return a test for *wanted*, or `None` if it compares other attributes.

    *wanted* is about users only.
    """
    return _of(wanted, wanted.ast)


def matching(
    people: People, matches: Matches, page: slice
) -> tuple[int, Sequence[Known]]:
    """
    Return how many users match, and those of them who are on the *page*.

    The storage is read page by page, and only the users who are shown are kept.
    """
    listing = Listing(licence=people.by.licence)
    found: list[Known] = []
    total = start = 0

    def read(unit: UnitOfWork) -> tuple[int, int, Sequence[Known]]:
        users = unit.users.listed(listing, start=start, limit=PAGE_SIZE)
        meant = list(filter(matches, users))
        shown = meant[max(page.start - total, 0) : max(page.stop - total, 0)]
        return len(users), len(meant), known_of(unit, shown)

    while True:
        number, matched, shown = people.portal.storage.read(read)
        found += shown
        total += matched
        start += number
        if number < PAGE_SIZE:
            return total, found


def _of(wanted: ScimFilter[Any], node: FilterNode) -> Matches | None:
    match node:
        case Not(inner):
            matches = _of(wanted, inner)
            return None if matches is None else _negated(matches)
        case LogicalExpr(op, terms):
            every = [_of(wanted, each) for each in terms]
            known = [each for each in every if each is not None]
            return _joined(op, known) if len(known) == len(every) else None
        case Present(path):
            return _present(wanted.resolve(path, strict=False))
        case Comparison(path, op, value):
            binding = wanted.resolve_comparison(path, strict=False)
            return None if binding is None else _compared(binding, op, value)
        case _:
            return None


def _negated(matches: Matches) -> Matches:
    return lambda user: not matches(user)


def _joined(op: LogicalOperator, every: Sequence[Matches]) -> Matches:
    if op is LogicalOperator.and_:
        return lambda user: all(matches(user) for matches in every)
    return lambda user: any(matches(user) for matches in every)


def _present(binding: AttributeBinding | None) -> Matches | None:
    name = "" if binding is None else _name(binding)
    if name in _FLAGS:
        return lambda _: True
    read = _TEXTS.get(name)
    return None if read is None else lambda user: bool(read(user))


def _compared(
    binding: AttributeBinding,
    op: CompareOperator,
    value: Any,  # noqa: ANN401  As the filter has it.
) -> Matches | None:
    name = _name(binding)
    if name in _FLAGS and op in {CompareOperator.eq, CompareOperator.ne}:
        expected = coerce_value(binding, value, op)
        flag = _FLAGS[name]
        is_equal = op is CompareOperator.eq
        return lambda user: (flag(user) == expected) is is_equal
    text = _TEXTS.get(name)
    if text is None or not isinstance(value, str):
        return None
    return _compared_text(binding, text, op, value)


def _compared_text(
    binding: AttributeBinding, text: _Text, op: CompareOperator, value: str
) -> Matches:
    comparable, compare = binding.comparable, _COMPARED[op]
    right = comparable(value)
    is_different = op is CompareOperator.ne

    def matches(user: PortalUser) -> bool:
        left = text(user)
        return is_different if left is None else compare(comparable(left), right)

    return matches


def _name(binding: AttributeBinding) -> str:
    return binding.urn.rpartition(":")[2]
