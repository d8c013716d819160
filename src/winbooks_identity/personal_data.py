"""
What does the Portal know of a person, when he asks?

Sources: GDPR, article 15 (access) and article 20 (a machine-readable format).
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from .events import Event, Outsider
from .portal_user import PortalUser
from .product_links import ProductLink


__all__ = ["FORMAT", "Json", "personal_data"]

#: What the mapping looks like; it grows when the shape changes.
FORMAT: Final = 1

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""
What stands in a JSON document.
"""


def personal_data(
    user: PortalUser, *, events: Sequence[Event], links: Sequence[ProductLink]
) -> Mapping[str, Json]:
    """
    Return all that is kept of *user*, ready for JSON; no secret is among it.

    Args:
        user: the person.
        events: his history.
        links: the products where his ID was entered.
    """
    waiting, phone = user.id_change, user.phone
    return {
        "format": FORMAT,
        "id": str(user.id),
        "external_id": user.external_id,
        "winbooks_id": user.winbooks_id.address,
        "new_winbooks_id": None if waiting is None else waiting.winbooks_id.address,
        "licence": user.licence,
        "level": user.level.value,
        "status": user.status.value,
        "credential_source": user.credential_source.value,
        "first_name": user.first_name.text,
        "last_name": user.last_name.text,
        "company_name": user.company_name.text,
        "phone": None if phone is None else phone.e164,
        "language": user.language.value,
        "dossiers": sorted(user.dossiers),
        "roles": sorted(role.value for role in user.roles),
        "notify_all_dossiers": user.notify_all_dossiers,
        "history": [_event(event) for event in events],
        "product_links": [_link(link) for link in links],
    }


def _event(event: Event) -> Mapping[str, Json]:
    by = event.by
    return {
        "at": event.at.isoformat(),
        "step": event.step.value,
        "by": by.value if isinstance(by, Outsider) else str(by),
        "changes": [
            {"field": each.field, "before": each.before, "after": each.after}
            for each in event.changes
        ],
    }


def _link(link: ProductLink) -> Mapping[str, Json]:
    return {
        "product": link.product.value,
        "windows_user": link.windows_user,
        "winbooks_id": link.winbooks_id.address,
        "linked_at": link.linked_at.isoformat(),
    }
