"""
Which users does the reader see, and how are they found?
"""

import unicodedata
from collections.abc import Sequence
from typing import Final, final

import attrs

from winbooks_identity import Portal, PortalUser, WinBooksId
from winbooks_identity.errors import Invalid
from winbooks_identity.refusals import UnknownUser


__all__ = ["Page", "found", "matching", "page_of"]

#: Digits of the number of a page, and one.
LONGEST: Final = 7


def found(portal: Portal, winbooks_id: str, *, by: PortalUser) -> PortalUser:
    """
    Return the user with that ID, whom *by* may see.

    Raises:
        UnknownUser: there is none, or that is no WinBooks ID.
        StorageBusy: the storage failed.
    """
    try:
        return portal.provisioning.find(WinBooksId.parse(winbooks_id), by=by)
    except Invalid:
        raise UnknownUser from None


def matching(
    portal: Portal, *, by: PortalUser, query: str = "", status: str = ""
) -> Sequence[PortalUser]:
    """
    Return the users whom *by* may see, by their names.

    Args:
        portal: where they are.
        by: the reader.
        query: words that all occur in the name, the ID or the company, in any case
            and with any accents.
        status: ``"active"`` or ``"inactive"``; anything else is both.

    Raises:
        StorageBusy: the storage failed.
    """
    words = _folded(query).split()
    matches = [
        user
        for user in portal.provisioning.users(by=by)
        if status not in {"active", "inactive"} or user.status.value == status
        if all(word in _folded(_known(user)) for word in words)
    ]
    return sorted(
        matches, key=lambda user: _folded(f"{user.last_name} {user.first_name}")
    )


@final
@attrs.frozen
class Page:
    """
    Some of the users who were found: page *number* of *last*.
    """

    users: Sequence[PortalUser]
    number: int
    last: int


def page_of(users: Sequence[PortalUser], wanted: str, *, size: int) -> Page:
    """
    Return the page of *users* whose number is *wanted*, or else the first.

    Args:
        users: everyone who was found.
        wanted: as it stands in the address; people share it, and the list gets shorter.
        size: how many users stand on a page.
    """
    last = max(1, -(-len(users) // size))
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < LONGEST
    number = min(max(1, int(wanted)), last) if is_number else 1
    return Page(users[(number - 1) * size : number * size], number, last)


def _known(user: PortalUser) -> str:
    names = f"{user.first_name} {user.last_name} {user.company_name}"
    return f"{names} {user.winbooks_id}"


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))
