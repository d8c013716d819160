"""
What does the Portal know of a person, when they ask?

Sources: GDPR, article 15 (access) and article 20 (a machine-readable format).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from .attempts import FailedAttempt
from .events import Event
from .plain import Json, plain, plain_fields
from .portal_user import PortalUser
from .product_links import ProductLink


__all__ = ["FORMAT", "personal_data"]

#: What the mapping looks like; it grows when the shape changes.
FORMAT: Final = 1


def personal_data(
    user: PortalUser,
    *,
    events: Sequence[Event],
    links: Sequence[ProductLink],
    failed_attempts: Sequence[FailedAttempt],
) -> Mapping[str, Json]:
    """
    Return all that is kept of *user*, ready for JSON; no secret is among it.

    Args:
        user: the person.
        events: the history of the person.
        links: the products where the ID was entered.
        failed_attempts: those on the login of the person.
    """
    waiting = user.id_change
    return {
        "format": FORMAT,
        **plain_fields(user, without=("id_change", "version")),
        "new_winbooks_id": None if waiting is None else waiting.winbooks_id.address,
        "history": [_event(event) for event in events],
        "product_links": [_link(link) for link in links],
        "failed_attempts": [
            plain_fields(each, without=("id", "user_id")) for each in failed_attempts
        ],
    }


def _event(event: Event) -> Mapping[str, Json]:
    return {
        "at": plain(event.at),
        "step": plain(event.step),
        "by": plain(event.by),
        "operator": event.operator,
        "changes": [plain_fields(each) for each in event.changes],
    }


def _link(link: ProductLink) -> Mapping[str, Json]:
    return plain_fields(link, without=("user_id", "licence"))
