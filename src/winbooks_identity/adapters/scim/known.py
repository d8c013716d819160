"""
What is known of a user whom an identity provider sees, and who is meant?
"""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict
from uuid import UUID

from ...dossier import DossierNumber
from ...portal_user import PortalUser
from ...ports import Span, UnitOfWork
from ...refusals import UnknownUser
from ...role import Role


__all__ = ["Chosen", "Known", "key_of", "known_of"]


class Chosen(TypedDict, total=False):
    """
    Which of the staff are meant.
    """

    role: Role
    dossier: DossierNumber
    external_id: str


class Known(NamedTuple):
    """
    A user, and when they were made and changed, as far as the history tells.
    """

    user: PortalUser
    span: Span | None


def known_of(unit: UnitOfWork, users: Sequence[PortalUser]) -> Sequence[Known]:
    """
    Return *users* with when they were made and changed.
    """
    spans = unit.history.spans({user.id for user in users})
    return [Known(user, spans.get(user.id)) for user in users]


def key_of(text: str) -> UUID:
    """
    Parse *text* as an internal key; only its canonical form is one.

    Raises:
        UnknownUser: *text* is no internal key.
    """
    try:
        key = UUID(text)
    except ValueError:
        raise UnknownUser from None
    if str(key) != text:
        raise UnknownUser
    return key
