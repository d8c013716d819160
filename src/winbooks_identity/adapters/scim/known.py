"""
What is known of a user whom an identity provider sees, and who is meant?
"""

from typing import NamedTuple, TypedDict

from ...dossier import DossierNumber
from ...portal_user import PortalUser
from ...ports import Span
from ...role import Role


__all__ = ["Chosen", "Known"]


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
