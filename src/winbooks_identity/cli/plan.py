"""
What would a provisioning file change, row by row?
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final, final
from uuid import UUID

import attrs

from .. import authorization
from ..authorization import Actor
from ..forms.new_user import GeneratedPassword, NewUser
from ..forms.provisioning_file import Office, Person
from ..licence import Licence
from ..portal_user import PortalUser
from ..problems import Problem
from ..refusals import DuplicateWinBooksId
from ..services.creation import Created
from ..winbooks_id import WinBooksId


__all__ = ["Fate", "Row", "make_plan"]


@final
class Fate(Enum):
    """
    What becomes of a row; the value stands in JSON.
    """

    NEW = "new"
    CREATED = "created"
    UNCHANGED = "unchanged"
    DIFFERENT = "different"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"


@final
@attrs.frozen(kw_only=True)
class Row:
    """
    A person of the file and what becomes of them.

    `differences` are the fields of the form that are stored otherwise.
    """

    person: Person
    fate: Fate
    differences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    created: Created | None = None

    @property
    def hands_over(self) -> bool:
        """
        Tell whether a generated password has to be handed over: no mail takes it.
        """
        new = self.person.new
        is_generated = isinstance(new.password, GeneratedPassword)
        is_made = self.fate in {Fate.NEW, Fate.CREATED}
        return is_made and is_generated and not new.send_credentials


def make_plan(
    office: Office,
    *,
    by: Actor,
    owner_of: Callable[[WinBooksId], PortalUser | None],
) -> tuple[Row, ...]:
    """
    Return what would become of each person in *office*.

    Args:
        office: what the file asks for.
        by: who would create the users.
        owner_of: returns who has a WinBooks ID, in whatever licence.
    """
    return tuple(
        _row(person, office.licence, by, owner_of(person.new.winbooks_id))
        for person in office.people
    )


def _row(person: Person, licence: Licence, by: Actor, stored: PortalUser | None) -> Row:
    new = person.new
    if stored is None:
        # The identifier does not matter: who may create depends on the rest.
        user = PortalUser.create(new, licence=licence, user_id=_NOBODY)
        problems = authorization.check(by, before=None, after=user)
        fate = Fate.REFUSED if problems else Fate.NEW
        return Row(person=person, fate=fate, problems=problems)
    if stored.licence != licence.number:
        taken = DuplicateWinBooksId(new.winbooks_id).problems
        return Row(person=person, fate=Fate.REFUSED, problems=taken)
    differences = tuple(
        name
        for name in _COMPARED
        if getattr(new, name) != getattr(stored, _STORED_AS.get(name, name))
    )
    fate = Fate.DIFFERENT if differences else Fate.UNCHANGED
    return Row(person=person, fate=fate, differences=differences)


#: The fields of the form that live on in the user.
_COMPARED: Final[tuple[str, ...]] = tuple(
    field.name
    for field in attrs.fields(NewUser)
    if field.name not in {"winbooks_id", "password", "send_credentials"}
)

#: Where a field of the form has another name on the user.
_STORED_AS: Final[Mapping[str, str]] = {"activate": "is_active"}

#: An identifier that no user has (RFC 9562, 5.9).
_NOBODY: Final = UUID(int=0)
